package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/** Calls of the classic API for the simplified one, whose exceptions are unchecked. */
final class Unchecked {
    private Unchecked() {}

    /** A call with a result. */
    @FunctionalInterface
    interface Call<T> {
        T call() throws JMSException;
    }

    /** A call with a result that may be null. */
    @FunctionalInterface
    interface NullableCall<T> {
        @Nullable T call() throws JMSException;
    }

    /** A call without a result. */
    @FunctionalInterface
    interface Action {
        void run() throws JMSException;
    }

    static <T> @Nullable T get(NullableCall<T> call) {
        try {
            return call.call();
        } catch (JMSException e) {
            throw JmsExceptions.unchecked(e);
        }
    }

    static <T> T require(Call<T> call) {
        try {
            return call.call();
        } catch (JMSException e) {
            throw JmsExceptions.unchecked(e);
        }
    }

    static void run(Action action) {
        try {
            action.run();
        } catch (JMSException e) {
            throw JmsExceptions.unchecked(e);
        }
    }
}
