package org.pgmjms.tck.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.tck.interop.Trace.Seen;
import org.pgmjms.tck.kit.Pcap;
import org.pgmjms.tck.kit.Vectors;

/** Late joiners, congestion control, and the ways PGM travels: IP protocol 113, UDP, IPv6. */
class CarrierVectorsTest {
    private static final byte[] ROUTER_ALERT = {(byte) 0x94, 4, 0, 0};
    private static final int[] LENGTHS = {8, 64, 100};

    @Test
    void lateJoinersAskForAnSpmTwice() {
        Trace trace = Trace.of("09-late-join-spmr");
        Seen toGroup = trace.frame(36);
        Seen toSource = trace.frame(37);

        for (Seen spmr : List.of(toGroup, toSource)) {
            assertEquals(PacketType.SPMR, spmr.type());
            assertEquals(16, spmr.view().length());
            assertEquals(7500, spmr.view().dataDestinationPort());
        }
        assertArrayEquals(toGroup.frame().payload(), toSource.frame().payload());
        assertEquals("239.192.0.1", toGroup.frame().destination().getHostAddress());
        assertEquals(1, toGroup.frame().ttl());
        assertEquals("10.77.0.1", toSource.frame().destination().getHostAddress());
        assertEquals("SPM 3", trace.frame(38).text());
        assertEquals("SPM 4", trace.frame(39).text());
        assertEquals(List.of(), trace.texts(seen -> seen.is(PacketType.NAK)));
        assertEquals(
                IntStream.range(0, 80).boxed().toList(),
                trace.of(PacketType.ODATA).map(Seen::sqn).toList());
    }

    @Test
    void congestionControlElectsAnAcker() {
        Trace trace = Trace.of("19-pgmcc");
        List<Seen> data = trace.of(PacketType.ODATA).toList();
        List<Seen> acks = trace.of(PacketType.ACK).toList();

        assertEquals(24, data.size());
        assertEquals(24, acks.size());
        for (int n = 0; n < data.size(); n++) {
            var options = data.get(n).view().options();
            assertEquals(n < 2 ? "0.0.0.0" : "10.77.0.2", options.pgmccAcker().toString());
            assertEquals(20, options.length());
            assertEquals(0x01, data.get(n).view().optionFlags());
            assertAck(acks.get(n), n, options.pgmccTimestamp());
            assertTrue(acks.get(n).frame().number() > data.get(n).frame().number());
        }
        assertTrue(data.get(1).millisAfter(data.get(0)) >= 2990);
        for (int sqn = 3; sqn <= 8; sqn++) {
            int number = sqn;
            Seen spm = trace.of(PacketType.SPM)
                    .filter(each -> each.sqn() == number)
                    .findFirst()
                    .orElseThrow();
            assertEquals(1, spm.view().spm().lead());
            assertTrue(spm.frame().number() < data.get(1).frame().number());
        }
    }

    private static void assertAck(Seen ack, int highest, int sentAt) {
        var options = ack.view().options();
        assertEquals(highest, ack.view().ack().highestSqn());
        assertEquals(-1, ack.view().ack().bitmap());
        assertEquals(0, options.feedbackLossRate());
        assertEquals("10.77.0.2", options.feedbackReceiver().toString());
        int held = options.feedbackTimestamp() - sentAt;
        assertTrue(held >= 0 && held <= 50, () -> held + " ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20-raw-ip113-router-alert", "21-udp-router-alert"})
    void controlPacketsCarryTheRouterAlert(String capture) {
        Trace trace = Trace.of(capture);
        int protocol = capture.contains("raw") ? Pcap.PGM : Pcap.UDP;
        for (Seen seen : trace.packets()) {
            byte[] expected = seen.is(PacketType.ODATA) ? new byte[0] : ROUTER_ALERT;
            assertArrayEquals(expected, seen.frame().ipOptions());
            assertEquals(protocol, seen.frame().protocol());
        }
        assertNineMessages(trace);
    }

    @Test
    void longAddressesMakeLongPackets() {
        Trace trace = Trace.of("22-ipv6");
        for (Seen spm : trace.of(PacketType.SPM).toList()) {
            assertEquals(spm.fin() ? 56 : 48, spm.view().length());
            assertEquals("fd77:0:0:0:0:0:0:1", spm.view().spm().path().toString());
            assertEquals(16, spm.frame().ttl());
        }
        for (Seen seen : trace.packets()) {
            if (seen.is(PacketType.NAK, PacketType.NCF)) {
                assertEquals(60, seen.view().length());
                assertEquals("fd77:0:0:0:0:0:0:1", seen.view().nak().source().toString());
                assertEquals("ff15:0:0:0:0:0:0:7500", seen.view().nak().group().toString());
                assertEquals(seen.is(PacketType.NAK) ? 64 : 16, seen.frame().ttl());
            }
        }
        assertNineMessages(trace);
    }

    private static void assertNineMessages(Trace trace) {
        List<Seen> data = trace.of(PacketType.ODATA).toList();
        assertEquals(9, data.size());
        for (int n = 0; n < data.size(); n++) {
            assertEquals(n, data.get(n).sqn());
            assertArrayEquals(
                    Vectors.message(n, LENGTHS[n % LENGTHS.length]), data.get(n).payload());
        }
        assertEquals(List.of("NAK 4", "NCF 4", "RDATA 4"), trace.texts(seen -> seen.isRepairOf(4)));
    }
}
