package org.pgmjms.tck.kit;

import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PGM packet as plain values: a second reader and writer, typed by hand from the tables of RFC 3208 and sharing no
 * class with the engine. Slow and simple. The body is kept as bytes; accessors read numbers out of it by offset from
 * the start of the packet.
 *
 * @param type the whole type byte
 * @param sourcePort as it stands in the packet
 * @param destinationPort as it stands in the packet
 * @param gsi in the lower 48 bits
 * @param flags the option flags, as they stand in the packet; {@link #encode} sets "present" by itself
 * @param body what stands between header and options
 * @param options without OPT_LENGTH
 * @param payload of data packets
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PgmBytes(
        int type,
        int sourcePort,
        int destinationPort,
        long gsi,
        int flags,
        byte[] body,
        List<PgmOption> options,
        byte[] payload) {

    /** Type bytes. */
    public static final int SPM = 0;

    /** Poll. */
    public static final int POLL = 1;

    /** Poll response. */
    public static final int POLR = 2;

    /** Original data. */
    public static final int ODATA = 4;

    /** Repair data. */
    public static final int RDATA = 5;

    /** Request for a repair. */
    public static final int NAK = 8;

    /** What a local repairer tells a source. */
    public static final int NNAK = 9;

    /** Confirmation of a request. */
    public static final int NCF = 10;

    /** Request for an SPM. */
    public static final int SPMR = 12;

    /** Acknowledgement of PGMCC. */
    public static final int ACK = 13;

    /** Option: a part of an APDU. */
    public static final int FRAGMENT = 1;

    /** Option: more requested numbers. */
    public static final int NAK_LIST = 2;

    /** Option: where a late joiner may start. */
    public static final int JOIN = 3;

    /** Option: end of the session. */
    public static final int FIN = 14;

    /** Option: abnormal end of the session. */
    public static final int RST = 15;

    private static final int HEADER = 16;
    private static final int PRESENT = 0x01;
    private static final int NETWORK = 0x02;
    private static final int VARIABLE = 0x40;
    private static final int PARITY = 0x80;
    private static final int END = 0x80;
    /** Options that network elements look at, by type. */
    private static final List<Integer> NETWORK_OPTIONS = List.of(2, 4, 5, 7, 8, 11, 12, 16, 17);

    /** Reads a packet, or says what is wrong with it. */
    public static PgmBytes parse(byte[] bytes) throws Malformed {
        PgmBytes packet = new PgmParser(bytes).packet();
        PgmRules.check(packet);
        return packet;
    }

    /** An SPM. */
    public static PgmBytes spm(PgmSession session, int sqn, int trail, int lead, InetAddress path) {
        return session.down(SPM, join(words(sqn, trail, lead), block(path)), new byte[0]);
    }

    /** Original data. */
    public static PgmBytes odata(PgmSession session, int sqn, int trail, byte[] payload) {
        return session.down(ODATA, words(sqn, trail), payload);
    }

    /** Repair data. */
    public static PgmBytes rdata(PgmSession session, int sqn, int trail, byte[] payload) {
        return session.down(RDATA, words(sqn, trail), payload);
    }

    /** A request for these numbers. */
    public static PgmBytes nak(PgmSession session, InetAddress source, InetAddress group, int... numbers) {
        byte[] body = join(words(numbers[0]), block(source), block(group));
        return listing(session.up(NAK, body), numbers);
    }

    /** A confirmation of these numbers. */
    public static PgmBytes ncf(PgmSession session, InetAddress source, InetAddress group, int... numbers) {
        byte[] body = join(words(numbers[0]), block(source), block(group));
        return listing(session.down(NCF, body, new byte[0]), numbers);
    }

    /** A request for an SPM. */
    public static PgmBytes spmr(PgmSession session) {
        return session.up(SPMR, new byte[0]);
    }

    private static PgmBytes listing(PgmBytes packet, int... numbers) {
        return numbers.length == 1
                ? packet
                : packet.with(PgmOption.words(NAK_LIST, Arrays.copyOfRange(numbers, 1, numbers.length)));
    }

    /** The same packet with one more option at the end. */
    public PgmBytes with(PgmOption option) {
        List<PgmOption> more = new ArrayList<>(options);
        more.add(option);
        int network = NETWORK_OPTIONS.contains(option.type()) ? NETWORK : 0;
        return new PgmBytes(
                type, sourcePort, destinationPort, gsi, flags | PRESENT | network, body, List.copyOf(more), payload);
    }

    /** The first option of a type, or null. */
    public @Nullable PgmOption option(int optionType) {
        return options.stream()
                .filter(option -> option.type() == optionType)
                .findFirst()
                .orElse(null);
    }

    /** The 32-bit number at this offset of the packet, within header and body. */
    public int word(int offset) {
        return ByteBuffer.wrap(body).getInt(offset - HEADER);
    }

    /** The 16-bit number at this offset of the packet, within header and body. */
    public int half(int offset) {
        return ByteBuffer.wrap(body).getShort(offset - HEADER) & 0xFFFF;
    }

    /** The first number of the body. */
    public int sqn() {
        return word(16);
    }

    /** The trail of data and SPMs. */
    public int trail() {
        return word(20);
    }

    /** The lead of an SPM. */
    public int lead() {
        return word(24);
    }

    /** The address block at this offset of the packet. */
    public InetAddress address(int offset) {
        int length = half(offset) == 1 ? 4 : 16;
        int from = offset - HEADER + 4;
        try {
            byte[] bytes = Arrays.copyOfRange(body, from, from + length);
            // The other way a mapped address of IPv4 would become one.
            return length == 4 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    /** Whether it is ODATA or RDATA. */
    public boolean isData() {
        return type == ODATA || type == RDATA;
    }

    /** Whether it travels towards the source. */
    public boolean isUpstream() {
        return type == POLR || type == NAK || type == NNAK || type == SPMR || type == ACK;
    }

    /** Whether it is about parity. */
    public boolean isParity() {
        return (flags & PARITY) != 0;
    }

    /** Whether its flags say that parity has varying lengths. */
    public boolean isVariable() {
        return (flags & VARIABLE) != 0;
    }

    /** The packet on the wire, with its checksum. */
    public byte[] encode() {
        byte[] area = options.isEmpty() ? new byte[0] : optionArea();
        ByteBuffer packet = ByteBuffer.allocate(HEADER + body.length + area.length + payload.length);
        packet.putShort((short) sourcePort).putShort((short) destinationPort);
        packet.put((byte) type).put((byte) flags).putShort((short) 0);
        packet.putShort((short) (gsi >> 32)).putInt((int) gsi).putShort((short) payload.length);
        packet.put(body).put(area).put(payload);
        packet.putShort(6, (short) checksum(packet.array()));
        return packet.array();
    }

    private byte[] optionArea() {
        ByteArrayOutputStream area = new ByteArrayOutputStream();
        int total = 4 + options.stream().mapToInt(PgmOption::length).sum();
        area.writeBytes(new byte[] {0, 4, (byte) (total >> 8), (byte) total});
        for (int i = 0; i < options.size(); i++) {
            PgmOption option = options.get(i);
            int end = i == options.size() - 1 ? END : 0;
            area.write(option.type() | end);
            area.write(option.length());
            area.write(option.second());
            area.write(option.third());
            area.writeBytes(option.value());
        }
        return area.toByteArray();
    }

    /** The checksum of a packet, its own field taken as zero. */
    public static int checksum(byte[] packet) {
        long sum = 0;
        for (int i = 0; i < packet.length; i += 2) {
            int high = packet[i] & 0xFF;
            int low = i + 1 < packet.length ? packet[i + 1] & 0xFF : 0;
            sum += i == 6 ? 0 : high * 256 + low;
        }
        while (sum > 0xFFFF) {
            sum = sum % 0x10000 + sum / 0x10000;
        }
        return sum == 0xFFFF ? 0xFFFF : 0xFFFF - (int) sum;
    }

    /** The block of an address: family, reserved, address. */
    public static byte[] block(InetAddress address) {
        byte[] bytes = address.getAddress();
        return join(new byte[] {0, (byte) (bytes.length == 4 ? 1 : 2), 0, 0}, bytes);
    }

    private static byte[] words(int... words) {
        return PgmOption.words(0, words).value();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
