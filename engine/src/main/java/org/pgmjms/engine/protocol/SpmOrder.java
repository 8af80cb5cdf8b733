package org.pgmjms.engine.protocol;

/**
 * Which SPMs of a session are taken, by their numbers: newer ones, not too far ahead. Three others in a row that are
 * consistent with each other are believed in the end, so that neither a forged number nor a source that started over its
 * count can make a receiver deaf. RFC 3208, section 6.1. Not thread-safe.
 */
final class SpmOrder {
    private static final int MAX_JUMP = 1 << 16;
    private static final int ENOUGH = 3;

    private boolean isKnown;
    private int newest;
    private int stray;
    private int strays;

    /** Whether an SPM with this number is to be taken. */
    boolean accept(int sqn) {
        if (!isKnown || isNext(newest, sqn)) {
            return take(sqn);
        }
        strays = strays > 0 && isNext(stray, sqn) ? strays + 1 : strays > 0 && sqn == stray ? strays : 1;
        stray = sqn;
        return strays >= ENOUGH && sqn != newest && take(sqn);
    }

    private boolean take(int sqn) {
        isKnown = true;
        newest = sqn;
        strays = 0;
        return true;
    }

    private static boolean isNext(int before, int sqn) {
        int ahead = sqn - before;
        return ahead > 0 && ahead <= MAX_JUMP;
    }
}
