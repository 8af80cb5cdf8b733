package org.pgmjms.engine.channel;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.internal.CleanableDirectBuffer;
import io.netty.util.internal.PlatformDependent;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The direct memory of one engine: windows, what waits behind gaps, APDUs in the making. Buffers up to 1 MiB are kept for
 * the next one of their size, objects and all, so that a steady stream allocates nothing; {@link #close} gives them back to
 * the system, which an arena of Netty never does (docs/adr/0013). Safe for any thread.
 */
final class PacketMemory extends AbstractByteBufAllocator implements AutoCloseable {
    private static final int MIN_SHIFT = 11;
    private static final int MAX_SHIFT = 20;
    private static final long MAX_KEPT_BYTES = 16L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Deque<Piece>> kept = new ArrayList<>();
    private long keptBytes;
    private long usedBytes;
    private boolean closed;

    /** Empty; nothing is allocated before it is needed. */
    PacketMemory() {
        super(true);
        for (int shift = MIN_SHIFT; shift <= MAX_SHIFT; shift++) {
            kept.add(new ArrayDeque<>());
        }
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return toLeakAwareBuffer(new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity));
    }

    /** A buffer with at least this capacity. */
    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        Piece piece = take(initialCapacity, maxCapacity);
        return areLeaksSought() ? toLeakAwareBuffer(piece) : piece;
    }

    /** Netty's default level notes the stack for one buffer in 128: much for a receiver that takes one for each packet. */
    private static boolean areLeaksSought() {
        return ResourceLeakDetector.getLevel().compareTo(ResourceLeakDetector.Level.SIMPLE) > 0;
    }

    /**
     * A buffer without leak detection, for one owner that lives as long as it: every field of every packet received is read
     * there.
     */
    ByteBuf unwatched(int bytes) {
        return take(bytes, bytes);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return true;
    }

    /** Bytes that somebody holds now. */
    long usedBytes() {
        lock.lock();
        try {
            return usedBytes;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes taken from the system, whether held or kept. */
    long reservedBytes() {
        lock.lock();
        try {
            return usedBytes + keptBytes;
        } finally {
            lock.unlock();
        }
    }

    private Piece take(int bytes, int maxBytes) {
        int list = list(bytes);
        int size = list < kept.size() ? 1 << list + MIN_SHIFT : bytes;
        Piece piece = null;
        lock.lock();
        try {
            usedBytes += size;
            piece = list < kept.size() ? kept.get(list).poll() : null;
            keptBytes -= piece == null ? 0 : size;
        } finally {
            lock.unlock();
        }
        if (piece == null) {
            piece = new Piece(this, PlatformDependent.allocateDirect(size), list);
        }
        piece.begin(Math.max(size, maxBytes));
        return piece;
    }

    /** Which list holds pieces for this many bytes; too large a number for what is never kept. */
    private static int list(int bytes) {
        int shift = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(bytes, 1) - 1);
        return Math.max(shift, MIN_SHIFT) - MIN_SHIFT;
    }

    private void giveBack(int size) {
        lock.lock();
        try {
            usedBytes -= size;
        } finally {
            lock.unlock();
        }
    }

    private boolean tryKeep(Piece piece, int list, int size) {
        lock.lock();
        try {
            boolean isKept = !closed && list < kept.size() && keptBytes + size <= MAX_KEPT_BYTES;
            if (isKept) {
                usedBytes -= size;
                keptBytes += size;
                kept.get(list).push(piece);
            }
            return isKept;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what is kept; what somebody still holds follows when it is released. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            keptBytes = 0;
            for (Deque<Piece> list : kept) {
                list.forEach(Piece::free);
                list.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A buffer that is used again and again. When it grows, it leaves its memory for some that is not kept. */
    private static final class Piece extends UnpooledDirectByteBuf {
        private final PacketMemory owner;
        private final int list;
        private final int size;
        private @Nullable CleanableDirectBuffer home;

        Piece(PacketMemory owner, CleanableDirectBuffer home, int list) {
            super(owner, home.buffer(), home.buffer().capacity());
            this.owner = owner;
            this.home = home;
            this.list = list;
            this.size = home.buffer().capacity();
        }

        /** Starts another use. */
        void begin(int maxBytes) {
            resetRefCnt();
            maxCapacity(maxBytes);
            clear();
        }

        /** Copies through the cached views of both, where the superclass makes new ones. */
        @Override
        @SuppressWarnings("ReferenceEquality") // the same view, not an equal one: a slice shares that of its root
        public ByteBuf setBytes(int index, ByteBuf source, int sourceIndex, int length) {
            checkSrcIndex(index, length, sourceIndex, source.capacity());
            if (source.nioBufferCount() == 1) {
                ByteBuffer from = source.internalNioBuffer(sourceIndex, length);
                if (from != internalNioBuffer(index, length)) {
                    internalNioBuffer(index, length).put(from);
                    return this;
                }
            }
            return super.setBytes(index, source, sourceIndex, length);
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // as above
        public ByteBuf getBytes(int index, ByteBuf target, int targetIndex, int length) {
            checkDstIndex(index, length, targetIndex, target.capacity());
            if (target.nioBufferCount() == 1) {
                ByteBuffer to = target.internalNioBuffer(targetIndex, length);
                if (to != internalNioBuffer(index, length)) {
                    to.put(internalNioBuffer(index, length));
                    return this;
                }
            }
            return super.getBytes(index, target, targetIndex, length);
        }

        @Override
        public ByteBuf capacity(int newCapacity) {
            if (newCapacity != capacity()) {
                super.capacity(newCapacity);
                leaveHome();
            }
            return this;
        }

        @Override
        protected void deallocate() {
            if (home == null || !owner.tryKeep(this, list, size)) {
                leaveHome();
                super.deallocate();
            }
        }

        private void leaveHome() {
            if (home != null) {
                owner.giveBack(size);
                free();
            }
        }

        /** Gives the memory back to the system. */
        void free() {
            CleanableDirectBuffer memory = home;
            if (memory != null) {
                home = null;
                memory.clean();
            }
        }
    }
}
