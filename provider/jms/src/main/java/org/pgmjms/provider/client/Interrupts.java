package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import org.pgmjms.provider.error.JmsExceptions;

/** Tells a broker's client that was interrupted from one that failed: the API has no exception for the first. */
final class Interrupts {
    private static final int DEEPEST = 16;

    private Interrupts() {}

    /** Whether an exception has come from an interrupt of the thread. */
    static boolean isCauseOf(Throwable exception) {
        Throwable cause = exception;
        for (int i = 0; cause != null && i < DEEPEST; i++) {
            if (cause instanceof InterruptedException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** What the application gets; the thread is marked as interrupted. */
    static JMSException of(String what, JMSException failure) {
        return JmsExceptions.interrupted(
                what + ": the thread was interrupted", new InterruptedException(failure.getMessage()));
    }
}
