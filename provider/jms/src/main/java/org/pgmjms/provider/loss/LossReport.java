package org.pgmjms.provider.loss;

import jakarta.jms.Destination;
import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;

/**
 * One contiguous gap in what a consumer should have got.
 *
 * @param destination the topic
 * @param source the transport session of the publisher, as text
 * @param firstMissing the first missing topic sequence; for raw topics the first sequence number
 * @param lastMissing the last one
 * @param count how many messages, or {@link #UNKNOWN}
 * @param cause why
 */
public record LossReport(
        Destination destination, String source, long firstMissing, long lastMissing, long count, LossCause cause)
        implements Serializable {
    /** The count of a loss whose extent nobody can know. */
    public static final long UNKNOWN = -1;

    @Serial
    private static final long serialVersionUID = 1;

    /** Refuses nulls. */
    public LossReport {
        Objects.requireNonNull(destination, "destination");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(cause, "cause");
    }

    /** Whether the number of messages is known. */
    public boolean isExact() {
        return count != UNKNOWN;
    }
}
