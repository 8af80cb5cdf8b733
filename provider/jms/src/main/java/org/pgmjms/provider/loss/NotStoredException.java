package org.pgmjms.provider.loss;

import jakarta.jms.JMSException;
import java.io.Serial;

/**
 * A source publishes PERSISTENT messages to a topic with durable consumers here, and the companion broker of these
 * consumers does not get them: durable subscriptions miss what it publishes. Told once for each source.
 */
public final class NotStoredException extends JMSException {
    /** What {@link #getErrorCode} answers. */
    public static final String ERROR_CODE = "PGM_2002";

    @Serial
    private static final long serialVersionUID = 1;

    private final String topicName;
    private final String source;

    /**
     * Tells what to do about it.
     *
     * @param topicName the topic, without its attributes
     * @param source the transport session that the message came from, as text
     * @param isElsewhere whether another broker has stored it; otherwise none has
     */
    public NotStoredException(String topicName, String source, boolean isElsewhere) {
        super(
                "Durable subscriptions miss what source " + source + " publishes to topic " + topicName
                        + ": its PERSISTENT messages are stored "
                        + (isElsewhere ? "in another companion broker" : "in no companion broker")
                        + "; the publisher needs the same broker.url, and a broker.topics that includes the topic",
                ERROR_CODE);
        this.topicName = topicName;
        this.source = source;
    }

    /** The topic that it was found out for. */
    public String getTopicName() {
        return topicName;
    }

    /** The transport session of the publisher, as in {@code JMS_PGM_Source}. */
    public String getSource() {
        return source;
    }
}
