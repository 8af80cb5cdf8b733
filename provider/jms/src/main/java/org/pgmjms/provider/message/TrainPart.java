package org.pgmjms.provider.message;

/**
 * Which part of a transaction an envelope is.
 *
 * @param transaction the transaction's number within its incarnation
 * @param part the part's number on this channel, from 0
 * @param channels on how many channels the transaction has a train
 * @param isLast whether it is the last part on this channel
 */
public record TrainPart(long transaction, int part, int channels, boolean isLast) {

    /** Checks the ranges. */
    public TrainPart {
        if (part < 0) {
            throw new IllegalArgumentException("A part's number is not negative: " + part);
        }
        if (channels < 1 || channels > 0xFFFF) {
            throw new IllegalArgumentException("A transaction has 1 to 65,535 channels: " + channels);
        }
    }
}
