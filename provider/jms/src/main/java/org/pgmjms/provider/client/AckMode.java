package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.Session;
import org.pgmjms.provider.error.JmsExceptions;

/** How a session acknowledges. Jakarta Messaging 3.1, section 6.2.10. */
enum AckMode {
    /** With each delivery. */
    AUTO(Session.AUTO_ACKNOWLEDGE),
    /** When the application says so. */
    CLIENT(Session.CLIENT_ACKNOWLEDGE),
    /** Lazily; here as {@link #AUTO}, as nobody has to be told. */
    DUPS_OK(Session.DUPS_OK_ACKNOWLEDGE),
    /** With the transaction. */
    TRANSACTED(Session.SESSION_TRANSACTED),
    /** With the branch of a global transaction; outside of one with each delivery. */
    GLOBAL(Session.SESSION_TRANSACTED);

    private final int number;

    AckMode(int number) {
        this.number = number;
    }

    /** The number in the API. */
    int number() {
        return number;
    }

    /**
     * Whether messages stay unacknowledged until the application ends that: by acknowledging or by a commit. For
     * {@link #GLOBAL} as long as the session is in no branch.
     */
    boolean isKept() {
        return this == CLIENT || this == TRANSACTED;
    }

    /** Whether the API calls such a session transacted. */
    boolean isTransacted() {
        return number == Session.SESSION_TRANSACTED;
    }

    /** The mode with this number in the API. */
    static AckMode of(int number) throws JMSException {
        for (AckMode mode : values()) {
            if (mode.number == number) {
                return mode;
            }
        }
        throw JmsExceptions.invalidArgument("There is no session mode " + number
                + "; there are SESSION_TRANSACTED (0), AUTO_ACKNOWLEDGE (1), CLIENT_ACKNOWLEDGE (2) and"
                + " DUPS_OK_ACKNOWLEDGE (3)");
    }
}
