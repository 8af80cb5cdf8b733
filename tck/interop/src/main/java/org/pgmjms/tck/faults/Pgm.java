package org.pgmjms.tck.faults;

import java.util.Locale;

/** The types of PGM packets, as a filter sees them: the fifth byte behind the UDP header. RFC 3208, section 8. */
enum Pgm {
    SPM(0x00),
    ODATA(0x04),
    RDATA(0x05),
    NAK(0x08),
    NCF(0x0A),
    SPMR(0x0C);

    private static final int TYPE_BIT = 96;

    private final int type;

    Pgm(int type) {
        this.type = type;
    }

    /** A match for packets of this type in the language of nft. */
    String match() {
        return match(type);
    }

    /** A match for packets of any of these types; of none: for all UDP packets. */
    static String anyOf(Pgm... types) {
        if (types.length == 0) {
            return "udp dport != 0";
        }
        StringBuilder all = new StringBuilder();
        for (Pgm each : types) {
            all.append(all.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT, "0x%02x", each.type));
        }
        return "udp dport != 0 @th," + TYPE_BIT + ",8 { " + all + " }";
    }

    private static String match(int type) {
        return String.format(Locale.ROOT, "udp dport != 0 @th,%d,8 0x%02x", TYPE_BIT, type);
    }
}
