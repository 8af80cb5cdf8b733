package org.pgmjms.tck.kit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes the bytes of a packet apart. */
final class PgmParser {
    private static final int HEADER = 16;

    private final byte[] bytes;
    private final ByteBuffer in;

    PgmParser(byte[] bytes) {
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes);
    }

    PgmBytes packet() throws Malformed {
        demand(bytes.length >= HEADER, "no room for a header");
        int type = in.get(4) & 0xFF;
        int flags = in.get(5) & 0xFF;
        checkChecksum(type);
        int bodyEnd = HEADER + bodyLength(type);
        demand(bytes.length >= bodyEnd, "no room for the body");
        int optionsEnd = bodyEnd;
        List<PgmOption> options = List.of();
        if (flags % 2 == 1) {
            demand(bytes.length - bodyEnd >= 4, "no room for options");
            demand(in.getShort(bodyEnd) == 0x0004, "no OPT_LENGTH");
            optionsEnd = bodyEnd + (in.getShort(bodyEnd + 2) & 0xFFFF);
            demand(optionsEnd <= bytes.length, "options longer than the packet");
            options = options(bodyEnd + 4, optionsEnd);
        }
        int payload = in.getShort(14) & 0xFFFF;
        boolean data = type == PgmBytes.ODATA || type == PgmBytes.RDATA;
        int left = bytes.length - optionsEnd;
        demand(data ? payload == left : payload <= left, "TSDU length " + payload + " with " + left + " bytes left");
        return new PgmBytes(
                type,
                in.getShort(0) & 0xFFFF,
                in.getShort(2) & 0xFFFF,
                in.getLong(8) >>> 16,
                flags,
                Arrays.copyOfRange(bytes, HEADER, bodyEnd),
                options,
                Arrays.copyOfRange(bytes, optionsEnd, optionsEnd + payload));
    }

    private void checkChecksum(int type) throws Malformed {
        int field = in.getShort(6) & 0xFFFF;
        boolean data = type == PgmBytes.ODATA || type == PgmBytes.RDATA;
        demand(field == 0 ? !data : field == PgmBytes.checksum(bytes), "checksum");
    }

    private int bodyLength(int type) throws Malformed {
        return switch (type) {
            case PgmBytes.SPM -> 12 + blockLength(HEADER + 12);
            case PgmBytes.ODATA, PgmBytes.RDATA, PgmBytes.POLR, PgmBytes.ACK -> 8;
            case PgmBytes.NAK, PgmBytes.NNAK, PgmBytes.NCF -> {
                int source = blockLength(HEADER + 4);
                yield 4 + source + blockLength(HEADER + 4 + source);
            }
            case PgmBytes.POLL -> 8 + blockLength(HEADER + 8) + 12;
            case PgmBytes.SPMR -> 0;
            default -> throw new Malformed("type " + type);
        };
    }

    private int blockLength(int at) throws Malformed {
        demand(at + 4 <= bytes.length, "no room for an address");
        return switch (in.getShort(at)) {
            case 1 -> 8;
            case 2 -> 20;
            default -> throw new Malformed("address family " + in.getShort(at));
        };
    }

    private List<PgmOption> options(int from, int end) throws Malformed {
        List<PgmOption> options = new ArrayList<>();
        int at = from;
        boolean last = false;
        while (at < end) {
            demand(!last, "option after the last");
            demand(end - at >= 4, "half an option");
            int type = in.get(at) & 0xFF;
            int length = in.get(at + 1) & 0xFF;
            demand(length >= 4 && length % 4 == 0 && at + length <= end, "option length " + length);
            options.add(new PgmOption(
                    type & 0x7F,
                    in.get(at + 2) & 0xFF,
                    in.get(at + 3) & 0xFF,
                    Arrays.copyOfRange(bytes, at + 4, at + length)));
            last = type >= 0x80;
            at += length;
        }
        demand(last, "no last option");
        demand(options.size() < 16, "too many options");
        return options;
    }

    private static void demand(boolean condition, String otherwise) throws Malformed {
        if (!condition) {
            throw new Malformed(otherwise);
        }
    }
}
