package org.pgmjms.tck.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.tck.interop.Trace.Seen;
import org.pgmjms.tck.kit.Vectors;

/** How an OpenPGM source opens, fills and ends a session. */
class SessionVectorsTest {
    private static final long TOLERANCE_MILLIS = 25;

    @Test
    void basicSessionOpensWithThreeSpmsOfAnEmptyWindow() {
        Trace trace = Trace.of("01-basic");

        for (int frame = 1; frame <= 3; frame++) {
            PacketView spm = trace.frame(frame).view();
            assertEquals(PacketType.SPM, spm.type());
            assertEquals(frame - 1, spm.spm().sqn());
            assertEquals(0, spm.spm().trail());
            assertEquals(-1, spm.spm().lead());
            assertTrue(spm.spm().hasWindow());
            assertEquals("10.77.0.1", spm.spm().path().toString());
            assertEquals("10.11.12.13.14.15.20001", new org.pgmjms.engine.api.Tsi(spm.tsi()).toString());
            assertEquals(7500, spm.dataDestinationPort());
        }
    }

    @Test
    void basicSessionCarriesMessagesOfAllLengths() {
        Trace trace = Trace.of("01-basic");
        int[] lengths = {0, 1, 2, 7, 8, 100, 1000, 1448};

        for (int i = 0; i < lengths.length; i++) {
            Seen data = trace.frame(4 + i);
            assertEquals("ODATA " + i, data.text());
            assertEquals(0, data.view().data().trail());
            assertEquals(0, data.view().optionFlags());
            assertArrayEquals(Vectors.message(i, lengths[i]), data.payload());
        }
        assertEquals(0, trace.frame(4).view().payloadLength());
        assertEquals(List.of(), trace.texts(seen -> seen.is(PacketType.NAK)));
    }

    @Test
    void basicSessionEndsWithHeartbeatsAndThreeFins() {
        Trace trace = Trace.of("01-basic");
        long[] gaps = {100, 100, 100, 100, 100, 1300};

        for (int i = 0; i < gaps.length; i++) {
            Seen spm = trace.frame(12 + i);
            assertEquals("SPM " + (3 + i), spm.text());
            assertEquals(7, spm.view().spm().lead());
            assertFalse(spm.fin());
            assertNear(gaps[i], spm.millisAfter(trace.frame(11 + i)));
        }
        for (int frame = 18; frame <= 20; frame++) {
            assertEquals("SPM " + (frame - 9), trace.frame(frame).text());
            assertTrue(trace.frame(frame).fin());
            assertEquals(7, trace.frame(frame).view().spm().lead());
        }
        assertEquals(20, trace.packets().size());
        assertNotEquals(
                trace.frame(1).frame().sourcePort(), trace.frame(4).frame().sourcePort());
    }

    @Test
    void largeMessagesAreFragmented() {
        Trace trace = Trace.of("02-fragments");
        int[][] apdus = {{0, 1444}, {1, 1445}, {3, 2848}, {5, 5000}, {9, 22_784}, {25, 10}};
        List<Seen> data = trace.of(PacketType.ODATA).toList();
        assertEquals(26, data.size());

        int next = 0;
        for (int index = 0; index < apdus.length; index++) {
            int first = apdus[index][0];
            int length = apdus[index][1];
            assertEquals(first, next);
            ByteArrayOutputStream apdu = new ByteArrayOutputStream();
            while (apdu.size() < length) {
                Seen packet = data.get(next);
                assertFragment(packet, next, first, apdu.size(), length);
                apdu.writeBytes(packet.payload());
                next++;
            }
            assertArrayEquals(Vectors.message(index, length), apdu.toByteArray());
        }
        assertEquals(26, next);
    }

    private static void assertFragment(Seen packet, int sqn, int first, int offset, int length) {
        PacketView view = packet.view();
        assertEquals(sqn, view.data().sqn());
        boolean whole = length <= 1444;
        assertEquals(!whole, view.data().isFragment());
        if (whole) {
            assertEquals(0, view.optionFlags());
            return;
        }
        assertEquals(first, view.options().fragmentFirstSqn());
        assertEquals(offset, view.options().fragmentOffset());
        assertEquals(length, view.options().fragmentApduLength());
        assertEquals(Math.min(1424, length - offset), view.payloadLength());
        assertEquals(20, view.options().length());
        assertEquals(0x01, view.optionFlags());
        int option = view.options().at(OptionType.FRAGMENT);
        assertEquals(0x81, view.buffer().getUnsignedByte(option));
        assertEquals(16, view.buffer().getUnsignedByte(option + 1));
    }

    @Test
    void trailInDataLagsByOne() {
        Trace trace = Trace.of("07-trail-advance");

        List<Seen> data = trace.of(PacketType.ODATA).toList();
        for (int n = 0; n < 20; n++) {
            assertEquals(n, data.get(n).view().data().sqn());
            assertEquals(Math.max(0, n - 4), data.get(n).view().data().trail());
        }
        List<Seen> later =
                trace.of(PacketType.SPM).filter(spm -> spm.sqn() >= 3).toList();
        assertEquals(8, later.size());
        for (Seen spm : later) {
            assertEquals(16, spm.view().spm().trail());
            assertEquals(19, spm.view().spm().lead());
        }
        assertEquals(List.of(), trace.texts(seen -> seen.is(PacketType.NAK)));
    }

    @Test
    void nothingIsAskedForOnceTheTrailHasPassed() {
        Trace trace = Trace.of("07-trail-advance.rx");

        List<Seen> naks = trace.of(PacketType.NAK).toList();
        assertEquals(List.of("NAK 5", "NAK 5"), naks.stream().map(Seen::text).toList());
        Seen passed = trace.of(PacketType.ODATA)
                .filter(data -> data.view().data().trail() > 5)
                .findFirst()
                .orElseThrow();
        assertTrue(naks.get(1).frame().number() < passed.frame().number());
        assertEquals(
                IntStream.range(0, 20).filter(n -> n != 5).boxed().toList(),
                trace.of(PacketType.ODATA).map(Seen::sqn).toList());
    }

    @Test
    void heartbeatsFadeWhileAmbientSpmsGoOn() {
        Trace trace = Trace.of("24-heartbeat");
        List<Seen> spms = trace.of(PacketType.SPM).toList();
        Seen lastData = trace.frame(5);
        long[] heartbeats = {100, 200, 300, 400, 500, 1800};

        assertEquals("ODATA 1", lastData.text());
        assertEquals(
                IntStream.range(0, 15).boxed().toList(),
                spms.stream().map(Seen::sqn).toList());
        for (int i = 0; i < heartbeats.length; i++) {
            assertNear(heartbeats[i], spms.get(3 + i).millisAfter(lastData));
        }
        Seen opening = spms.get(0);
        assertNear(5000, spms.get(9).millisAfter(opening));
        assertNear(7000, spms.get(10).millisAfter(spms.get(8)));
        assertNear(10_000, spms.get(11).millisAfter(opening));
        for (int i = 12; i < 15; i++) {
            assertTrue(spms.get(i).fin());
            assertNear(11_000, spms.get(i).millisAfter(opening));
        }
    }

    private static void assertNear(long expected, long millis) {
        assertTrue(Math.abs(expected - millis) <= TOLERANCE_MILLIS, () -> millis + " ms instead of " + expected);
    }
}
