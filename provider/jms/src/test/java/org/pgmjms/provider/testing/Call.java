package org.pgmjms.provider.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Something that a thread of its own does meanwhile. */
public final class Call<T> {
    private final FutureTask<T> task;
    private final Thread thread;

    public Call(Callable<T> body) {
        task = new FutureTask<>(body);
        thread = new Thread(task, "test-call");
        thread.start();
    }

    /** For calls without a result. */
    public static Call<Void> of(Action action) {
        return new Call<>(() -> {
            action.run();
            return null;
        });
    }

    public Thread thread() {
        return thread;
    }

    /** Returns when the thread waits for another one. */
    public Call<T> awaitBlocked() {
        while (thread.getState() != Thread.State.WAITING && !task.isDone()) {
            Thread.onSpinWait();
        }
        return this;
    }

    public boolean isDone() {
        return task.isDone();
    }

    /** Waits for the result; an exception comes as the cause of an {@code ExecutionException}. */
    public T result() throws Exception {
        return task.get();
    }

    /** What may throw. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }
}
