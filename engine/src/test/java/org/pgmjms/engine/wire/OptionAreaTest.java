package org.pgmjms.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Gen;

/** The area of the options: its total, its steps and its end. RFC 3208, section 9.1. */
class OptionAreaTest {
    private static final int UNKNOWN = 0x30;
    private static final int BODY = 16;
    private static final int FIRST_OPTION = BODY + 4;

    private final PacketView view = new PacketView();

    @Test
    void acceptsOnlyTheTotalThatEndsWithTheLastOption() {
        byte[] packet = Raw.append(packet(8, 12, 4), new byte[40]);
        for (int total = 0; total < 1 << 16; total++) {
            Raw.setShort(packet, BODY + 2, total);
            assertVerdict(total == 4 + 8 + 12 + 4, packet, "total " + total);
        }
    }

    @Test
    void acceptsOnlyLengthsThatLeadToTheEnd() {
        int[] lengths = {8, 12, 4};
        int[] starts = {FIRST_OPTION, FIRST_OPTION + 8, FIRST_OPTION + 20};
        int end = FIRST_OPTION + 24;
        for (int position = 0; position < lengths.length; position++) {
            for (int length = 0; length < 256; length++) {
                byte[] packet = packet(lengths);
                packet[starts[position] + 1] = (byte) length;
                Gen.setChecksum(packet);
                boolean last = position == starts.length - 1;
                int next = starts[position] + length;
                boolean good = last ? next == end : length > 0 && Arrays.binarySearch(starts, next) >= 0;
                assertVerdict(good, packet, "length " + length + " at " + position);
            }
        }
    }

    @Test
    void startsWithTheTotal() {
        for (int first = 1; first < 256; first++) {
            byte[] packet = packet(8);
            packet[BODY] = (byte) first;
            Gen.setChecksum(packet);
            assertVerdict(false, packet, "first type " + first);
        }
        for (int length = 0; length < 256; length++) {
            byte[] packet = packet(8);
            packet[BODY + 1] = (byte) length;
            Gen.setChecksum(packet);
            assertVerdict(length == 4, packet, "first length " + length);
        }
    }

    @Test
    void holdsSixteenOptionsAndNoMore() {
        int[] fifteen = new int[15];
        Arrays.fill(fifteen, 4);
        int[] sixteen = new int[16];
        Arrays.fill(sixteen, 4);

        assertVerdict(true, packet(fifteen), "16 with the first");
        assertVerdict(false, packet(sixteen), "17 with the first");
    }

    @Test
    void hasItsEndMarkOnTheLastOptionOnly() {
        byte[] none = packet(8, 8);
        none[FIRST_OPTION + 8] = UNKNOWN;
        Gen.setChecksum(none);
        byte[] early = packet(8, 8);
        early[FIRST_OPTION] = (byte) (UNKNOWN | 0x80);
        Gen.setChecksum(early);

        assertVerdict(false, none, "no end mark");
        assertVerdict(false, early, "early end mark");
    }

    @Test
    void isNotOneByteShortOrLong() {
        byte[] data = Raw.with(Raw.packet(PacketType.ODATA, Raw.IPV4), Raw.option(UNKNOWN, 8));
        byte[] shorter = Raw.cut(data, data.length - 1);

        assertEquals(DecodeResult.OK, Raw.verdict(view, data));
        assertEquals(DecodeResult.BAD_OPTIONS, Raw.verdict(view, shorter));
        assertEquals(DecodeResult.BAD_LENGTH, Raw.verdict(view, Raw.append(data, (byte) 0)));
    }

    @Test
    void needsItsFlag() {
        byte[] data = Raw.with(Raw.packet(PacketType.ODATA, Raw.IPV4), Raw.option(UNKNOWN, 8));
        data[PgmHeader.FLAGS_OFFSET] = 0;
        Gen.setChecksum(data);
        byte[] promised = Raw.packet(PacketType.SPM, Raw.IPV4);
        promised[PgmHeader.FLAGS_OFFSET] = PgmHeader.OPTIONS_PRESENT;
        Gen.setChecksum(promised);

        assertEquals(DecodeResult.BAD_LENGTH, Raw.verdict(view, data));
        assertEquals(DecodeResult.BAD_OPTIONS, Raw.verdict(view, promised));
    }

    @Test
    void isMoreThanItsTotal() {
        byte[] packet = Raw.packet(PacketType.SPMR, Raw.IPV4);
        byte[] alone = Raw.append(packet, (byte) 0, (byte) 4, (byte) 0, (byte) 4);
        alone[PgmHeader.FLAGS_OFFSET] = PgmHeader.OPTIONS_PRESENT;
        Gen.setChecksum(alone);

        assertVerdict(false, alone, "OPT_LENGTH alone");
    }

    @Test
    void keepsTheFirstOfTwo() {
        byte[] first = Raw.option(OptionType.JOIN, 8);
        first[7] = 1;
        byte[] second = Raw.option(OptionType.JOIN, 8);
        second[7] = 2;

        assertEquals(DecodeResult.OK, Raw.verdict(view, Raw.with(Raw.packet(PacketType.SPM, Raw.IPV4), first, second)));

        assertEquals(1, view.options().joinSqn());
        assertEquals(1, view.options().ignored());
    }

    @Test
    void forgetsTheOptionsOfThePacketBefore() {
        byte[] fin = Raw.with(Raw.packet(PacketType.SPM, Raw.IPV4), Raw.option(OptionType.FIN, 4));
        assertEquals(DecodeResult.OK, Raw.verdict(view, fin));
        assertTrue(view.options().has(OptionType.FIN));

        assertEquals(DecodeResult.OK, Raw.verdict(view, Raw.packet(PacketType.SPM, Raw.IPV4)));

        assertFalse(view.options().has(OptionType.FIN));
        assertEquals(-1, view.options().at(OptionType.FIN));
        assertEquals(0, view.options().length());
    }

    private void assertVerdict(boolean good, byte[] packet, String what) {
        assertEquals(good ? DecodeResult.OK : DecodeResult.BAD_OPTIONS, Raw.verdict(view, packet), what);
    }

    private static byte[] packet(int... lengths) {
        byte[][] options = Stream.of(Arrays.stream(lengths).boxed().toArray(Integer[]::new))
                .map(length -> Raw.option(UNKNOWN, length))
                .toArray(byte[][]::new);
        return Raw.with(Raw.packet(PacketType.SPMR, Raw.IPV4), options);
    }
}
