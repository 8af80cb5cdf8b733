package org.pgmjms.provider.link;

/**
 * Turns the wrapping numbers of packets into positions that only grow. Positions start far above zero, so that what lies
 * a little before the first number seen is still positive. Owned by the receive agent.
 */
final class StreamPosition {
    private static final long START = 1L << 33;

    private long reference;
    private boolean started;

    /** The position of a packet number, within half the number space of the highest one seen. */
    long of(int sqn) {
        if (!started) {
            started = true;
            reference = START + Integer.toUnsignedLong(sqn);
        }
        long position = reference + (sqn - (int) reference);
        if (position > reference) {
            reference = position;
        }
        return position;
    }

    /** The highest position seen, or -1 before the first. */
    long highest() {
        return started ? reference : -1;
    }
}
