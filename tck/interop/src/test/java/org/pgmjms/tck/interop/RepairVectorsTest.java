package org.pgmjms.tck.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.tck.interop.Trace.Seen;

/** How OpenPGM asks for lost packets and repairs them. */
class RepairVectorsTest {
    private static final String SOURCE = "10.77.0.1";
    private static final String RECEIVER = "10.77.0.2";
    private static final String GROUP = "239.192.0.1";

    @Test
    void singleLossesAreRequestedConfirmedAndRepaired() {
        Trace trace = Trace.of("03-loss-single");

        for (int lost : new int[] {3, 7, 19}) {
            assertEquals(
                    List.of("NAK " + lost, "NCF " + lost, "RDATA " + lost), trace.texts(seen -> seen.isRepairOf(lost)));
        }
        Seen announcement = trace.frame(30);
        assertEquals("SPM 3", announcement.text());
        assertEquals(19, announcement.view().spm().lead());
        assertTrue(first(trace, PacketType.NAK, 19).frame().number() > 30);
        assertAllSent(trace, 20);
    }

    @Test
    void requestsNameSourceGroupAndPorts() {
        Seen nak = first(Trace.of("03-loss-single"), PacketType.NAK, 3);

        assertEquals(7500, nak.view().sourcePort());
        assertEquals(20_001, nak.view().destinationPort());
        assertEquals(20_001, (int) nak.view().tsi() & 0xFFFF);
        assertEquals(SOURCE, nak.view().nak().source().toString());
        assertEquals(GROUP, nak.view().nak().group().toString());
        assertEquals(SOURCE, nak.frame().destination().getHostAddress());
        assertEquals(RECEIVER, nak.frame().source().getHostAddress());
        assertEquals(3056, nak.frame().destinationPort());
    }

    @Test
    void repairsEqualTheOriginals() {
        Trace trace = Trace.of("03-loss-single");
        for (int lost : new int[] {3, 7, 19}) {
            byte[] original =
                    first(trace, PacketType.ODATA, lost).frame().payload().clone();
            byte[] repair =
                    first(trace, PacketType.RDATA, lost).frame().payload().clone();
            assertNotEquals(original[4], repair[4]);
            for (byte[] packet : List.of(original, repair)) {
                packet[4] = 0;
                packet[6] = 0;
                packet[7] = 0;
            }
            assertArrayEquals(original, repair);
        }
    }

    @Test
    void burstsAreRequestedInAList() {
        Trace trace = Trace.of("04-loss-burst");
        Seen list = trace.frame(20);
        Seen single = trace.frame(21);

        assertEquals("NAK 10+11,12,13,14", list.text());
        assertEquals(0x03, list.view().optionFlags());
        assertEquals(
                20, list.view().buffer().getUnsignedByte(list.view().options().at(OptionType.NAK_LIST) + 1));
        assertEquals(0, list.view().nak().disorder());
        assertEquals("NAK 10", single.text());
        assertNotEquals(list.frame().sourcePort(), single.frame().sourcePort());
        assertEquals("NCF 10+11,12,13,14", trace.frame(22).text());
        assertEquals("NCF 10", trace.frame(23).text());
        for (int lost = 10; lost <= 14; lost++) {
            int number = lost;
            assertEquals(
                    1,
                    trace.of(PacketType.RDATA)
                            .filter(seen -> seen.sqn() == number)
                            .count());
        }
        for (int lost : new int[] {20, 22, 24}) {
            assertEquals("NAK " + lost, first(trace, PacketType.NAK, lost).text());
        }
        assertAllSent(trace, 40);
    }

    @Test
    void lostRequestsAreRepeated() {
        Trace receiver = Trace.of("05-loss-control.rx");
        Trace source = Trace.of("05-loss-control");

        assertEquals(
                List.of("NAK 3", "NAK 3", "NAK 3", "NCF 3", "RDATA 3"), receiver.texts(seen -> seen.isRepairOf(3)));
        assertEquals(List.of("NAK 3", "NCF 3", "RDATA 3"), source.texts(seen -> seen.isRepairOf(3)));
        List<Seen> naks =
                receiver.of(PacketType.NAK).filter(nak -> nak.sqn() == 3).toList();
        assertTrue(naks.get(1).millisAfter(naks.get(0)) >= 150);
        assertTrue(naks.get(2).millisAfter(naks.get(1)) >= 150);
    }

    @Test
    void lostConfirmationsDoNoHarm() {
        Trace receiver = Trace.of("05-loss-control.rx");
        Trace source = Trace.of("05-loss-control");

        assertEquals(List.of("NAK 7", "RDATA 7"), receiver.texts(seen -> seen.isRepairOf(7)));
        assertEquals(List.of("NAK 7", "NCF 7", "RDATA 7"), source.texts(seen -> seen.isRepairOf(7)));
    }

    @Test
    void lostRepairsAreRequestedAgain() {
        Trace receiver = Trace.of("05-loss-control.rx");
        Trace source = Trace.of("05-loss-control");

        assertEquals(
                List.of("NAK 11", "NCF 11", "NAK 11", "NCF 11", "RDATA 11"),
                receiver.texts(seen -> seen.isRepairOf(11)));
        assertEquals(
                List.of("NAK 11", "NCF 11", "RDATA 11", "NAK 11", "NCF 11", "RDATA 11"),
                source.texts(seen -> seen.isRepairOf(11)));
        List<Seen> naks =
                receiver.of(PacketType.NAK).filter(nak -> nak.sqn() == 11).toList();
        assertTrue(naks.get(1).millisAfter(naks.get(0)) >= 150);
    }

    @Test
    void requestsThatNobodyConfirmsEndAfterThree() {
        assertEquals(
                List.of("NAK 5", "NAK 5", "NAK 5"),
                Trace.of("06-ncf-retries.rx").texts(seen -> seen.isRepairOf(5)));
        assertEquals(List.of(), Trace.of("06-ncf-retries").texts(seen -> seen.is(PacketType.NAK)));
        assertEquals(
                IntStream.range(0, 12).filter(n -> n != 5).boxed().toList(),
                Trace.of("06-ncf-retries.rx")
                        .of(PacketType.ODATA)
                        .map(Seen::sqn)
                        .toList());
    }

    @Test
    void repairsThatNeverArriveEndAfterThreeRounds() {
        Trace trace = Trace.of("08-data-retries");

        assertEquals(
                List.of("NAK 5", "NCF 5", "RDATA 5", "NAK 5", "NCF 5", "RDATA 5", "NAK 5", "NCF 5", "RDATA 5"),
                trace.texts(seen -> seen.isRepairOf(5)));
        assertTrue(Math.abs(trace.frame(25).millisAfter(trace.frame(24)) - 100) <= 25);
        assertEquals("RDATA 5", trace.frame(24).text());
        assertEquals("SPM 3", trace.frame(25).text());
    }

    @Test
    void oneReceiverAsksForBoth() {
        Trace trace = Trace.of("10-two-receivers");

        assertEquals(List.of("NAK 5", "NCF 5", "RDATA 5"), trace.texts(seen -> seen.isRepairOf(5)));
        assertEquals(RECEIVER, first(trace, PacketType.NAK, 5).frame().source().getHostAddress());
        assertEquals(
                List.of("NAK 5", "NCF 5", "RDATA 5"),
                Trace.of("10-two-receivers.rx").texts(seen -> seen.isRepairOf(5)));
    }

    @Test
    void offeringParityChangesNothingAboutSelectiveRepair() {
        Trace trace = Trace.of("11-fec-advertised");

        for (Seen spm : trace.of(PacketType.SPM).toList()) {
            PacketView view = spm.view();
            assertEquals(4, view.options().parityGroupSize());
            assertEquals(0x02, view.options().parityFlags());
            assertEquals(0x03, view.optionFlags());
        }
        Seen fin = trace.frame(24);
        assertTrue(fin.fin());
        int finAt = fin.view().options().at(OptionType.FIN);
        assertEquals(0x8E, fin.view().buffer().getUnsignedByte(finAt));
        assertTrue(fin.view().options().at(OptionType.PARITY_PRM) < finAt);
        assertEquals(List.of("NAK 4", "NCF 4", "RDATA 4"), trace.texts(seen -> seen.isRepairOf(4)));
        assertTrue(trace.packets().stream().noneMatch(seen -> seen.view().hasParity()));
    }

    private static Seen first(Trace trace, PacketType type, int sqn) {
        return trace.of(type).filter(seen -> seen.sqn() == sqn).findFirst().orElseThrow();
    }

    private static void assertAllSent(Trace trace, int count) {
        assertEquals(
                IntStream.range(0, count).boxed().toList(),
                trace.of(PacketType.ODATA).map(Seen::sqn).toList());
    }
}
