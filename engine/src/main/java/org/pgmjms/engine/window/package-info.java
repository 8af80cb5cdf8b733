/** Data structures of the windows; no time. */
@NullMarked
package org.pgmjms.engine.window;

import org.jspecify.annotations.NullMarked;
