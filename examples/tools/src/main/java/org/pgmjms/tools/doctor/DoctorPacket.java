package org.pgmjms.tools.doctor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.wire.DataEncoder;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;

/**
 * What two doctors tell each other: PGM data packets with a data-destination port of their own, so that firewalls treat
 * them as they treat PGM and no receiver takes them for messages.
 *
 * <pre>
 *   0  magic      8 bytes
 *   8  kind       uint8
 *   9  large      uint8    1 when the probe is as long as a packet may be
 *  10  host       uint16   length of the name behind
 *  12  probe      uint64   which run of the prober
 *  20  index      uint32   of the probe
 *  24  received   uint32   of an answer: probes of this kind that arrived so far
 *  28  name of the host, then padding
 * </pre>
 *
 * @param kind what it is
 * @param large whether the probe is as long as a packet may be
 * @param probe which run of the prober
 * @param index of the probe
 * @param received of an answer: how many probes of this length have arrived
 * @param host the sender's name
 */
record DoctorPacket(Kind kind, boolean large, long probe, int index, int received, String host) {
    static final int OVERHEAD = DataEncoder.headerLength(false);

    private static final byte[] MAGIC = "PGMDOCT1".getBytes(StandardCharsets.US_ASCII);
    private static final int FIXED = MAGIC.length + 20;
    private static final int MAX_HOST = 64;
    private static final int PORT = 65_432;

    /** What a packet is. */
    enum Kind {
        /** Asks everybody. */
        PROBE,
        /** Says that a probe has arrived. */
        ANSWER
    }

    /** The data-destination port, which is never that of the channel. */
    static int port(ChannelConfig channel) {
        return channel.destinationPort() == PORT ? PORT + 1 : PORT;
    }

    /** The bytes of a PGM packet, at least as many as asked for. */
    byte[] encode(int destinationPort, int leastBytes) {
        byte[] name = host.getBytes(StandardCharsets.UTF_8);
        int nameLength = Math.min(name.length, MAX_HOST);
        int length = Math.max(FIXED + nameLength, leastBytes - OVERHEAD);
        ByteBuffer payload = ByteBuffer.allocate(length);
        payload.put(MAGIC)
                .put((byte) kind.ordinal())
                .put((byte) (large ? 1 : 0))
                .putShort((short) nameLength);
        payload.putLong(probe).putInt(index).putInt(received).put(name, 0, nameLength);
        ByteBuf packet = Unpooled.buffer(OVERHEAD + length);
        DataEncoder data = new DataEncoder()
                .wrap(packet, 0)
                .type(PacketType.ODATA)
                .session(probe << Short.SIZE | 1, destinationPort)
                .sqn(index)
                .trail(index);
        packet.setBytes(data.payloadAt(), payload.array());
        byte[] bytes = new byte[data.finish(length)];
        packet.getBytes(0, bytes);
        return bytes;
    }

    /** The message in a PGM packet to this port, if there is one. */
    static Optional<DoctorPacket> decode(byte[] bytes, int destinationPort) {
        PacketView view = new PacketView();
        boolean isOurs = view.wrap(Unpooled.wrappedBuffer(bytes), 0, bytes.length) == DecodeResult.OK
                && view.type() == PacketType.ODATA
                && view.dataDestinationPort() == destinationPort
                && view.payloadLength() >= FIXED;
        return isOurs
                ? decode(ByteBuffer.wrap(bytes, view.payloadOffset(), view.payloadLength())
                        .slice())
                : Optional.empty();
    }

    private static Optional<DoctorPacket> decode(ByteBuffer payload) {
        byte[] magic = new byte[MAGIC.length];
        payload.get(magic);
        int kind = payload.get();
        boolean isLarge = payload.get() != 0;
        int nameLength = payload.getShort();
        long probe = payload.getLong();
        int index = payload.getInt();
        int received = payload.getInt();
        boolean isGood = Arrays.equals(magic, MAGIC)
                && kind >= 0
                && kind < Kind.values().length
                && nameLength >= 0
                && nameLength <= Math.min(MAX_HOST, payload.remaining());
        if (!isGood) {
            return Optional.empty();
        }
        byte[] name = new byte[nameLength];
        payload.get(name);
        String host = new String(name, StandardCharsets.UTF_8).replaceAll("[^\\w.-]", "?");
        return Optional.of(new DoctorPacket(Kind.values()[kind], isLarge, probe, index, received, host));
    }
}
