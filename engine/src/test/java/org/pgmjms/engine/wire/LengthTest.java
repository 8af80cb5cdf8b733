package org.pgmjms.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;

/** Every byte of a packet is accounted for, whatever its length fields say. */
class LengthTest {
    private static final int LENGTHS = 1 << 16;
    private static final int TRAILING = 10;

    private final PacketView view = new PacketView();

    @Seeds(fresh = 100)
    void refusesEveryPrefixOfAPacket(long seed) {
        Gen gen = new Gen(seed);
        for (PacketType type : PacketType.values()) {
            byte[] packet = gen.packet(type);
            assertEquals(DecodeResult.OK, Raw.verdict(view, packet));
            for (int length = 0; length < packet.length; length++) {
                assertNotEquals(DecodeResult.OK, Raw.verdict(view, Raw.cut(packet, length)), type + " of " + length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PacketType.class)
    void callsEveryPrefixOfHeaderAndBodyTruncated(PacketType type) {
        for (int afi : new int[] {Raw.IPV4, Raw.IPV6}) {
            byte[] packet = Raw.packet(type, afi);
            for (int length = 0; length < packet.length; length++) {
                assertEquals(DecodeResult.TRUNCATED, Raw.verdict(view, Raw.cut(packet, length)), "length " + length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PacketType.class)
    void acceptsOnlyTheTsduLengthThatFits(PacketType type) {
        byte[] packet = Raw.append(Raw.packet(type, Raw.IPV4), new byte[TRAILING]);
        for (int tsdu = 0; tsdu < LENGTHS; tsdu++) {
            Raw.setShort(packet, PgmHeader.TSDU_LENGTH_OFFSET, tsdu);
            boolean fits = type.isData() ? tsdu == TRAILING : tsdu <= TRAILING;
            assertEquals(
                    fits ? DecodeResult.OK : DecodeResult.BAD_LENGTH,
                    Raw.verdict(view, packet),
                    () -> type + " with another TSDU length");
        }
    }

    @Test
    void acceptsDataWithoutPayload() {
        assertEquals(DecodeResult.OK, Raw.verdict(view, Raw.packet(PacketType.ODATA, Raw.IPV4)));
        assertEquals(0, view.payloadLength());
    }

    @Test
    void refusesTypesAndVersionsThatDoNotExist() {
        for (int typeByte = 0; typeByte < 256; typeByte++) {
            byte[] packet = Raw.packet(PacketType.SPMR, Raw.IPV4);
            packet[PgmHeader.TYPE_OFFSET] = (byte) typeByte;
            Gen.setChecksum(packet);
            boolean exists = typeByte == 0x0C || PacketType.of(typeByte) != null;
            assertEquals(exists, Raw.verdict(view, packet) != DecodeResult.UNKNOWN_TYPE, "type byte " + typeByte);
        }
    }

    @Test
    void refusesATrailFarFromItsData() {
        int[][] cases = {
            {0, 0, 1},
            {Integer.MAX_VALUE - 1, 0, 1},
            {Integer.MAX_VALUE, 0, 0},
            {Integer.MIN_VALUE, 0, 0},
            {0, 1, 0},
            {5, -5, 1},
            {Integer.MIN_VALUE + 5, Integer.MAX_VALUE, 1},
        };
        for (int[] each : cases) {
            byte[] packet = Raw.packet(PacketType.RDATA, Raw.IPV4);
            Raw.setInt(packet, DataDecoder.SQN_OFFSET, each[0]);
            Raw.setInt(packet, DataDecoder.TRAIL_OFFSET, each[1]);
            DecodeResult expected = each[2] == 1 ? DecodeResult.OK : DecodeResult.BAD_SEQUENCE;
            assertEquals(expected, Raw.verdict(view, packet), each[0] + " with trail " + each[1]);
        }
    }

    @Test
    void takesTheEdgesOfAnSpmOnlyWhereTheyCanBe() {
        int[][] cases = {
            {0, -1, 1},
            {0, 9, 1},
            {10, 8, 0},
            {0, Integer.MIN_VALUE, 0},
            {1, Integer.MIN_VALUE, 0},
            {1, Integer.MIN_VALUE - 1, 1},
            {Integer.MIN_VALUE, 4, 0},
            {Integer.MIN_VALUE, -3, 1},
        };
        for (int[] each : cases) {
            byte[] packet = Raw.packet(PacketType.SPM, Raw.IPV6);
            Raw.setInt(packet, SpmDecoder.TRAIL_OFFSET, each[0]);
            Raw.setInt(packet, SpmDecoder.LEAD_OFFSET, each[1]);
            assertEquals(DecodeResult.OK, Raw.verdict(view, packet));
            assertEquals(each[2] == 1, view.spm().hasWindow(), each[0] + " to " + each[1]);
        }
    }
}
