package org.pgmjms.engine.wire;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.pgmjms.engine.testing.Gen;

/** Packets put together byte by byte, right or wrong, without the encoders. */
final class Raw {
    static final int IPV4 = 1;
    static final int IPV6 = 2;
    static final int PRESENT = 1;

    private Raw() {}

    /** Header and body of a type, with sound values, and no payload. */
    static byte[] packet(PacketType type, int afi) {
        ByteBuffer bytes = ByteBuffer.allocate(100);
        bytes.putShort((short) 7500)
                .putShort((short) 20001)
                .put((byte) type.code())
                .put((byte) 0);
        bytes.putShort((short) 0).putInt(0x0A0B0C0D).putShort((short) 0x0E0F).putShort((short) 0);
        switch (type) {
            case SPM -> bytes.putInt(5).putInt(0).putInt(9).put(unicast(afi));
            case ODATA, RDATA -> bytes.putInt(4).putInt(0);
            case NAK, NNAK, NCF -> bytes.putInt(4).put(unicast(afi)).put(group(afi));
            case POLL ->
                bytes.putInt(1).putInt(2).put(unicast(afi)).putInt(3).putInt(4).putInt(5);
            case POLR, ACK -> bytes.putInt(1).putInt(0);
            case SPMR -> {
                // a header is all there is
            }
        }
        byte[] packet = new byte[bytes.position()];
        bytes.flip().get(packet);
        Gen.setChecksum(packet);
        return packet;
    }

    static byte[] unicast(int afi) {
        return block(afi, 10, 0x0A4D0001);
    }

    static byte[] group(int afi) {
        return block(afi, 0xFF, 0xEFC00001);
    }

    private static byte[] block(int afi, int first, int ipv4) {
        ByteBuffer block = ByteBuffer.allocate(afi == IPV4 ? 8 : 20);
        block.putShort((short) afi).putShort((short) 0);
        return afi == IPV4
                ? block.putInt(ipv4).array()
                : block.put((byte) first).put(19, (byte) 1).array();
    }

    /** An option of this type and length byte, its value filled up with zeros to that length or at least to 4. */
    static byte[] option(int type, int length) {
        byte[] option = new byte[Math.max(length, 4)];
        option[0] = (byte) type;
        option[1] = (byte) length;
        return option;
    }

    /** A packet with options behind it; sets the flag, the total, END on the last one, and the checksum. */
    static byte[] with(byte[] packet, byte[]... options) {
        ByteArrayOutputStream area = new ByteArrayOutputStream();
        int total = 4;
        for (byte[] option : options) {
            total += option.length;
        }
        area.writeBytes(new byte[] {0, 4, (byte) (total >> 8), (byte) total});
        for (int i = 0; i < options.length; i++) {
            byte[] option = options[i].clone();
            if (i == options.length - 1) {
                option[0] |= (byte) 0x80;
            }
            area.writeBytes(option);
        }
        byte[] result = append(packet, area.toByteArray());
        result[5] |= PRESENT;
        Gen.setChecksum(result);
        return result;
    }

    /** A packet with a payload behind it; sets the TSDU length and the checksum. */
    static byte[] payload(byte[] packet, int length) {
        byte[] result = append(packet, new byte[length]);
        setShort(result, 14, length);
        return result;
    }

    static byte[] append(byte[] packet, byte... more) {
        byte[] result = new byte[packet.length + more.length];
        System.arraycopy(packet, 0, result, 0, packet.length);
        System.arraycopy(more, 0, result, packet.length, more.length);
        Gen.setChecksum(result);
        return result;
    }

    /** The first bytes of a packet, with a checksum that is right for them. */
    static byte[] cut(byte[] packet, int length) {
        byte[] result = new byte[length];
        System.arraycopy(packet, 0, result, 0, length);
        Gen.setChecksum(result);
        return result;
    }

    /** Changes a 16-bit field and corrects the checksum. */
    static void setShort(byte[] packet, int at, int value) {
        ByteBuffer.wrap(packet).putShort(at, (short) value);
        Gen.setChecksum(packet);
    }

    /** Changes a 32-bit field and corrects the checksum. */
    static void setInt(byte[] packet, int at, int value) {
        ByteBuffer.wrap(packet).putInt(at, value);
        Gen.setChecksum(packet);
    }

    static DecodeResult verdict(PacketView view, byte[] packet) {
        return view.wrap(Unpooled.wrappedBuffer(packet), 0, packet.length);
    }
}
