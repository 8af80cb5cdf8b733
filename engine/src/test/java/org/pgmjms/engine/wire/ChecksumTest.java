package org.pgmjms.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;

/** The sum that keeps damaged packets out. */
class ChecksumTest {
    private final PacketView view = new PacketView();

    @Seeds
    void noticesEverySingleWrongBit(long seed) {
        Gen gen = new Gen(seed);
        byte[] packet;
        do {
            packet = gen.packet();
        } while (Integer.bitCount(field(packet)) == 1);

        for (int bit = 0; bit < packet.length * Byte.SIZE; bit++) {
            byte[] damaged = packet.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertNotEquals(DecodeResult.OK, Raw.verdict(view, damaged), "bit " + bit);
        }
    }

    @Seeds(fresh = 500)
    void addsUpLikeTheDefinition(long seed) {
        Gen gen = new Gen(seed);
        byte[] packet = gen.bytes(16 + gen.below(100));
        ByteBuf buffer = Unpooled.buffer(200);
        int at = gen.below(9);
        buffer.setBytes(at, packet);

        int checksum = Checksum.checksum(buffer, at, packet.length);

        Gen.setChecksum(packet);
        assertEquals(field(packet), checksum);
        buffer.setShort(at + PgmHeader.CHECKSUM_OFFSET, checksum);
        assertTrue(Checksum.verify(buffer, at, packet.length));
        assertEquals(checksum, Checksum.checksum(buffer, at, packet.length));
    }

    @Seeds(fresh = 500)
    void isTheSumOfTheWordsWhateverTheLengthThePlaceAndTheBuffer(long seed) {
        Gen gen = new Gen(seed);
        byte[] bytes = gen.oneIn(3) ? ones(gen.below(9000)) : gen.bytes(gen.below(9000));
        int at = gen.below(17);
        int expected = naiveSum(bytes);

        for (ByteBuf buffer : buffersOf(bytes, at)) {
            int indexes = buffer.readerIndex() + 31 * buffer.writerIndex();
            assertEquals(expected, Checksum.ofSum(Checksum.sum(buffer, at, bytes.length)), buffer::toString);
            assertEquals(indexes, buffer.readerIndex() + 31 * buffer.writerIndex());
            buffer.release();
        }
    }

    private static byte[] ones(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xFF);
        return bytes;
    }

    /** By the definition: 16 bits at a time, each carry added at once. */
    private static int naiveSum(byte[] bytes) {
        int sum = 0;
        for (int i = 0; i < bytes.length; i += 2) {
            sum += (bytes[i] & 0xFF) << 8 | (i + 1 < bytes.length ? bytes[i + 1] & 0xFF : 0);
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return sum == 0xFFFF ? 0xFFFF : ~sum & 0xFFFF;
    }

    private static List<ByteBuf> buffersOf(byte[] bytes, int at) {
        ByteBuf direct = Unpooled.directBuffer(at + bytes.length + 8);
        ByteBuf heap = Unpooled.buffer(at + bytes.length + 8);
        ByteBuf whole = Unpooled.directBuffer(at + bytes.length + 13).writeZero(5);
        for (ByteBuf buffer : List.of(direct, heap, whole)) {
            buffer.writeZero(at).writeBytes(bytes);
        }
        int cut = at + bytes.length / 3;
        ByteBuf parts = Unpooled.wrappedBuffer(direct.copy(0, cut), direct.copy(cut, at + bytes.length - cut));
        return List.of(
                direct,
                heap,
                whole.slice(5, at + bytes.length),
                parts,
                direct.copy().asReadOnly());
    }

    @Seeds(fresh = 500)
    void sumsOfPartsAreTheSumOfTheWhole(long seed) {
        Gen gen = new Gen(seed);
        byte[] bytes = gen.bytes(gen.below(1000));
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
        int cut = 2 * gen.below(bytes.length / 2 + 1);

        long parts = Checksum.sum(buffer, 0, cut) + Checksum.sum(buffer, cut, bytes.length - cut);

        assertEquals(Checksum.ofSum(Checksum.sum(buffer, 0, bytes.length)), Checksum.ofSum(parts));
    }

    @Seeds(fresh = 500)
    void staysRightWhenAPacketLeavesAgain(long seed) {
        Gen gen = new Gen(seed);
        byte[] packet = gen.packet(PacketType.ODATA);
        ByteBuf buffer = Unpooled.wrappedBuffer(packet);

        for (int times = 0; times < 20; times++) {
            PacketType type = gen.oneIn(2) ? PacketType.ODATA : PacketType.RDATA;
            int trail = gen.sqn();
            DataEncoder.rewrite(buffer, 0, type, trail);

            assertEquals(type.code(), packet[PgmHeader.TYPE_OFFSET]);
            assertEquals(trail, buffer.getInt(DataDecoder.TRAIL_OFFSET));
            assertEquals(Checksum.checksum(buffer, 0, packet.length), field(packet));
        }
    }

    @Seeds(fresh = 500)
    void staysRightWhenOneWordChanges(long seed) {
        Gen gen = new Gen(seed);
        byte[] packet = gen.packet();
        ByteBuf buffer = Unpooled.wrappedBuffer(packet);
        int before = buffer.getUnsignedShort(0);
        int after = gen.port();

        buffer.setShort(0, after);

        assertEquals(
                Checksum.checksum(buffer, 0, packet.length),
                Checksum.update(buffer.getUnsignedShort(PgmHeader.CHECKSUM_OFFSET), before, after));
    }

    @Test
    void neverSendsZero() {
        ByteBuf zeros = Unpooled.buffer(64);
        assertEquals(0xFFFF, Checksum.ofSum(0xFFFF));
        assertEquals(0xFFFF, Checksum.ofSum(0));
        assertEquals(0xFFFF, Checksum.checksum(zeros, 0, 64));
        for (int trail = 0; trail < 1 << 17; trail++) {
            DataEncoder.rewrite(zeros, 0, PacketType.ODATA, trail);
            assertNotEquals(0, zeros.getUnsignedShort(PgmHeader.CHECKSUM_OFFSET));
        }
    }

    @ParameterizedTest
    @EnumSource(PacketType.class)
    void mustBeThereOnData(PacketType type) {
        byte[] packet = Raw.packet(type, Raw.IPV4);
        packet[PgmHeader.CHECKSUM_OFFSET] = 0;
        packet[PgmHeader.CHECKSUM_OFFSET + 1] = 0;

        assertEquals(type.isData() ? DecodeResult.BAD_CHECKSUM : DecodeResult.OK, Raw.verdict(view, packet));
    }

    @ParameterizedTest
    @EnumSource(PacketType.class)
    void oneFieldOfAllIsRight(PacketType type) {
        byte[] packet = Raw.packet(type, Raw.IPV4);
        int right = field(packet);
        for (int field = 0; field < 1 << Short.SIZE; field++) {
            boolean isAccepted = field == right || field == 0 && !type.isData();
            assertEquals(isAccepted, verdictOf(packet, field) == DecodeResult.OK, "field " + field);
        }
    }

    /** Where the sum is zero, which would say that there is none. */
    @Test
    void isAllOnesInsteadOfZero() {
        byte[] packet = Raw.payload(Raw.packet(PacketType.ODATA, Raw.IPV4), Short.BYTES);
        Raw.setShort(packet, packet.length - Short.BYTES, field(packet));

        assertEquals(0xFFFF, field(packet));
        assertEquals(DecodeResult.OK, Raw.verdict(view, packet));
        assertEquals(DecodeResult.BAD_CHECKSUM, verdictOf(packet, 0));
        assertEquals(DecodeResult.BAD_CHECKSUM, verdictOf(packet, 1));
    }

    private DecodeResult verdictOf(byte[] packet, int field) {
        packet[PgmHeader.CHECKSUM_OFFSET] = (byte) (field >> Byte.SIZE);
        packet[PgmHeader.CHECKSUM_OFFSET + 1] = (byte) field;
        return Raw.verdict(view, packet);
    }

    private static int field(byte[] packet) {
        return Unpooled.wrappedBuffer(packet).getUnsignedShort(PgmHeader.CHECKSUM_OFFSET);
    }
}
