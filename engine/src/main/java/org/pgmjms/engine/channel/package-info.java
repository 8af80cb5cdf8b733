/** Channels: the threads, the locks and the sockets of an engine. */
@NullMarked
package org.pgmjms.engine.channel;

import org.jspecify.annotations.NullMarked;
