package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * An APDU of several packets. Its place in the order is taken under the queue's lock; its bytes, which take longer, are
 * written outside and then set under the lock.
 */
final class LargeApdu {
    private final int length;
    private @Nullable ByteBuf bytes;
    private boolean abandoned;

    LargeApdu(int length) {
        this.length = length;
    }

    int length() {
        return length;
    }

    /** A buffer of the right length, to be filled and given to {@link #complete}. */
    ByteBuf allocate() {
        return Unpooled.buffer(length, length);
    }

    void complete(ByteBuf written) {
        bytes = written;
    }

    /** Says that the bytes will never come. */
    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** The bytes, or null as long as they are being written. */
    @Nullable ByteBuf bytes() {
        return bytes;
    }
}
