package org.pgmjms.engine.window;

import io.netty.buffer.ByteBuf;

/** Where a transmit window keeps its bytes. */
public interface WindowStore {

    /** A buffer of at least this capacity, contents undefined. */
    ByteBuf chunk(int bytes);

    /** Takes one back. */
    void release(ByteBuf chunk);
}
