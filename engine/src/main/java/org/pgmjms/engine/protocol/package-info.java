/** The state machines of a source and a receiver. No I/O, no clock, no threads, no randomness of their own. */
@NullMarked
package org.pgmjms.engine.protocol;

import org.jspecify.annotations.NullMarked;
