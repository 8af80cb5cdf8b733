package org.pgmjms.tck.bench.program;

import java.util.concurrent.TimeUnit;

/** How a main thread waits while others receive. */
final class Waiting {
    private static final long LOOK_MS = 20;

    private Waiting() {}

    static void untilStopped(Receipts receipts) throws InterruptedException {
        while (!receipts.isStopped()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }
}
