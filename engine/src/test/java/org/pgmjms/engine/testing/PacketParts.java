package org.pgmjms.engine.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pgmjms.engine.wire.Afi;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PgmHeader;

/**
 * A packet in parts, well-formed or not, so that one part can be exchanged and the rest is put right around it. What
 * cannot be told apart stays together.
 */
final class PacketParts {
    private static final int BLOCK_HEADER = 4;
    private static final int DATA_BODY = 8;
    private static final int SPM_NUMBERS = 12;
    private static final int POLL_NUMBERS = 8;
    private static final int POLL_TAIL = 12;

    /** Header and body. */
    byte[] head;

    /** Each with its type and length byte, without the first one, which holds the total. */
    final List<byte[]> options = new ArrayList<>();

    byte[] payload;

    private PacketParts(byte[] head, byte[] payload) {
        this.head = head;
        this.payload = payload;
    }

    static PacketParts of(byte[] packet) {
        int bodyEnd = Math.min(packet.length, bodyEnd(packet));
        PacketParts parts = new PacketParts(Arrays.copyOf(packet, bodyEnd), new byte[0]);
        int at = bodyEnd;
        boolean hasOptions = packet.length > PgmHeader.FLAGS_OFFSET
                && (packet[PgmHeader.FLAGS_OFFSET] & PgmHeader.OPTIONS_PRESENT) != 0;
        if (hasOptions && packet.length - at >= OptionType.HEADER_LENGTH) {
            at += OptionType.HEADER_LENGTH;
            for (boolean last = false; !last && packet.length - at >= OptionType.HEADER_LENGTH; ) {
                int length = packet[at + 1] & 0xFF;
                if (length < OptionType.HEADER_LENGTH || length > packet.length - at) {
                    break;
                }
                parts.options.add(Arrays.copyOfRange(packet, at, at + length));
                last = packet[at] < 0;
                at += length;
            }
        }
        parts.payload = Arrays.copyOfRange(packet, at, packet.length);
        return parts;
    }

    /** Where the body ends, as far as type and families tell. */
    private static int bodyEnd(byte[] packet) {
        PacketType type = packet.length < PgmHeader.LENGTH ? null : PacketType.of(packet[PgmHeader.TYPE_OFFSET]);
        if (type == null) {
            return packet.length;
        }
        int at = PgmHeader.LENGTH;
        return switch (type) {
            case SPM -> blockEnd(packet, at + SPM_NUMBERS);
            case ODATA, RDATA, POLR, ACK -> at + DATA_BODY;
            case NAK, NNAK, NCF -> blockEnd(packet, blockEnd(packet, at + Integer.BYTES));
            case POLL -> blockEnd(packet, at + POLL_NUMBERS) + POLL_TAIL;
            case SPMR -> at;
        };
    }

    private static int blockEnd(byte[] packet, int at) {
        boolean isIpv6 = packet.length >= at + BLOCK_HEADER && packet[at] == 0 && packet[at + 1] == Afi.IPV6;
        return at + BLOCK_HEADER + (isIpv6 ? 16 : 4);
    }

    /** Puts it together with the total, the end mark, the flag and the TSDU length that are right for it. */
    byte[] joined() {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(head);
        int total = OptionType.HEADER_LENGTH;
        for (byte[] option : options) {
            total += option.length;
        }
        if (!options.isEmpty()) {
            packet.writeBytes(
                    new byte[] {OptionType.LENGTH, OptionType.HEADER_LENGTH, (byte) (total >> 8), (byte) total});
        }
        for (int i = 0; i < options.size(); i++) {
            byte[] option = options.get(i).clone();
            int type = option[0] & OptionType.INVALID;
            option[0] = (byte) (i == options.size() - 1 ? type | OptionType.END : type);
            packet.writeBytes(option);
        }
        packet.writeBytes(payload);
        byte[] bytes = packet.toByteArray();
        if (head.length >= PgmHeader.LENGTH) {
            int flags = bytes[PgmHeader.FLAGS_OFFSET] & ~PgmHeader.OPTIONS_PRESENT;
            bytes[PgmHeader.FLAGS_OFFSET] = (byte) (options.isEmpty() ? flags : flags | PgmHeader.OPTIONS_PRESENT);
            ByteBuffer.wrap(bytes).putShort(PgmHeader.TSDU_LENGTH_OFFSET, (short) payload.length);
        }
        return bytes;
    }
}
