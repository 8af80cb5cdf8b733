package org.pgmjms.engine.net;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The calls to the system's C library that ports make. Each answers what the C function answers, or the error number
 * negated. Addresses are those of direct memory, which the caller keeps reachable during the call. One thread at a time,
 * but for {@link #close} and {@link #write}.
 */
interface Libc {

    /** Access to the C library of this process. */
    interface Access {

        /** Why it cannot be used, or null when it can. */
        @Nullable String obstacle();

        /** An access for one thread at a time. Only when there is no obstacle. */
        Libc open();
    }

    /** The address of a direct buffer's position. */
    long address(ByteBuffer memory);

    /** {@code socket(2)}. */
    int socket(int family, int type, int protocol);

    /** {@code bind(2)}. */
    int bind(int descriptor, long address, int length);

    /** {@code getsockname(2)}. */
    int getsockname(int descriptor, long address, long length);

    /** {@code setsockopt(2)}. */
    int setsockopt(int descriptor, int level, int option, long value, int length);

    /** {@code getsockopt(2)}. */
    int getsockopt(int descriptor, int level, int option, long value, long length);

    /** {@code sendmsg(2)}. */
    long sendmsg(int descriptor, long message, int flags);

    /** {@code recvmsg(2)}. */
    long recvmsg(int descriptor, long message, int flags);

    /** {@code ppoll(2)} with the signals as they are. */
    int ppoll(long descriptors, long count, long timeout);

    /** {@code eventfd(2)}. */
    int eventfd(int value, int flags);

    /** {@code read(2)}. */
    long read(int descriptor, long address, long length);

    /** {@code write(2)}, its error number not told apart. Any thread. */
    long write(int descriptor, long address, long length);

    /** {@code close(2)}, its error number not told apart. Any thread. */
    int close(int descriptor);
}
