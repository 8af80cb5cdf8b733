/** Tests of the codec. */
@NullMarked
package org.pgmjms.engine.wire;

import org.jspecify.annotations.NullMarked;
