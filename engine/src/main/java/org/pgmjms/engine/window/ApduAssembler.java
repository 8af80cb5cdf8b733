package org.pgmjms.engine.window;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of an APDU one behind another. It takes as much memory as was received, never as much as a packet
 * claims, since it works on APDUs that are whole. RFC 3208, section 9.1. One buffer, used again; not thread-safe.
 */
public final class ApduAssembler {
    private static final int KEPT_BYTES = 1 << 20;

    private final ByteBufAllocator allocator;
    private @Nullable ByteBuf buffer;
    private int lastSqn;
    private boolean isRepaired;

    /** No memory is taken before the first APDU. */
    public ApduAssembler(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * The APDU that starts with this number, of which all bytes are stored.
     *
     * @return the bytes, good until the next call or {@link #recycle}; null when the fragments do not fit together
     */
    public @Nullable ByteBuf assemble(ReceiveWindow window, int first) {
        int length = window.apduLength(first);
        ByteBuf target = buffer(length);
        isRepaired = false;
        int sqn = first;
        while (target.writerIndex() < length) {
            if (!window.isFragment(sqn)
                    || window.apduFirst(sqn) != first
                    || window.apduOffset(sqn) != target.writerIndex()
                    || window.length(sqn) > length - target.writerIndex()) {
                return null;
            }
            target.writeBytes(window.packet(sqn), 0, window.length(sqn));
            isRepaired |= window.isRepair(sqn);
            lastSqn = sqn++;
        }
        return target;
    }

    /** The number of the last packet of what was assembled. */
    public int lastSqn() {
        return lastSqn;
    }

    /** Whether one of its packets came as a repair. */
    public boolean isRepaired() {
        return isRepaired;
    }

    /** Says that the APDU was handed out; a large buffer is given back. */
    public void recycle() {
        if (buffer != null && buffer.capacity() > KEPT_BYTES) {
            close();
        }
    }

    /** Gives the buffer back. */
    public void close() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }

    private ByteBuf buffer(int length) {
        if (buffer == null || buffer.capacity() < length) {
            close();
            buffer = allocator.directBuffer(Math.max(length, 1));
        }
        return buffer.clear();
    }
}
