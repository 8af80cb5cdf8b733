package org.pgmjms.engine.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.pgmjms.engine.wire.Afi;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.PgmHeader;

/**
 * Damages packets where it knows their structure: one number, address, option or length is made to lie, and the rest is
 * put right again, checksum included, so that the lie gets as deep as it can. {@link Gen#mutant} damages bytes.
 */
public final class PacketMutator {
    private static final int[] BYTES = {0, 1, 2, 3, 4, 5, 7, 8, 12, 16, 20, 0x7F, 0x80, 0xFC, 0xFE, 0xFF};
    private static final int[] HALVES = {0, 1, 2, 3, 4, 8, 0x7FFF, 0x8000, 0xFFFC, 0xFFFF};
    private static final int[] WORDS = {0, 1, -1, -2, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 1};
    private static final int[] ADDRESSES = {0, 0x7F000001, 0xE0000000, 0xEFFFFFFF, 0xF0000000, 0xFFFFFFFF, 0x0A000001};
    private static final int MOST_CHANGES = 4;
    private static final int MOST_OPTIONS = 18;
    private static final int LONGEST_OPTION = 255;
    private static final int FEW = 12;

    private final Gen gen;

    /** All randomness is the generator's. */
    public PacketMutator(Gen gen) {
        this.gen = gen;
    }

    /** A damaged copy; one in ten has a wrong checksum, too. */
    public byte[] mutant(byte[] packet) {
        return mutant(packet, packet);
    }

    /** A damaged copy that may have parts of another packet. */
    public byte[] mutant(byte[] packet, byte[] other) {
        PacketParts parts = PacketParts.of(packet);
        int changes = 1;
        while (changes < MOST_CHANGES && gen.oneIn(3)) {
            changes++;
        }
        boolean isRaw = gen.oneIn(3);
        for (int i = isRaw ? 1 : 0; i < changes; i++) {
            change(parts, PacketParts.of(other));
        }
        byte[] mutant = parts.joined();
        if (isRaw) {
            mutant = raw(mutant);
        }
        if (!gen.oneIn(10)) {
            Gen.setChecksum(mutant);
        }
        return mutant;
    }

    private void change(PacketParts parts, PacketParts other) {
        switch (gen.below(12)) {
            case 0, 1, 2 -> setNumber(parts.head, bodyNumber(parts.head), Integer.BYTES, parts);
            case 3 -> header(parts.head);
            case 4 -> family(parts);
            case 5 -> payload(parts);
            case 6 -> parts.options.add(gen.below(parts.options.size() + 1), option(parts));
            case 7 -> exchange(parts, other);
            case 8 -> type(parts, other);
            default -> changeOption(parts);
        }
    }

    // ---- header and body

    /** The place of a number of the body; addresses count as numbers. */
    private int bodyNumber(byte[] head) {
        int words = (head.length - PgmHeader.LENGTH) / Integer.BYTES;
        return words <= 0 ? -1 : PgmHeader.LENGTH + gen.below(words) * Integer.BYTES;
    }

    private void header(byte[] head) {
        if (head.length < PgmHeader.LENGTH) {
            return;
        }
        switch (gen.below(4)) {
            case 0 -> head[PgmHeader.FLAGS_OFFSET] ^= (byte) (1 << gen.below(Byte.SIZE));
            case 1 -> head[PgmHeader.TYPE_OFFSET] ^= (byte) (1 << gen.below(Byte.SIZE));
            case 2 -> head[gen.below(Integer.BYTES)] = (byte) pick(BYTES);
            default -> head[PgmHeader.GSI_OFFSET + gen.below(PgmHeader.GSI_LENGTH)] = (byte) pick(BYTES);
        }
    }

    /** Another type for the same body, or another body for the same options. */
    private void type(PacketParts parts, PacketParts other) {
        if (parts.head.length < PgmHeader.LENGTH) {
            return;
        }
        if (gen.oneIn(2)) {
            parts.head[PgmHeader.TYPE_OFFSET] = (byte) gen.type().code();
        } else {
            byte[] body = gen.oneIn(2) ? gen.packet() : other.joined();
            parts.head = PacketParts.of(body).head;
        }
    }

    /** Another address family, with room for it or without. */
    private void family(PacketParts parts) {
        byte[] head = parts.head;
        int at = bodyNumber(head);
        if (at < 0) {
            return;
        }
        boolean isIpv4 = head[at] == 0 && head[at + 1] == Afi.IPV4;
        head[at] = (byte) (gen.oneIn(FEW) ? pick(BYTES) : 0);
        head[at + 1] = (byte) (gen.oneIn(3) ? pick(BYTES) : isIpv4 ? Afi.IPV6 : Afi.IPV4);
        if (gen.oneIn(2)) {
            int end = Math.min(head.length, at + 2 * Integer.BYTES);
            byte[] resized = Arrays.copyOf(head, head.length + FEW);
            System.arraycopy(gen.bytes(FEW), 0, resized, end, FEW);
            System.arraycopy(head, end, resized, end + FEW, head.length - end);
            parts.head = resized;
        }
    }

    private void payload(PacketParts parts) {
        int length = switch (gen.below(4)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> Math.max(0, parts.payload.length + gen.below(2 * FEW) - FEW);
            default -> gen.below(64);
        };
        parts.payload = Arrays.copyOf(parts.payload, length);
    }

    // ---- options

    private byte[] option(PacketParts parts) {
        int type = gen.oneIn(6) ? gen.below(OptionType.INVALID + 1) : gen.below(OptionType.PGMCC_FEEDBACK + 1);
        if (gen.oneIn(10)) {
            type = gen.oneIn(2) ? OptionType.SESSION : OptionType.STATUS;
        }
        int length = OptionType.length(type);
        if (length == 0 || gen.oneIn(6)) {
            length = OptionType.HEADER_LENGTH + Integer.BYTES * gen.below(gen.oneIn(4) ? 63 : 4);
        }
        byte[] option = new byte[length];
        option[0] = (byte) type;
        option[1] = (byte) length;
        option[3] = (byte) (gen.oneIn(2) ? 1 : pick(BYTES));
        for (int at = OptionType.HEADER_LENGTH; at < length; at += Integer.BYTES) {
            setNumber(option, at, Integer.BYTES, parts);
        }
        if (gen.oneIn(2) && length > OptionType.HEADER_LENGTH) {
            int at = OptionType.HEADER_LENGTH + Integer.BYTES * gen.below((length - 4) / Integer.BYTES);
            ByteBuffer.wrap(option).putInt(at, Afi.IPV4 << Short.SIZE);
        }
        return option;
    }

    private void changeOption(PacketParts parts) {
        int count = parts.options.size();
        if (count == 0) {
            parts.options.add(option(parts));
            return;
        }
        int index = gen.below(count);
        byte[] option = parts.options.get(index);
        switch (gen.below(9)) {
            case 0 -> parts.options.remove(index);
            case 1 -> parts.options.add(gen.below(count + 1), option.clone());
            case 2 -> parts.options.set(index, parts.options.set(gen.below(count), option));
            case 3 -> option[0] = (byte) gen.below(OptionType.PGMCC_FEEDBACK + 1);
            case 4 -> parts.options.set(index, resized(option));
            case 5 -> option[2 + gen.below(2)] = (byte) pick(BYTES);
            case 6 -> fill(parts, option);
            default -> {
                int words = (option.length - OptionType.HEADER_LENGTH) / Integer.BYTES;
                int at = words <= 0 ? -1 : OptionType.HEADER_LENGTH + Integer.BYTES * gen.below(words);
                setNumber(option, at, gen.oneIn(4) ? Short.BYTES : Integer.BYTES, parts);
            }
        }
    }

    /** Longer or shorter, with the length byte that is right for it. */
    private byte[] resized(byte[] option) {
        int length = switch (gen.below(4)) {
            case 0 -> option.length + 4;
            case 1 -> option.length - 4;
            case 2 -> option.length + 12;
            default -> pick(BYTES);
        };
        byte[] resized = Arrays.copyOf(option, Math.max(4, Math.min(length, LONGEST_OPTION)));
        resized[1] = (byte) resized.length;
        return resized;
    }

    /** Up to the number of options that is just allowed, and beyond. */
    private void fill(PacketParts parts, byte[] option) {
        byte[] small = Arrays.copyOf(option, 4);
        small[1] = 4;
        small[0] = gen.oneIn(2) ? 0x30 : option[0];
        for (int i = OptionType.MAX_OPTIONS - 2 + gen.below(3); parts.options.size() < i; ) {
            parts.options.add(small.clone());
        }
    }

    private void exchange(PacketParts parts, PacketParts other) {
        if (gen.oneIn(2)) {
            parts.payload = other.payload;
        } else if (parts.options.size() + other.options.size() < MOST_OPTIONS) {
            parts.options.addAll(other.options);
        }
    }

    // ---- bytes

    /** After everything was put right: one length, mark or byte is not. */
    private byte[] raw(byte[] packet) {
        if (packet.length == 0) {
            return packet;
        }
        int area = packet.length < PgmHeader.LENGTH ? packet.length : PacketParts.of(packet).head.length;
        switch (gen.below(7)) {
            case 0 -> setHalf(packet, PgmHeader.TSDU_LENGTH_OFFSET);
            case 1 -> setHalf(packet, area + 2);
            case 2 -> set(packet, area + gen.below(2), pick(BYTES));
            case 3 -> optionHeader(packet, area);
            case 4 -> {
                return Arrays.copyOf(packet, gen.below(packet.length));
            }
            case 5 -> {
                return Arrays.copyOf(packet, packet.length + 1 + gen.below(FEW));
            }
            default -> {
                int at = gen.below(packet.length);
                set(packet, at, gen.oneIn(2) ? pick(BYTES) : packet[at] ^ 1 << gen.below(Byte.SIZE));
            }
        }
        return packet;
    }

    /** The end mark or the length of some option. */
    private void optionHeader(byte[] packet, int area) {
        int at = area + OptionType.HEADER_LENGTH;
        for (int skip = gen.below(4); skip > 0 && at + 1 < packet.length && packet[at + 1] != 0; skip--) {
            at += packet[at + 1] & 0xFF;
        }
        if (at + 1 < packet.length) {
            if (gen.oneIn(2)) {
                packet[at] = (byte) (packet[at] ^ OptionType.END);
            } else {
                packet[at + 1] = (byte) (gen.oneIn(2) ? pick(BYTES) : packet[at + 1] + pick(new int[] {-4, -1, 1, 4}));
            }
        }
    }

    private static void set(byte[] packet, int at, int value) {
        if (at < packet.length) {
            packet[at] = (byte) value;
        }
    }

    private void setHalf(byte[] packet, int at) {
        if (at + Short.BYTES <= packet.length) {
            ByteBuffer bytes = ByteBuffer.wrap(packet);
            int value = gen.oneIn(2) ? pick(HALVES) : bytes.getShort(at) + pick(new int[] {-4, -1, 1, 4});
            bytes.putShort(at, (short) value);
        }
    }

    // ---- numbers

    /** Writes a number that is at an edge, or beside one that the packet has already. */
    private void setNumber(byte[] bytes, int at, int width, PacketParts parts) {
        if (at < 0 || at + width > bytes.length) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (width == Short.BYTES) {
            buffer.putShort(at, (short) pick(HALVES));
            return;
        }
        int value = switch (gen.below(8)) {
            case 0 -> pick(WORDS);
            case 1 -> buffer.getInt(at) + gen.below(5) - 2;
            case 2 -> buffer.getInt(at) ^ 1 << gen.below(Integer.SIZE);
            case 3 -> gen.sqn();
            case 4 -> parts.payload.length + gen.below(3) - 1;
            case 5 -> pick(ADDRESSES);
            default -> known(parts) + gen.below(5) - 2;
        };
        buffer.putInt(at, value);
    }

    /** Some number of the packet. */
    private int known(PacketParts parts) {
        byte[] from = parts.options.isEmpty() || gen.oneIn(2)
                ? parts.head
                : parts.options.get(gen.below(parts.options.size()));
        int first = from == parts.head ? PgmHeader.LENGTH : OptionType.HEADER_LENGTH;
        int words = (from.length - first) / Integer.BYTES;
        return words <= 0 ? 0 : ByteBuffer.wrap(from).getInt(first + Integer.BYTES * gen.below(words));
    }

    private int pick(int[] from) {
        return from[gen.below(from.length)];
    }
}
