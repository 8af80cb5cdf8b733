package org.pgmjms.engine.api;

import io.netty.buffer.ByteBuf;

/**
 * Fills packets when a source may send. The engine pulls: while the channel is busy packets fill up, when it is idle
 * what is there leaves at once. Called under the source's lock, from whichever thread holds it; an implementation never
 * blocks, allocates or calls back into the engine.
 */
public interface ApduSupplier {

    /**
     * The length of what comes next, in bytes: 0 when there is nothing; up to the maximum TSDU when it can be packed
     * with others; larger for one APDU that has to be fragmented.
     */
    int nextLength();

    /**
     * Writes as much as fits into one packet and removes it from the supply.
     *
     * @param packet where to write; indexes are left alone
     * @param at the index of the first byte
     * @param max the number of bytes there is room for
     * @param padTo the length of the current run of equal packets, to be reached by padding when close to it; 0 for none
     * @return the number of bytes written, at least 1 and at most {@code max}
     */
    int fill(ByteBuf packet, int at, int max, int padTo);

    /**
     * Writes one fragment of the APDU whose length {@link #nextLength} said. Fragments are asked for in order; the APDU
     * leaves the supply with its last byte.
     */
    void fillFragment(ByteBuf packet, int at, int length, int apduOffset);

    /** What was filled since the last call is in the transmit window under these numbers, and will be sent. */
    void onStored(int firstSqn, int lastSqn);
}
