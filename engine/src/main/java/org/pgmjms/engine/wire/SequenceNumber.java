package org.pgmjms.engine.wire;

/** Arithmetic on 32-bit numbers that wrap. RFC 3208, section 3.2. */
public final class SequenceNumber {

    private SequenceNumber() {}

    /** Whether {@code a} comes before {@code b} within half the number space. */
    public static boolean before(int a, int b) {
        return a - b < 0;
    }

    /** Whether {@code a} comes after {@code b} within half the number space. */
    public static boolean after(int a, int b) {
        return a - b > 0;
    }

    /** The later of two. */
    public static int max(int a, int b) {
        return before(a, b) ? b : a;
    }

    /** The earlier of two. */
    public static int min(int a, int b) {
        return before(a, b) ? a : b;
    }
}
