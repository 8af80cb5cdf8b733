package org.pgmjms.engine.wire;

/** Address family numbers as they stand in packets. */
public final class Afi {
    /** IPv4. */
    public static final int IPV4 = 1;

    /** IPv6. */
    public static final int IPV6 = 2;

    /** What {@link #addressLength} answers for any other. */
    public static final int UNKNOWN = -1;

    /** Length of the AFI and the reserved field before an address. */
    public static final int HEADER_LENGTH = 4;

    private Afi() {}

    /** Bytes of an address of that family, or {@link #UNKNOWN}. */
    public static int addressLength(int afi) {
        return switch (afi) {
            case IPV4 -> 4;
            case IPV6 -> 16;
            default -> UNKNOWN;
        };
    }
}
