package org.pgmjms.provider.client;

import java.util.concurrent.ThreadFactory;

/** A thread for each dispatcher and each lane that is used, all non-daemon. */
final class ThreadWorkers implements Workers {
    private final ThreadFactory threads;
    private final ClientClock clock;

    ThreadWorkers(ThreadFactory threads, ClientClock clock) {
        this.threads = threads;
        this.clock = clock;
    }

    @Override
    public Dispatcher dispatcher(String name, Dispatcher.Deliveries deliveries) {
        ThreadDispatcher dispatcher = new ThreadDispatcher(clock, deliveries);
        dispatcher.start(newThread(name, dispatcher::run));
        return dispatcher;
    }

    @Override
    public SerialLane lane(String name) {
        return new ThreadLane(clock, run -> newThread(name, run));
    }

    private Thread newThread(String name, Runnable run) {
        Thread thread = threads.newThread(run);
        thread.setName(name);
        return thread;
    }
}
