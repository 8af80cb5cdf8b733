package org.pgmjms.engine.channel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs something short when the JVM is told to exit, unless it was taken back. Safe for any thread. */
public final class ExitHook {
    private static final Logger LOG = LoggerFactory.getLogger(ExitHook.class);

    private final Thread thread;

    /** Registers a task with the JVM; when that is exiting already, the task will not run. */
    public ExitHook(String name, Runnable task) {
        thread = new Thread(task, name);
        thread.setContextClassLoader(ExitHook.class.getClassLoader());
        try {
            Runtime.getRuntime().addShutdownHook(thread);
        } catch (IllegalStateException e) {
            LOG.debug("too late for {}: {}", name, e.getMessage());
        }
    }

    /** Takes the task back; when the JVM is exiting already, it runs all the same. */
    public void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            LOG.debug("too late to remove {}: {}", thread.getName(), e.getMessage());
        }
    }
}
