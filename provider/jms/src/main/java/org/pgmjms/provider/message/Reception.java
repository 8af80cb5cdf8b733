package org.pgmjms.provider.message;

import org.jspecify.annotations.Nullable;

/**
 * What the provider knows of a received message beside its content; shown as properties that are never sent.
 *
 * @param source the transport session it came from, as text
 * @param sequence the topic's sequence at that source
 * @param isReplayed whether it was sent before the consumer joined
 * @param deliveryCount how often it was delivered, this time included
 * @param gapBefore how many messages are missing before it, -1 when nobody knows
 */
record Reception(String source, long sequence, boolean isReplayed, int deliveryCount, long gapBefore) {

    /** The value of one of the provider's properties; null when it is none, or not set. */
    @Nullable Object property(String name) {
        return switch (name) {
            case PropertyNames.DELIVERY_COUNT -> deliveryCount;
            case PropertyNames.SOURCE -> source;
            case PropertyNames.SEQUENCE -> sequence;
            case PropertyNames.GAP_BEFORE -> gapBefore == 0 ? null : gapBefore;
            case PropertyNames.REPLAYED -> isReplayed ? Boolean.TRUE : null;
            default -> null;
        };
    }
}
