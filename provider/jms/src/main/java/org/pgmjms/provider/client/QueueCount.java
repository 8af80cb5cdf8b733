package org.pgmjms.provider.client;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Messages and their bytes, counted by one thread at a time and read by any, without a contended update, and in a cache
 * line of their own.
 */
final class QueueCount {
    private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int MESSAGES = 8;
    private static final int BYTES = MESSAGES + 1;

    private final long[] values = new long[BYTES + MESSAGES];

    void add(int messageBytes) {
        VALUE.setRelease(values, BYTES, values[BYTES] + messageBytes);
        VALUE.setRelease(values, MESSAGES, values[MESSAGES] + 1);
    }

    long messages() {
        return (long) VALUE.getAcquire(values, MESSAGES);
    }

    long bytes() {
        return (long) VALUE.getAcquire(values, BYTES);
    }
}
