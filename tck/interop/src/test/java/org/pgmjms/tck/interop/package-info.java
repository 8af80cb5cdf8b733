/** Tests against recorded packets and live peers of other implementations. */
@NullMarked
package org.pgmjms.tck.interop;

import org.jspecify.annotations.NullMarked;
