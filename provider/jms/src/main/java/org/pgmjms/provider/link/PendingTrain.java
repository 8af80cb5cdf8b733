package org.pgmjms.provider.link;

import java.util.Collection;
import java.util.Objects;
import java.util.TreeMap;
import org.pgmjms.provider.message.TrainPart;

/**
 * The parts of a train that have come so far. As parts lie one behind another in the stream, it is known where the first
 * one lies that is missing. Owned by the receive agent.
 */
final class PendingTrain {
    /** What a part costs beside its bytes. */
    private static final int OVERHEAD_BYTES = 160;

    private final TreeMap<Integer, Part> parts = new TreeMap<>();
    private int count = Integer.MAX_VALUE;
    /** How many parts there are from the first one on without a gap, and the position where they end. */
    private int inRow;

    private long inRowEnd;
    private int bytes;

    /**
     * One part as it came.
     *
     * @param first the position of its first packet
     * @param last the position of its last packet
     * @param apdu its bytes
     * @param replayed whether it was sent before the receiver joined
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Part(long first, long last, byte[] apdu, boolean replayed) {}

    /** What a part takes in memory. */
    static int costBytes(Part part) {
        return OVERHEAD_BYTES + part.apdu.length;
    }

    /** What its parts take in memory. */
    int bytes() {
        return bytes;
    }

    /** Takes a part; false when it contradicts the others. */
    boolean add(TrainPart which, Part part) {
        int number = which.part();
        boolean misnumbered = number >= count
                || parts.containsKey(number)
                || which.isLast() && !parts.isEmpty() && number < parts.lastKey();
        if (misnumbered || !adjoins(number, part)) {
            return false;
        }
        parts.put(number, part);
        bytes += costBytes(part);
        if (which.isLast()) {
            count = number + 1;
        }
        for (Part next = parts.get(inRow); next != null; next = parts.get(inRow)) {
            inRow++;
            inRowEnd = next.last;
        }
        return true;
    }

    private boolean adjoins(int number, Part part) {
        Part before = parts.get(number - 1);
        Part behind = parts.get(number + 1);
        return (before == null || before.last + 1 == part.first) && (behind == null || part.last + 1 == behind.first);
    }

    /** Whether all parts are here. */
    boolean isComplete() {
        return inRow == count;
    }

    /** Whether a part can never come, now that all before this position was delivered or lost. */
    boolean isDoomed(long edge) {
        return edge >= (lacksStart() ? first() : inRowEnd + 2);
    }

    /** Whether the parts before those that are here have not come. */
    boolean lacksStart() {
        return inRow == 0;
    }

    /** The position of the first part that is here; there must be one. */
    long first() {
        return Objects.requireNonNull(parts.firstEntry()).getValue().first;
    }

    /** The parts that are here, in order. */
    Collection<Part> parts() {
        return parts.values();
    }
}
