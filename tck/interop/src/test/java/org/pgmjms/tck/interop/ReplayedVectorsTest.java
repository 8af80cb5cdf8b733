package org.pgmjms.tck.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.tck.interop.Replay.Apdu;
import org.pgmjms.tck.interop.Replay.Sent;
import org.pgmjms.tck.interop.Trace.Seen;
import org.pgmjms.tck.kit.Malformed;
import org.pgmjms.tck.kit.PgmBytes;
import org.pgmjms.tck.kit.Vectors;

/** Our receiver delivers from each capture what the receiver delivered that was there. */
class ReplayedVectorsTest {
    private static final Nla SOURCE = Nla.ipv4(0x0A4D0001);
    private static final int UDP_PORT = 3056;
    private static final int FIRST_HEARD_LATE = 23;

    /** Capture, packets dropped before the receiver, messages. */
    static Stream<Arguments> complete() {
        return Stream.of(
                        new Case("01-basic", Set.of(), 8),
                        new Case("02-fragments", Set.of(), 6),
                        new Case("03-loss-single", Set.of("ODATA 3", "ODATA 7", "ODATA 19"), 20),
                        new Case("04-loss-burst", burst(), 40),
                        new Case("05-loss-control.rx", Set.of(), 20),
                        new Case("09-late-join-spmr", Set.of(), 80),
                        new Case("10-two-receivers.rx", Set.of(), 12),
                        new Case("11-fec-advertised", Set.of("ODATA 4"), 12),
                        new Case("19-pgmcc", Set.of(), 24),
                        new Case("20-raw-ip113-router-alert", Set.of("ODATA 4"), 9),
                        new Case("21-udp-router-alert", Set.of("ODATA 4"), 9),
                        new Case("22-ipv6", Set.of("ODATA 4"), 9),
                        new Case("24-heartbeat", Set.of(), 2))
                .flatMap(each -> Stream.of(DeliveryOrder.values()).map(order -> Arguments.of(each, order)));
    }

    record Case(String capture, Set<String> dropped, int messages) {}

    private static Set<String> burst() {
        return Set.of("ODATA 10", "ODATA 11", "ODATA 12", "ODATA 13", "ODATA 14", "ODATA 20", "ODATA 22", "ODATA 24");
    }

    @ParameterizedTest
    @MethodSource("complete")
    void everyMessageArrivesOnce(Case vector, DeliveryOrder order) {
        Replay replay = Replay.of(vector.capture, order, seen -> !vector.dropped.contains(seen.text()));

        assertEquals(List.of(), replay.lost);
        assertMessages(
                replay, order, 0, IntStream.range(0, vector.messages).boxed().toList());
        int last = lastSqn(replay);
        assertEquals(List.of("start FROM_LEAD", "end FIN at " + last), replay.sessions);
        assertEquals(last + 1, replay.resolved());
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void aGapThatNobodyConfirmsIsReported(DeliveryOrder order) {
        Replay replay = Replay.of("06-ncf-retries.rx", order, seen -> true);

        assertMessages(replay, order, 0, without(5, 12));
        assertEquals(List.of(5), replay.lost);
        assertEquals(List.of(LossCause.NAK_RETRIES), replay.causes);
        assertEquals(3, replay.sent.size());
        assertEquals(12, replay.resolved());
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void aGapBehindTheTrailIsReported(DeliveryOrder order) {
        Replay replay = Replay.of("07-trail-advance.rx", order, seen -> true);

        assertMessages(replay, order, 0, without(5, 20));
        assertEquals(List.of(5), replay.lost);
        assertEquals(List.of(LossCause.TRAIL_PASSED), replay.causes);
        assertEquals(20, replay.resolved());
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void aGapWhoseRepairsVanishIsReported(DeliveryOrder order) {
        Replay replay = Replay.of(
                "08-data-retries", order, seen -> !List.of("ODATA 5", "RDATA 5").contains(seen.text()));

        assertMessages(replay, order, 0, without(5, 12));
        assertEquals(List.of(5), replay.lost);
        assertTrue(Set.of(LossCause.RDATA_RETRIES, LossCause.NAK_RETRIES).contains(replay.causes.get(0)));
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void aLateJoinerStartsWithWhatItHears(DeliveryOrder order) {
        int before = 27;
        Replay replay =
                Replay.of("09-late-join-spmr", order, seen -> seen.frame().number() >= before);

        assertMessages(
                replay,
                order,
                FIRST_HEARD_LATE,
                IntStream.range(FIRST_HEARD_LATE, 80).boxed().toList());
        assertEquals(List.of(), replay.lost);
        assertEquals(List.of(), naks(replay));
    }

    @ParameterizedTest
    @ValueSource(strings = {"03-loss-single", "10-two-receivers", "21-udp-router-alert", "22-ipv6"})
    void asksInTheSameBytes(String capture) {
        List<Seen> naks = Trace.of(capture).of(PacketType.NAK).toList();
        List<String> lost = naks.stream().map(nak -> "ODATA " + nak.sqn()).toList();

        Replay replay = Replay.of(
                capture,
                DeliveryOrder.CONTIGUOUS,
                seen -> !lost.contains(seen.text()) && !seen.is(PacketType.NCF, PacketType.RDATA));

        for (Seen nak : naks) {
            assertTrue(replay.hasSent(nak.frame().payload()), nak::text);
        }
        assertEquals(3 * naks.size(), naks(replay).size());
    }

    @Test
    void asksForABurstInOneList() throws Malformed {
        Replay replay = Replay.of(
                "04-loss-burst",
                DeliveryOrder.CONTIGUOUS,
                seen -> !burst().contains(seen.text()) && !seen.is(PacketType.NCF, PacketType.RDATA));

        byte[] list = Trace.of("04-loss-burst").frame(20).frame().payload();
        assertTrue(replay.hasSent(list));
        for (Sent nak : replay.sent) {
            assertEquals(SOURCE, nak.host());
            assertEquals(UDP_PORT, nak.port());
            assertEquals(PgmBytes.NAK, PgmBytes.parse(nak.bytes()).type());
        }
    }

    @Test
    void deliversTheStreamOfAZeroMqPublisher() {
        Replay replay = Replay.of(
                "23-zmq-epgm", DeliveryOrder.CONTIGUOUS, seen -> !seen.text().equals("ODATA 4"));
        List<Seen> sent = Trace.of("23-zmq-epgm").of(PacketType.ODATA).toList();

        assertEquals(List.of(), replay.lost);
        assertEquals(sent.size(), replay.apdus.size());
        for (int i = 0; i < sent.size(); i++) {
            assertEquals(i, replay.apdus.get(i).firstSqn());
            assertArrayEquals(sent.get(i).payload(), replay.apdus.get(i).bytes());
        }
    }

    private static void assertMessages(Replay replay, DeliveryOrder order, int firstIndex, List<Integer> indexes) {
        List<Apdu> apdus = order == DeliveryOrder.CONTIGUOUS
                ? replay.apdus
                : replay.apdus.stream()
                        .sorted(Comparator.comparingInt(Apdu::firstSqn))
                        .toList();
        assertEquals(indexes.size(), apdus.size());
        int sqn = firstIndex;
        for (int i = 0; i < apdus.size(); i++) {
            Apdu apdu = apdus.get(i);
            int index = indexes.get(i);
            assertTrue(apdu.firstSqn() >= sqn, "out of order");
            assertArrayEquals(Vectors.message(index, apdu.bytes().length), apdu.bytes());
            sqn = apdu.lastSqn() + 1;
        }
    }

    private static List<Sent> naks(Replay replay) {
        return replay.sent.stream()
                .filter(sent -> sent.bytes()[4] == PgmBytes.NAK)
                .toList();
    }

    private static List<Integer> without(int missing, int count) {
        return IntStream.range(0, count).filter(n -> n != missing).boxed().toList();
    }

    private static int lastSqn(Replay replay) {
        return replay.apdus.stream().mapToInt(Apdu::lastSqn).max().orElseThrow();
    }
}
