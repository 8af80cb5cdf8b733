/** Tests of the module path. */
@NullMarked
package org.pgmjms.tck.modules;

import org.jspecify.annotations.NullMarked;
