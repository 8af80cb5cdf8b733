package org.pgmjms.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;

/** Every byte of a packet is accounted for, whatever its length fields say. */
class LengthTest {
    private static final int LENGTHS = 1 << 16;
    private static final int TRAILING = 10;
    private static final int UNKNOWN = 0x30;
    private static final int[] EDGES = {0, 1, 0x7FFF, 0x8000, 0xFFF0, 0xFFFC, 0xFFFF};

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

    @Seeds(fresh = 2000)
    void agreesWithUnboundedArithmetic(long seed) {
        Gen gen = new Gen(seed);
        PacketType type = gen.type();
        byte[] body = Raw.packet(type, gen.afi());
        int area = gen.oneIn(3) ? 0 : 4 + 4 * (1 + gen.below(3)) + 4;
        byte[] packet = area == 0 ? body : Raw.with(body, Raw.option(UNKNOWN, area - 8), Raw.option(UNKNOWN, 4));
        int trailing = gen.below(TRAILING);
        packet = Raw.append(packet, new byte[trailing]);
        int total = area > 0 && gen.oneIn(3) ? length(gen, area) : area;
        int tsdu = length(gen, trailing);
        if (area > 0) {
            Raw.setShort(packet, body.length + 2, total);
        }
        Raw.setShort(packet, PgmHeader.TSDU_LENGTH_OFFSET, tsdu);

        BigInteger end =
                BigInteger.valueOf(body.length).add(BigInteger.valueOf(total)).add(BigInteger.valueOf(tsdu));
        int left = BigInteger.valueOf(packet.length).compareTo(end);
        boolean fits = type.isData() ? left == 0 : left >= 0;
        DecodeResult good = fits ? DecodeResult.OK : DecodeResult.BAD_LENGTH;
        assertEquals(
                total == area ? good : DecodeResult.BAD_OPTIONS,
                Raw.verdict(view, packet),
                type + ", options of " + total + ", TSDU of " + tsdu);
    }

    /** The right one, one beside it, one at an edge, or any. */
    private static int length(Gen gen, int right) {
        return switch (gen.below(4)) {
            case 0 -> right;
            case 1 -> right + gen.below(9) - 4 & LENGTHS - 1;
            case 2 -> EDGES[gen.below(EDGES.length)];
            default -> gen.below(LENGTHS);
        };
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
