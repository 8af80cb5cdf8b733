package org.pgmjms.tck.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.pgmjms.engine.window.WindowStore;

/** Memory for the windows of benchmarks, outside the heap and not pooled. */
public record DirectStore() implements WindowStore {
    @Override
    public ByteBuf chunk(int bytes) {
        return Unpooled.directBuffer(bytes, bytes);
    }

    @Override
    public void release(ByteBuf chunk) {
        chunk.release();
    }
}
