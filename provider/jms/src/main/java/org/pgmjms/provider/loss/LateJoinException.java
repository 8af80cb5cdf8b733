package org.pgmjms.provider.loss;

import java.io.Serial;

/**
 * A consumer has asked for what sources still held from before ({@code jms.lateJoin=window}), and some of it was gone
 * before it arrived.
 */
public final class LateJoinException extends MessageLossException {
    @Serial
    private static final long serialVersionUID = 1;

    /** The exception that carries a report, whose cause is {@link LossCause#HISTORY_GONE}. */
    public LateJoinException(LossReport report) {
        super(report);
    }
}
