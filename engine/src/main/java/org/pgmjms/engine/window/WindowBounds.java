package org.pgmjms.engine.window;

/**
 * How much a transmit window keeps; whichever bound is met first moves the trail. RFC 3208, appendix F.
 *
 * @param maxBytes TXW_BYTES: the most bytes of PGM packets
 * @param maxPackets TXW_SQNS: the most packets
 * @param maxAgeNs TXW_SECS: how long a packet is kept
 */
public record WindowBounds(long maxBytes, int maxPackets, long maxAgeNs) {
    /** Refuses a window that could hold nothing. */
    public WindowBounds {
        if (maxBytes < 1 || maxPackets < 1 || maxAgeNs < 1) {
            throw new IllegalArgumentException(
                    "a window needs room: " + maxBytes + " bytes, " + maxPackets + " packets, " + maxAgeNs + " ns");
        }
    }

    /** How long a packet is kept that still waits to be repaired. */
    long maxPinnedAgeNs() {
        return maxAgeNs + maxAgeNs / 2;
    }
}
