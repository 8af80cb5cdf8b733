package org.pgmjms.provider.client;

/** Waits that an interrupt does not end: what close() promises holds for interrupted threads, too. */
final class Uninterrupted {
    private Uninterrupted() {}

    /** Waits for a thread to end, unless it is the caller; keeps the interrupt status. */
    static void join(Thread thread) {
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
