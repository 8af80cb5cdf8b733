package org.pgmjms.provider.client;

/** Where the threads of connections come from. Safe for any thread. */
public interface Workers {

    /** A dispatcher that is running when this returns. */
    Dispatcher dispatcher(String name, Dispatcher.Deliveries deliveries);

    /** A lane; it has no thread before its first task. */
    SerialLane lane(String name);
}
