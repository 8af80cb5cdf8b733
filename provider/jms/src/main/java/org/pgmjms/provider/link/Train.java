package org.pgmjms.provider.link;

import java.util.List;

/**
 * What a transaction sends on one channel: a receiver gets all of it or none. Immutable, but for the bytes of its
 * messages.
 *
 * @param transactionId the transaction's number, the same on all channels; the provider's incarnation uses it once
 * @param channels on how many channels the transaction sends, 1 to 65,535
 * @param messages in the order in which they were sent; at least one
 */
public record Train(long transactionId, int channels, List<TrainMessage> messages) {
    private static final int MOST_CHANNELS = 0xFFFF;

    /** Copies the list and checks the ranges. */
    public Train {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("A train has at least one message");
        }
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw new IllegalArgumentException("A transaction has 1 to 65,535 channels: " + channels);
        }
    }
}
