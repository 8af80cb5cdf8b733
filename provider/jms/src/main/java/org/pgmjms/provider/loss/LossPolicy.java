package org.pgmjms.provider.loss;

/**
 * What happens when messages are lost for good. Set for a connection ({@code jms.lossPolicy}), for a topic, or for a
 * consumer; the narrower one counts. Loss listeners, and an {@code ExceptionListener} that is a {@link LossListener},
 * too, are told under every policy, and the next message of the topic has the property {@code JMS_PGM_GapBefore}.
 */
public enum LossPolicy {
    /** The connection's {@code ExceptionListener} gets a {@link MessageLossException}; delivery goes on. */
    REPORT,
    /** Only loss listeners are told, and the log has one line a burst: for containers that reset a connection on any exception. */
    MARK,
    /**
     * A synchronous receive throws the {@link MessageLossException} once, in place, and then goes on. With a message
     * listener as {@link #REPORT}.
     */
    THROW,
    /**
     * The open transaction can only be rolled back: its commit does that, and throws a
     * {@code TransactionRolledBackException} with the {@link MessageLossException} as its cause. Without transactions as
     * {@link #REPORT}.
     */
    ROLLBACK,
    /**
     * The consumer is closed. A synchronous receive throws the {@link MessageLossException}; with a message listener the
     * {@code ExceptionListener} gets it.
     */
    STOP
}
