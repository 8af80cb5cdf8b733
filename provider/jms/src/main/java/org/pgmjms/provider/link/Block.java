package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * APDUs that lie beside the ring, one behind another in the stream: one of several packets, or those of a train. Their
 * place in the order is taken under the queue's lock; their bytes, which take longer, are written outside and then set
 * under the lock.
 */
final class Block {
    private final int[] lengths;
    private final int totalBytes;
    private int current;
    private int start;
    private @Nullable ByteBuf bytes;
    private boolean abandoned;

    /** Of APDUs of these lengths. */
    Block(int... lengths) {
        this.lengths = lengths.clone();
        this.totalBytes = IntStream.of(lengths).sum();
    }

    /** The length of all its APDUs. */
    int totalBytes() {
        return totalBytes;
    }

    /** A buffer of the right length, to be filled and given to {@link #complete}. */
    ByteBuf allocate() {
        return Unpooled.buffer(totalBytes, totalBytes);
    }

    void complete(ByteBuf written) {
        bytes = written;
    }

    /** Says that the bytes will never come. */
    void abandon() {
        abandoned = true;
    }

    /** The length of the APDU that is next: 0 while it is being written, -1 if it never will be. */
    int nextLength() {
        if (abandoned) {
            return -1;
        }
        return bytes == null ? 0 : lengths[current];
    }

    /** Copies a piece of the APDU that is next; answers true with its last byte: the one behind it is next then. */
    boolean copy(int offset, ByteBuf to, int at, int length) {
        ByteBuf from = bytes;
        if (from == null) {
            throw new IllegalStateException("not complete");
        }
        to.setBytes(at, from, start + offset, length);
        boolean isWhole = offset + length == lengths[current];
        if (isWhole) {
            start += lengths[current];
            current++;
        }
        return isWhole;
    }

    /** Whether all was copied. */
    boolean isDone() {
        return current == lengths.length;
    }
}
