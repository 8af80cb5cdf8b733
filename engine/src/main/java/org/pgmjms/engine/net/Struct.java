package org.pgmjms.engine.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A piece of memory with an address, for what the kernel reads and writes. It lives as long as this object.
 *
 * @param bytes the memory, in the byte order of the machine
 * @param address where it starts
 */
record Struct(ByteBuffer bytes, long address) {

    /** Zeroes, aligned to eight bytes. */
    static Struct of(Libc libc, int length) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(length + Long.BYTES)
                .alignedSlice(Long.BYTES)
                .order(ByteOrder.nativeOrder());
        return new Struct(bytes, libc.address(bytes));
    }

    int length() {
        return bytes.capacity();
    }
}
