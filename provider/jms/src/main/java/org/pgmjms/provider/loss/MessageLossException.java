package org.pgmjms.provider.loss;

import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import java.io.Serial;

/** Messages are lost for good; what came before them was delivered before. */
public sealed class MessageLossException extends JMSException permits LateJoinException {
    /** What {@link #getErrorCode} answers. */
    public static final String ERROR_CODE = "PGM_2001";

    @Serial
    private static final long serialVersionUID = 1;

    private final LossReport report;

    /** The exception that carries a report. */
    public MessageLossException(LossReport report) {
        super(message(report), ERROR_CODE);
        this.report = report;
    }

    /** The exception that fits a report: history that is gone makes a {@link LateJoinException}. */
    public static MessageLossException of(LossReport report) {
        return report.cause() == LossCause.HISTORY_GONE
                ? new LateJoinException(report)
                : new MessageLossException(report);
    }

    /** Which messages, of which source, and why. */
    public final LossReport getReport() {
        return report;
    }

    private static String message(LossReport report) {
        String extent = report.isExact()
                ? report.count() + " messages (" + report.firstMissing() + " to " + report.lastMissing() + ")"
                : "An unknown number of messages";
        String kind = report.destination() instanceof Queue ? " of queue " : " of topic ";
        return extent + kind + report.destination() + " from " + report.source() + " lost: " + report.cause();
    }
}
