package org.pgmjms.tck.conformance;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** Threads that tests need beside their own. */
final class Threads {
    private Threads() {}

    /** A call that runs in a thread of its own, and that thread. */
    record Call<T>(CompletableFuture<T> result, Thread thread) {
        /** Until it waits for something. */
        Call<T> waiting() {
            Awaitility.await().until(() -> isWaiting(thread));
            return this;
        }
    }

    static <T> Call<T> call(Callable<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(call.call());
                    } catch (Exception failed) {
                        result.completeExceptionally(failed);
                    }
                },
                "contract-call");
        thread.setDaemon(true);
        thread.start();
        return new Call<>(result, thread);
    }

    /** Does something as soon as another thread waits. */
    static void whenWaiting(Thread other, Runnable then) {
        call(() -> {
            Awaitility.await().pollInterval(java.time.Duration.ofMillis(5)).until(() -> isWaiting(other));
            then.run();
            return null;
        });
    }

    private static boolean isWaiting(Thread thread) {
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING, TERMINATED -> true;
            case NEW, RUNNABLE, BLOCKED -> false;
        };
    }
}
