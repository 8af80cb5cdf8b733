package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads a packet in place: the one parser of the engine. RFC 3208, section 8.
 *
 * <p>{@link #wrap} makes every check that needs no knowledge of the session; after {@link DecodeResult#OK} the accessors
 * read without further checks. It never throws for what came from the network and allocates nothing. Misplaced and
 * repeated options are ignored, except those two that would change what a packet means: FRAGMENT off data and NAK_LIST
 * off NAK, NNAK and NCF. Parity packets are checked as far as they go without their group and answered as
 * {@link DecodeResult#PARITY}; the accessors work for them too.
 *
 * <p>Reused; good until the buffer changes. One owner.
 */
public final class PacketView {
    private final OptionView options = new OptionView();
    private final SpmDecoder spm = new SpmDecoder();
    private final DataDecoder data = new DataDecoder(options);
    private final NakDecoder nak = new NakDecoder(options);
    private final PollDecoder poll = new PollDecoder();
    private final PolrDecoder polr = new PolrDecoder();
    private final AckDecoder ack = new AckDecoder();

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int offset;
    private int length;
    private PacketType type = PacketType.SPM;
    private int payloadOffset;

    /** A view of nothing, to be wrapped around packets. */
    public PacketView() {}

    /**
     * Points the view at a packet and says whether it is well formed.
     *
     * @param packet where the packet is; indexes are left alone
     * @param at the index of its first byte
     * @param size its length as received, within the buffer
     */
    public DecodeResult wrap(ByteBuf packet, int at, int size) {
        buffer = packet;
        offset = at;
        length = size;
        options.clear();
        if (size < PgmHeader.LENGTH) {
            return DecodeResult.TRUNCATED;
        }
        PacketType found = PacketType.of(typeByte());
        if (found == null) {
            return DecodeResult.UNKNOWN_TYPE;
        }
        type = found;
        if (!isChecksumRight()) {
            return DecodeResult.BAD_CHECKSUM;
        }
        DecodeResult body = wrapBody();
        if (body != DecodeResult.OK) {
            return body;
        }
        return wrapRest(bodyEnd());
    }

    private boolean isChecksumRight() {
        if (buffer.getUnsignedShort(offset + PgmHeader.CHECKSUM_OFFSET) == Checksum.NONE) {
            return !type.isData();
        }
        return Checksum.verify(buffer, offset, length);
    }

    private DecodeResult wrapBody() {
        return switch (type) {
            case SPM -> spm.wrap(buffer, offset, length);
            case ODATA, RDATA -> data.wrap(buffer, offset, length);
            case NAK, NNAK, NCF -> nak.wrap(buffer, offset, length);
            case POLL -> poll.wrap(buffer, offset, length);
            case POLR -> polr.wrap(buffer, offset, length);
            case ACK -> ack.wrap(buffer, offset, length);
            case SPMR -> DecodeResult.OK;
        };
    }

    private int bodyEnd() {
        return switch (type) {
            case SPM -> spm.bodyEnd();
            case ODATA, RDATA -> DataDecoder.BODY_END;
            case NAK, NNAK, NCF -> nak.bodyEnd();
            case POLL -> poll.bodyEnd();
            case POLR -> PolrDecoder.BODY_END;
            case ACK -> AckDecoder.BODY_END;
            case SPMR -> PgmHeader.LENGTH;
        };
    }

    private DecodeResult wrapRest(int bodyEnd) {
        int flags = optionFlags();
        if ((flags & PgmHeader.OPTIONS_PRESENT) != 0) {
            DecodeResult result = options.wrap(buffer, offset + bodyEnd, length - bodyEnd, type, hasParity());
            if (result != DecodeResult.OK) {
                return result;
            }
        }
        payloadOffset = bodyEnd + options.length();
        int end = payloadOffset + payloadLength();
        if (type.isData() ? end != length : end > length) {
            return DecodeResult.BAD_LENGTH;
        }
        if ((flags & PgmHeader.VARIABLE_LENGTH) != 0 && !hasParity() || type.isData() && hasParity()) {
            return DecodeResult.PARITY;
        }
        return switch (type) {
            case ODATA, RDATA -> data.checkFragment(payloadLength());
            case NAK, NNAK, NCF -> nak.checkList();
            default -> DecodeResult.OK;
        };
    }

    /** The buffer that holds the packet. */
    public ByteBuf buffer() {
        return buffer;
    }

    /** The index of its first byte. */
    public int offset() {
        return offset;
    }

    /** Its length in bytes. */
    public int length() {
        return length;
    }

    /** What it is. */
    public PacketType type() {
        return type;
    }

    /** The first port as it stands in the packet. */
    public int sourcePort() {
        return buffer.getUnsignedShort(offset + PgmHeader.SOURCE_PORT_OFFSET);
    }

    /** The second port as it stands in the packet. */
    public int destinationPort() {
        return buffer.getUnsignedShort(offset + PgmHeader.DESTINATION_PORT_OFFSET);
    }

    /** The global source identifier, in the lower 48 bits. */
    public long gsi() {
        return buffer.getLong(offset + PgmHeader.GSI_OFFSET) >>> Short.SIZE;
    }

    /** The session that the packet belongs to, whichever way it travels; the value of a Tsi. */
    public long tsi() {
        return gsi() << Short.SIZE | (type.isUpstream() ? destinationPort() : sourcePort());
    }

    /** The data-destination port, whichever way the packet travels. */
    public int dataDestinationPort() {
        return type.isUpstream() ? sourcePort() : destinationPort();
    }

    /** The whole type byte. */
    public int typeByte() {
        return buffer.getUnsignedByte(offset + PgmHeader.TYPE_OFFSET);
    }

    /** The flags of {@link PgmHeader}. */
    public int optionFlags() {
        return buffer.getUnsignedByte(offset + PgmHeader.FLAGS_OFFSET);
    }

    /** Whether it is about parity packets. */
    public boolean hasParity() {
        return (optionFlags() & PgmHeader.PARITY) != 0;
    }

    /** The index in the buffer of the first byte of the payload. */
    public int payloadOffset() {
        return offset + payloadOffset;
    }

    /** The length of the payload, the TSDU, in bytes. */
    public int payloadLength() {
        return buffer.getUnsignedShort(offset + PgmHeader.TSDU_LENGTH_OFFSET);
    }

    /** The options. */
    public OptionView options() {
        return options;
    }

    /** The body of an SPM. */
    public SpmDecoder spm() {
        return spm;
    }

    /** The body of ODATA and RDATA. */
    public DataDecoder data() {
        return data;
    }

    /** The body of NAK, NNAK and NCF. */
    public NakDecoder nak() {
        return nak;
    }

    /** The body of a POLL. */
    public PollDecoder poll() {
        return poll;
    }

    /** The body of a POLR. */
    public PolrDecoder polr() {
        return polr;
    }

    /** The body of an ACK. */
    public AckDecoder ack() {
        return ack;
    }
}
