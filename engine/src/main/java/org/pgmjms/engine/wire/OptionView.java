package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The options of a packet, read in place. RFC 3208, section 9.
 *
 * <pre>
 *   0  END flag and type   uint8
 *   1  length              uint8    of this option, these four bytes included
 *   2  reserved, F, OPX    uint8    ignored
 *   3  flags               uint8    by option
 *   4  value
 * </pre>
 *
 * <p>Only options that mean something on the packet's type are found, and of two of one type only the first; the others
 * are ignored and counted. An accessor may be called only if {@link #has} says so. Belongs to the {@link PacketView}
 * that answers it.
 */
public final class OptionView {
    private static final int TOTAL_OFFSET = 2;
    private static final int FIRST_WORD = OptionType.VALUE_OFFSET;
    private static final int SECOND_WORD = FIRST_WORD + Integer.BYTES;
    private static final int THIRD_WORD = SECOND_WORD + Integer.BYTES;
    private static final int CR_PATH_OFFSET = THIRD_WORD - Short.BYTES;
    private static final int CR_NLA_OFFSET = THIRD_WORD + Integer.BYTES;
    private static final int FEEDBACK_LOSS_OFFSET = SECOND_WORD + Short.BYTES;
    private static final int MIN_GROUP = 2;
    private static final int MAX_GROUP = 128;

    private final int[] places = new int[OptionType.SLOTS];
    private final SessionOption session = new SessionOption(this);
    private final StatusOption status = new StatusOption(this);
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private PacketType packet = PacketType.SPM;
    private boolean parity;
    private int found;
    private int ignored;
    private int length;

    OptionView() {}

    /** Forgets all options, for a packet without. */
    void clear() {
        found = 0;
        ignored = 0;
        length = 0;
    }

    /** Reads the options that start at this place and leave this much room for them. */
    DecodeResult wrap(ByteBuf bytes, int at, int room, PacketType type, boolean isParity) {
        clear();
        buffer = bytes;
        packet = type;
        parity = isParity;
        if (room < OptionType.HEADER_LENGTH
                || bytes.getUnsignedByte(at) != OptionType.LENGTH
                || bytes.getUnsignedByte(at + 1) != OptionType.HEADER_LENGTH) {
            return DecodeResult.BAD_OPTIONS;
        }
        int total = bytes.getUnsignedShort(at + TOTAL_OFFSET);
        if (total <= OptionType.HEADER_LENGTH || total % Integer.BYTES != 0 || total > room) {
            return DecodeResult.BAD_OPTIONS;
        }
        length = total;
        return walk(at + OptionType.HEADER_LENGTH, at + total);
    }

    private DecodeResult walk(int from, int end) {
        int position = from;
        for (int count = 2; count <= OptionType.MAX_OPTIONS; count++) {
            if (end - position < OptionType.HEADER_LENGTH) {
                return DecodeResult.BAD_OPTIONS;
            }
            int typeByte = buffer.getUnsignedByte(position);
            int size = buffer.getUnsignedByte(position + 1);
            if (size < OptionType.HEADER_LENGTH || size % Integer.BYTES != 0 || size > end - position) {
                return DecodeResult.BAD_OPTIONS;
            }
            DecodeResult result = take(typeByte & ~OptionType.END, position, size);
            if (result != DecodeResult.OK) {
                return result;
            }
            position += size;
            if ((typeByte & OptionType.END) != 0) {
                return position == end ? DecodeResult.OK : DecodeResult.BAD_OPTIONS;
            }
        }
        return DecodeResult.BAD_OPTIONS;
    }

    private DecodeResult take(int type, int at, int size) {
        int slot = OptionType.slot(type);
        if (slot == OptionType.UNKNOWN) {
            return DecodeResult.OK;
        }
        boolean allowed = OptionType.isAllowed(type, packet, parity);
        if (!allowed && (type == OptionType.FRAGMENT || type == OptionType.NAK_LIST)) {
            return DecodeResult.MISPLACED_OPTION;
        }
        boolean isPrivate = type == OptionType.SESSION || type == OptionType.STATUS;
        if (!isPrivate && !OptionType.isLength(type, size)) {
            return DecodeResult.BAD_OPTION;
        }
        if (!allowed || (found >>> slot & 1) != 0) {
            ignored++;
            return DecodeResult.OK;
        }
        if (isPrivate && !isOurs(type, at, size) || type == OptionType.PARITY_PRM && !isGroupSize(at)) {
            return DecodeResult.OK;
        }
        if (!isFamilyOfLength(type, at, size)) {
            return DecodeResult.BAD_OPTION;
        }
        found |= 1 << slot;
        places[slot] = at;
        return DecodeResult.OK;
    }

    private boolean isOurs(int type, int at, int size) {
        int version = type == OptionType.SESSION ? SessionOption.VERSION : StatusOption.VERSION;
        return size == OptionType.length(type) && buffer.getUnsignedByte(at + OptionType.SPECIFIC_OFFSET) == version;
    }

    private boolean isGroupSize(int at) {
        int size = buffer.getInt(at + FIRST_WORD);
        return size >= MIN_GROUP && size <= MAX_GROUP && Integer.bitCount(size) == 1;
    }

    private boolean isFamilyOfLength(int type, int at, int size) {
        int afiOffset = switch (type) {
            case OptionType.REDIRECT -> FIRST_WORD;
            case OptionType.PGMCC_DATA, OptionType.PGMCC_FEEDBACK -> SECOND_WORD;
            case OptionType.CR -> CR_NLA_OFFSET;
            default -> 0;
        };
        if (afiOffset == 0) {
            return true;
        }
        int afi = buffer.getUnsignedShort(at + afiOffset);
        return Afi.addressLength(afi) != Afi.UNKNOWN && OptionType.length(type, afi) == size;
    }

    /** Drops one that turned out to say nothing. */
    void forget(int type) {
        found &= ~(1 << OptionType.slot(type));
    }

    ByteBuf buffer() {
        return buffer;
    }

    /** Bytes of all options together; 0 when there are none. */
    public int length() {
        return length;
    }

    /** Whether the packet carries it. */
    public boolean has(int type) {
        int slot = OptionType.slot(type);
        return slot != OptionType.UNKNOWN && (found >>> slot & 1) != 0;
    }

    /** The index in the buffer where it starts, or -1. */
    public int at(int type) {
        return has(type) ? places[OptionType.slot(type)] : -1;
    }

    /** How many options were ignored because the packet cannot have them or had them before. */
    public int ignored() {
        return ignored;
    }

    /** FRAGMENT: the number of the first packet of the APDU. */
    public int fragmentFirstSqn() {
        return word(OptionType.FRAGMENT, FIRST_WORD);
    }

    /** FRAGMENT: where in the APDU this payload starts, in bytes. */
    public long fragmentOffset() {
        return unsigned(OptionType.FRAGMENT, SECOND_WORD);
    }

    /** FRAGMENT: the length of the APDU in bytes, as claimed. */
    public long fragmentApduLength() {
        return unsigned(OptionType.FRAGMENT, THIRD_WORD);
    }

    /** NAK_LIST: how many entries stand there. */
    int nakListCount() {
        return (buffer.getUnsignedByte(at(OptionType.NAK_LIST) + 1) - OptionType.HEADER_LENGTH) / Integer.BYTES;
    }

    /** NAK_LIST: one entry. */
    int nakListSqn(int index) {
        return word(OptionType.NAK_LIST, FIRST_WORD + index * Integer.BYTES);
    }

    /** JOIN: the oldest number that a late joiner may ask for. */
    public int joinSqn() {
        return word(OptionType.JOIN, FIRST_WORD);
    }

    /** NAK_BO_IVL: the interval in microseconds. */
    public long nakBackOffIvlMicros() {
        return unsigned(OptionType.NAK_BO_IVL, FIRST_WORD);
    }

    /** NAK_BO_IVL: the poll it comes from, 0 for none. */
    public int nakBackOffIvlPollSqn() {
        return word(OptionType.NAK_BO_IVL, SECOND_WORD);
    }

    /** NAK_BO_RNG: the upper bound in microseconds. */
    public long nakBackOffMaxMicros() {
        return unsigned(OptionType.NAK_BO_RNG, FIRST_WORD);
    }

    /** NAK_BO_RNG: the lower bound in microseconds. */
    public long nakBackOffMinMicros() {
        return unsigned(OptionType.NAK_BO_RNG, SECOND_WORD);
    }

    /** REDIRECT: the local repairer. */
    public Nla redirect() {
        return Nla.read(buffer, at(OptionType.REDIRECT) + FIRST_WORD);
    }

    /** PARITY_PRM: a combination of the two parity flags of {@link OptionType}. */
    public int parityFlags() {
        return specific(OptionType.PARITY_PRM) & (OptionType.PARITY_PROACTIVE | OptionType.PARITY_ON_DEMAND);
    }

    /** PARITY_PRM: data packets of a group, a power of two from 2 to 128. */
    public int parityGroupSize() {
        return word(OptionType.PARITY_PRM, FIRST_WORD);
    }

    /** PARITY_GRP: the number of the group. */
    public int parityGroup() {
        return word(OptionType.PARITY_GRP, FIRST_WORD);
    }

    /** CURR_TGSIZE: data packets of the current group. */
    public long currentGroupSize() {
        return unsigned(OptionType.CURR_TGSIZE, FIRST_WORD);
    }

    /** PATH_NLA: the address. */
    public Nla pathNla() {
        int at = at(OptionType.PATH_NLA);
        boolean ipv4 = buffer.getUnsignedByte(at + 1) == OptionType.length(OptionType.PATH_NLA);
        return Nla.readAddress(buffer, at + FIRST_WORD, ipv4 ? Afi.IPV4 : Afi.IPV6);
    }

    /** RST: whether NAKs are no longer answered. */
    public boolean rstNaksUnanswered() {
        return (specific(OptionType.RST) & OptionType.RST_NO_REPAIRS) != 0;
    }

    /** RST: the reason, 0 for unknown, up to 63. */
    public int rstCode() {
        return specific(OptionType.RST) & OptionType.RST_CODE_MASK;
    }

    /** CR: which reports it holds. */
    public int reportFlags() {
        return specific(OptionType.CR);
    }

    /** CR: the number that the report refers to. */
    public int reportSqn() {
        return word(OptionType.CR, FIRST_WORD);
    }

    /** CR: load of the worst link that network elements saw, 0 to 65,535. */
    public int reportWorstLink() {
        return buffer.getUnsignedShort(at(OptionType.CR) + SECOND_WORD);
    }

    /** CR: load of the worst path that network elements saw, 0 to 65,535. */
    public int reportWorstPath() {
        return buffer.getUnsignedShort(at(OptionType.CR) + CR_PATH_OFFSET);
    }

    /** CR: load of the worst path that receivers saw, 0 to 65,535. */
    public int reportReceiverPath() {
        return buffer.getUnsignedShort(at(OptionType.CR) + THIRD_WORD);
    }

    /** CR: the worst receiver. */
    public Nla reportReceiver() {
        return Nla.read(buffer, at(OptionType.CR) + CR_NLA_OFFSET);
    }

    /** CRQST: which reports are asked for. */
    public int reportRequestFlags() {
        return specific(OptionType.CRQST);
    }

    /** PGMCC_DATA: the clock of the source in milliseconds. */
    public int pgmccTimestamp() {
        return word(OptionType.PGMCC_DATA, FIRST_WORD);
    }

    /** PGMCC_DATA: the elected acker, zero during an election. */
    public Nla pgmccAcker() {
        return Nla.read(buffer, at(OptionType.PGMCC_DATA) + SECOND_WORD);
    }

    /** PGMCC_FEEDBACK: the timestamp returned, plus the time it was held. */
    public int feedbackTimestamp() {
        return word(OptionType.PGMCC_FEEDBACK, FIRST_WORD);
    }

    /** PGMCC_FEEDBACK: the loss rate, 0 to 65,535. */
    public int feedbackLossRate() {
        return buffer.getUnsignedShort(at(OptionType.PGMCC_FEEDBACK) + FEEDBACK_LOSS_OFFSET);
    }

    /** PGMCC_FEEDBACK: the receiver that reports. */
    public Nla feedbackReceiver() {
        return Nla.read(buffer, at(OptionType.PGMCC_FEEDBACK) + SECOND_WORD);
    }

    /** SESSION: our private option. */
    public SessionOption session() {
        return session;
    }

    /** STATUS: our private option of an ACK. */
    public StatusOption status() {
        return status;
    }

    private int word(int type, int offset) {
        return buffer.getInt(at(type) + offset);
    }

    private long unsigned(int type, int offset) {
        return buffer.getUnsignedInt(at(type) + offset);
    }

    private int specific(int type) {
        return buffer.getUnsignedByte(at(type) + OptionType.SPECIFIC_OFFSET);
    }
}
