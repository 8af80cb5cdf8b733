package org.pgmjms.engine.sim;

import java.util.Arrays;
import org.pgmjms.engine.api.Tsi;

/** What one session really sent, packet by packet; offsets count from its first number. */
public final class SentStream {
    private static final int INITIAL = 256;

    private final Tsi tsi;
    private final int firstSqn;
    private int[] apduFirst = new int[INITIAL];
    private int[] apduLast = new int[INITIAL];
    private long[] apduHash = new long[INITIAL];
    private long[] storedAtNs = new long[INITIAL];
    private int size;
    private int sent;
    private long bornNs;

    SentStream(Tsi tsi, int firstSqn) {
        this.tsi = tsi;
        this.firstSqn = firstSqn;
    }

    public Tsi tsi() {
        return tsi;
    }

    public int firstSqn() {
        return firstSqn;
    }

    /** How many packets are part of APDUs that are whole in the window. */
    public int size() {
        return size;
    }

    /** How many packets ever left; the others died with their source. */
    public int sent() {
        return sent;
    }

    /** Whether data was sent at all. */
    public boolean isBorn() {
        return sent > 0;
    }

    /** When data first left. */
    public long bornNs() {
        return bornNs;
    }

    /** How far a number lies behind the first one. */
    public int offset(int sqn) {
        return sqn - firstSqn;
    }

    /** The number at an offset. */
    public int sqn(int offset) {
        return firstSqn + offset;
    }

    /** The offset at which the APDU starts that this packet belongs to. */
    public int apduFirst(int offset) {
        return apduFirst[offset];
    }

    /** The offset at which it ends. */
    public int apduLast(int offset) {
        return apduLast[offset];
    }

    /** The hash of its bytes; the lower half is their number. */
    public long apduHash(int offset) {
        return apduHash[offset];
    }

    /** Its length in bytes. */
    public int apduBytes(int offset) {
        return (int) apduHash[offset];
    }

    /** When the packet went into the window. */
    public long storedAtNs(int offset) {
        return storedAtNs[offset];
    }

    /** The first offset, from here on, at which an APDU starts; far away when that is not known yet. */
    public int nextApdu(int offset) {
        if (offset > size) {
            return Integer.MAX_VALUE;
        }
        return offset == size || offset <= 0 || apduFirst[offset] == offset ? offset : apduLast[offset] + 1;
    }

    void store(int first, int last, long hash, long nowNs) {
        if (offset(first) != size) {
            throw new AssertionError(tsi + ": stored " + first + " after " + sqn(size - 1));
        }
        while (offset(last) >= apduFirst.length) {
            apduFirst = Arrays.copyOf(apduFirst, apduFirst.length * 2);
            apduLast = Arrays.copyOf(apduLast, apduLast.length * 2);
            apduHash = Arrays.copyOf(apduHash, apduHash.length * 2);
            storedAtNs = Arrays.copyOf(storedAtNs, storedAtNs.length * 2);
        }
        for (int offset = size; offset <= offset(last); offset++) {
            apduFirst[offset] = offset(first);
            apduLast[offset] = offset(last);
            apduHash[offset] = hash;
            storedAtNs[offset] = nowNs;
        }
        size = offset(last) + 1;
    }

    void onLeft(int sqn, long nowNs) {
        if (sent == 0) {
            bornNs = nowNs;
        }
        sent = Math.max(sent, offset(sqn) + 1);
    }
}
