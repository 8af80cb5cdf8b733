/** The bytes of PGM packets. RFC 3208, sections 8 and 9. */
@NullMarked
package org.pgmjms.engine.wire;

import org.jspecify.annotations.NullMarked;
