package org.pgmjms.engine.sim;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.util.Arrays;
import org.pgmjms.engine.window.WindowStore;

/** Knows how much is held, and spoils what is given back, so that a use after that shows. */
public final class CountingAllocator extends AbstractByteBufAllocator implements WindowStore {
    private static final byte SPOILT = (byte) 0xDB;

    private long heldBytes;
    private long mostBytes;

    public CountingAllocator() {
        super(false);
    }

    /** What is held now. */
    public long heldBytes() {
        return heldBytes;
    }

    /** The most that was held at one time. */
    public long mostBytes() {
        return mostBytes;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return new Counted(initialCapacity, maxCapacity);
    }

    /** Heap memory as well: faster to get, and nothing here asks what kind it is. */
    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return new Counted(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }

    @Override
    public ByteBuf chunk(int bytes) {
        return heapBuffer(bytes, bytes);
    }

    @Override
    public void release(ByteBuf chunk) {
        chunk.release();
    }

    private final class Counted extends UnpooledHeapByteBuf {
        Counted(int initialCapacity, int maxCapacity) {
            super(CountingAllocator.this, initialCapacity, maxCapacity);
        }

        @Override
        protected byte[] allocateArray(int initialCapacity) {
            heldBytes += initialCapacity;
            mostBytes = Math.max(mostBytes, heldBytes);
            return super.allocateArray(initialCapacity);
        }

        @Override
        protected void freeArray(byte[] array) {
            heldBytes -= array.length;
            Arrays.fill(array, SPOILT);
        }
    }
}
