package org.pgmjms.engine.protocol;

/** Deadlines on a nano clock that may wrap; {@link ProtocolHalf#NONE} never comes. */
final class Deadlines {

    private Deadlines() {}

    static long earlier(long a, long b) {
        if (a == ProtocolHalf.NONE) {
            return b;
        }
        return b == ProtocolHalf.NONE || a - b <= 0 ? a : b;
    }

    static boolean isDue(long deadlineNs, long nowNs) {
        return deadlineNs != ProtocolHalf.NONE && deadlineNs - nowNs <= 0;
    }
}
