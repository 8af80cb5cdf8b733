package org.pgmjms.engine.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the addresses that the kernel writes into Java's, and keeps some, so that a sender costs an object only once as
 * long as few send. One owner.
 */
final class SenderNames {
    private static final int KEPT = 64;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Struct struct;
    private final @Nullable InetSocketAddress[] names = new InetSocketAddress[KEPT];
    private final long[] keys = new long[KEPT * (LinuxAddress.MAX_LENGTH + Integer.BYTES) / Long.BYTES];

    /** Reads from there: zeroes behind what the kernel may write. */
    SenderNames(Struct struct) {
        this.struct = struct;
    }

    Struct struct() {
        return struct;
    }

    /** The name that is there now. */
    InetSocketAddress current() {
        ByteBuffer bytes = struct.bytes();
        boolean ipv6 = bytes.getShort(0) == LinuxAddress.INET6;
        long first = bytes.getLong(0);
        long second = ipv6 ? bytes.getLong(Long.BYTES) : 0;
        long third = ipv6 ? bytes.getLong(2 * Long.BYTES) : 0;
        long fourth = ipv6 ? bytes.getInt(LinuxAddress.SCOPE_OFFSET) : 0;
        long mixed = (first ^ Long.rotateLeft(second, 17) ^ Long.rotateLeft(third, 31) ^ fourth) * SPREAD;
        int slot = (int) (mixed >>> Long.SIZE - 6);
        int key = slot * 4;
        InetSocketAddress name = names[slot];
        if (name == null
                || keys[key] != first
                || keys[key + 1] != second
                || keys[key + 2] != third
                || keys[key + 3] != fourth) {
            name = LinuxAddress.read(bytes);
            names[slot] = name;
            keys[key] = first;
            keys[key + 1] = second;
            keys[key + 2] = third;
            keys[key + 3] = fourth;
        }
        return name;
    }
}
