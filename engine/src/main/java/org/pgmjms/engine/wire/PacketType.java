package org.pgmjms.engine.wire;

import org.jspecify.annotations.Nullable;

/** The types of PGM packets. RFC 3208, section 8; ACK is PGMCC's. */
public enum PacketType {
    /** Source Path Message. */
    SPM(0x00, false),
    /** Poll request. */
    POLL(0x01, false),
    /** Poll response. */
    POLR(0x02, true),
    /** Original data. */
    ODATA(0x04, false),
    /** Repair data. */
    RDATA(0x05, false),
    /** Negative acknowledgement. */
    NAK(0x08, true),
    /** Null negative acknowledgement. */
    NNAK(0x09, true),
    /** NAK confirmation. */
    NCF(0x0A, false),
    /** SPM request. */
    SPMR(0x0C, true),
    /** Acknowledgement of PGMCC. */
    ACK(0x0D, true);

    private static final @Nullable PacketType[] BY_CODE = new PacketType[0x10];

    static {
        for (PacketType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final boolean upstream;

    PacketType(int code, boolean upstream) {
        this.code = code;
        this.upstream = upstream;
    }

    /** The type byte; version and reserved bits are zero. */
    public int code() {
        return code;
    }

    /** Whether it travels towards the source, with the ports swapped. */
    public boolean isUpstream() {
        return upstream;
    }

    /** Whether it carries a payload. */
    public boolean isData() {
        return this == ODATA || this == RDATA;
    }

    /** The type for a whole type byte, or null for one that does not exist. */
    public static @Nullable PacketType of(int typeByte) {
        return typeByte >= 0 && typeByte < BY_CODE.length ? BY_CODE[typeByte] : null;
    }
}
