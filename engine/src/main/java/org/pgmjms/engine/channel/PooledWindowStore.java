package org.pgmjms.engine.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.pgmjms.engine.window.WindowStore;

/** Keeps windows in direct memory. */
record PooledWindowStore(ByteBufAllocator allocator) implements WindowStore {

    @Override
    public ByteBuf chunk(int bytes) {
        return allocator.directBuffer(bytes, bytes);
    }

    @Override
    public void release(ByteBuf chunk) {
        chunk.release();
    }
}
