package org.pgmjms.provider.client;

import java.util.concurrent.atomic.AtomicLong;

/** Messages and their bytes, counted by one thread at a time and read by any, without a contended update. */
final class QueueCount {
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    void add(int messageBytes) {
        bytes.setRelease(bytes.getPlain() + messageBytes);
        messages.setRelease(messages.getPlain() + 1);
    }

    long messages() {
        return messages.getAcquire();
    }

    long bytes() {
        return bytes.getAcquire();
    }
}
