/** Tests of the kit itself. */
@NullMarked
package org.pgmjms.tck.kit;

import org.jspecify.annotations.NullMarked;
