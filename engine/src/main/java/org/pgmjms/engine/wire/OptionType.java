package org.pgmjms.engine.wire;

/** Types, lengths and places of option extensions. RFC 3208, section 9; PGMCC's two are OpenPGM's. */
public final class OptionType {
    /** Total length of all options; always the first. */
    public static final int LENGTH = 0x00;

    /** A part of an APDU. */
    public static final int FRAGMENT = 0x01;

    /** More requested numbers. */
    public static final int NAK_LIST = 0x02;

    /** The oldest number that a late joiner may ask for. */
    public static final int JOIN = 0x03;

    /** Back-off interval for NAKs. */
    public static final int NAK_BO_IVL = 0x04;

    /** Bounds of that interval. */
    public static final int NAK_BO_RNG = 0x05;

    /** Address of a designated local repairer. */
    public static final int REDIRECT = 0x07;

    /** Parity parameters. */
    public static final int PARITY_PRM = 0x08;

    /** Parity group of a parity packet. */
    public static final int PARITY_GRP = 0x09;

    /** Number of packets in a shortened group. */
    public static final int CURR_TGSIZE = 0x0A;

    /** Neighbour unreachable. */
    public static final int NBR_UNREACH = 0x0B;

    /** Path address in an NCF. */
    public static final int PATH_NLA = 0x0C;

    /** First packet of a session. */
    public static final int SYN = 0x0D;

    /** End of a session. */
    public static final int FIN = 0x0E;

    /** Abnormal end of a session. */
    public static final int RST = 0x0F;

    /** Congestion report. */
    public static final int CR = 0x10;

    /** Congestion report request. */
    public static final int CRQST = 0x11;

    /** PGMCC: timestamp and elected acker. */
    public static final int PGMCC_DATA = 0x12;

    /** PGMCC: echoed timestamp and loss rate. */
    public static final int PGMCC_FEEDBACK = 0x13;

    /** Ours: {@link SessionOption}. */
    public static final int SESSION = 0x50;

    /** Ours: {@link StatusOption}. */
    public static final int STATUS = 0x51;

    /** An option that a network element did not know and blanked. */
    public static final int INVALID = 0x7F;

    /** Flag in the type byte: the last option. */
    public static final int END = 0x80;

    /** Bytes before the value: type, length, two bytes of flags. */
    public static final int HEADER_LENGTH = 4;

    /** The most options in a packet, the first one included. */
    public static final int MAX_OPTIONS = 16;

    /** The most entries of {@link #NAK_LIST}. */
    public static final int MAX_NAK_LIST = 62;

    /** Parity parameter: parity without request. */
    public static final int PARITY_PROACTIVE = 0x02;

    /** Parity parameter: parity on request. */
    public static final int PARITY_ON_DEMAND = 0x01;

    /** Reset: NAKs will not be answered. */
    public static final int RST_NO_REPAIRS = 0x40;

    static final int RST_CODE_MASK = 0x3F;

    /** Offset of the byte that carries flags of one option. */
    static final int SPECIFIC_OFFSET = 3;

    static final int VALUE_OFFSET = HEADER_LENGTH;

    /** What {@link #slot} answers for a type we do not know. */
    static final int UNKNOWN = -1;

    /** One more than the highest {@link #slot}. */
    static final int SLOTS = PGMCC_FEEDBACK + 3;

    private static final int IPV6_EXTRA = 12;
    private static final int UNASSIGNED = 0x06;
    private static final int DATA = on(PacketType.ODATA) | on(PacketType.RDATA);
    private static final int SPM = on(PacketType.SPM);
    private static final int NCF = on(PacketType.NCF);

    private OptionType() {}

    /** The length of an option of fixed length, with IPv4 addresses in those that hold one; 0 for others. */
    public static int length(int type) {
        return switch (type) {
            case LENGTH, NBR_UNREACH, SYN, FIN, RST, CRQST -> 4;
            case JOIN, PARITY_PRM, PARITY_GRP, CURR_TGSIZE, PATH_NLA -> 8;
            case NAK_BO_IVL, NAK_BO_RNG, REDIRECT -> 12;
            case FRAGMENT, PGMCC_DATA, PGMCC_FEEDBACK -> 16;
            case SESSION -> SessionOption.LENGTH;
            case STATUS -> StatusOption.LENGTH;
            case CR -> 24;
            default -> 0;
        };
    }

    /** The length of an option that holds an address of that family. */
    static int length(int type, int afi) {
        return afi == Afi.IPV6 ? length(type) + IPV6_EXTRA : length(type);
    }

    /** Whether an option of a known type can have this length. */
    static boolean isLength(int type, int length) {
        return switch (type) {
            case NAK_LIST ->
                length > HEADER_LENGTH
                        && length <= HEADER_LENGTH + MAX_NAK_LIST * Integer.BYTES
                        && length % Integer.BYTES == 0;
            case REDIRECT, PATH_NLA, CR, PGMCC_DATA, PGMCC_FEEDBACK ->
                length == length(type) || length == length(type) + IPV6_EXTRA;
            default -> length == length(type);
        };
    }

    /** A small number for a known type, or {@link #UNKNOWN}. */
    static int slot(int type) {
        if (type <= PGMCC_FEEDBACK) {
            return type == UNASSIGNED ? UNKNOWN : type;
        }
        return switch (type) {
            case SESSION -> SLOTS - 2;
            case STATUS -> SLOTS - 1;
            default -> UNKNOWN;
        };
    }

    /** Whether an option means something on a packet of that type. */
    static boolean isAllowed(int type, PacketType packet, boolean parity) {
        if (type == PARITY_GRP) {
            return packet.isData() && parity;
        }
        return (allowed(type) & on(packet)) != 0;
    }

    /** Whether network elements look at it, so that it has to stand before the others. */
    static boolean isNetworkSignificant(int type, PacketType packet) {
        return switch (type) {
            case NAK_LIST, NAK_BO_IVL, NAK_BO_RNG, REDIRECT, PARITY_PRM, NBR_UNREACH, PATH_NLA, CR, CRQST -> true;
            case CURR_TGSIZE -> packet != PacketType.ODATA;
            default -> false;
        };
    }

    private static int allowed(int type) {
        return switch (type) {
            case FRAGMENT, SYN, PGMCC_DATA -> DATA;
            case NAK_LIST -> on(PacketType.NAK) | on(PacketType.NNAK) | NCF;
            case JOIN, FIN, CURR_TGSIZE -> DATA | SPM;
            case NAK_BO_IVL -> SPM | NCF | on(PacketType.POLL);
            case NAK_BO_RNG, PARITY_PRM, RST, CRQST, SESSION -> SPM;
            case REDIRECT -> on(PacketType.POLR);
            case NBR_UNREACH -> SPM | NCF;
            case PATH_NLA -> NCF;
            case CR -> on(PacketType.NAK);
            case PGMCC_FEEDBACK -> on(PacketType.NAK) | on(PacketType.ACK);
            case STATUS -> on(PacketType.ACK);
            default -> 0;
        };
    }

    private static int on(PacketType packet) {
        return 1 << packet.code();
    }
}
