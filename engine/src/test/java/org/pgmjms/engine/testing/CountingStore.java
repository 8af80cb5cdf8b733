package org.pgmjms.engine.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.pgmjms.engine.window.WindowStore;

/** Memory from the heap, filled with rubbish, and a count of what is out. */
public final class CountingStore implements WindowStore {
    private static final int RUBBISH = 0xA5;

    private int out;
    private int taken;

    /** Chunks not given back. */
    public int out() {
        return out;
    }

    /** Chunks ever given out. */
    public int taken() {
        return taken;
    }

    @Override
    public ByteBuf chunk(int bytes) {
        out++;
        taken++;
        ByteBuf chunk = Unpooled.buffer(bytes, bytes);
        for (int i = 0; i < bytes; i++) {
            chunk.setByte(i, RUBBISH);
        }
        return chunk;
    }

    @Override
    public void release(ByteBuf chunk) {
        for (int i = 0; i < chunk.capacity(); i++) {
            chunk.setByte(i, RUBBISH);
        }
        chunk.release();
        out--;
    }
}
