package org.pgmjms.companion.artemis;

import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;

/** Exceptions with the provider's codes, as docs/errors.md lists them. */
final class Failures {
    private static final String INVALID_SETTING = "PGM_1013";
    private static final String BROKER_FAILED = "PGM_3006";

    private Failures() {}

    /** For a setting that cannot be; the message names it, its value and what is allowed. */
    static JMSException setting(String message, @Nullable Exception cause) {
        return with(cause, new JMSException(message, INVALID_SETTING));
    }

    /** For a broker that does not start or answer. */
    static JMSException broker(String message, @Nullable Exception cause) {
        return with(cause, new JMSException(message, BROKER_FAILED));
    }

    private static JMSException with(@Nullable Exception cause, JMSException exception) {
        if (cause != null) {
            exception.initCause(cause);
            exception.setLinkedException(cause);
        }
        return exception;
    }
}
