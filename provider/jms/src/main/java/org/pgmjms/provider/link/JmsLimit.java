package org.pgmjms.provider.link;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.LimitKind;

/**
 * The limits of this provider, beside those of the engine: {@link org.pgmjms.engine.api.Limit}. What each means is in {@code
 * docs/monitoring.md}.
 */
public enum JmsLimit implements LimitKind {
    /** What waits for a consumer: messages dropped. */
    PREFETCH("jms.prefetch.bytes", "jms.prefetch.messages", "jms.overrunPolicy"),
    /** What a temporary queue keeps: messages dropped. */
    TEMPORARY_QUEUE("jms.temporaryQueue.maxBytes", "jms.overrunPolicy"),
    /** What a session keeps for recovery: how often it was full. */
    UNACKNOWLEDGED("jms.maxUnacknowledged", "jms.maxUnacknowledgedBytes"),
    /** How often a message comes again: messages given up. */
    REDELIVERY("jms.redelivery.max"),
    /** What received objects may consist of: bodies refused. */
    DESERIALIZATION(
            "jms.deserialization.allowList",
            "jms.deserialization.maxDepth",
            "jms.deserialization.maxReferences",
            "jms.deserialization.maxArray"),
    /** What is a message, with the format's own limits for properties, names and entries: messages refused. */
    MESSAGE_FORMAT(),
    /** How long a message may be: messages refused that came. */
    MESSAGE_SIZE("jms.maxMessageSize"),
    /** What is an APDU of this provider, with its checksum: APDUs refused. */
    APDU_FORMAT(InboundCounter.APDUS_REFUSED),
    /** What waits behind gaps: gaps given up. */
    HOLD_BACK(InboundCounter.GAPS_GIVEN_UP, "jms.holdBackBytes"),
    /** Topics that only patterns match: messages without a place. */
    FOUND_TOPICS(InboundCounter.FRAMES_WITHOUT_ROOM);

    private final @Nullable InboundCounter counter;
    private final List<String> settings;

    JmsLimit(String... settings) {
        this.counter = null;
        this.settings = List.of(settings);
    }

    JmsLimit(InboundCounter counter, String... settings) {
        this.counter = counter;
        this.settings = List.of(settings);
    }

    /** What counts its hits at a transport, or null when who drops something tells. */
    @Nullable InboundCounter counter() {
        return counter;
    }

    /** All are: messages are lost, or do not come, by each. */
    @Override
    public boolean isWorthWarning() {
        return true;
    }

    @Override
    public List<String> settings() {
        return settings;
    }
}
