package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.MS;
import static org.pgmjms.engine.protocol.ReceiverRig.SECOND;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.protocol.ReceiverRig.Config;
import org.pgmjms.engine.wire.PacketType;

/** How many NAKs leave, and for what: no faster than a source takes them, and nothing that would find no room. */
class NakSchedulerTest {
    /** Numbers in one NAK. */
    private static final int LIST = UpstreamSender.MAX_NUMBERS;

    /** Packets that leave at once after silence, and the time between two later on. */
    private static final int BURST = 64;

    private static final long INTERVAL_NS = SECOND / 400;

    /** Room for a ring of 64 slots and 40 packets of 8 bytes. */
    private static final int SMALL_BYTES = 64 * 32 + 40 * (8 + 64);

    private ReceiverRig rig = new ReceiverRig();

    private void rig(Consumer<Config> change) {
        rig.close();
        rig = new ReceiverRig(Config.with(config -> {
            config.backOffNs = MS;
            config.ncfRetries = 1_000_000;
            change.accept(config);
        }));
        rig.established(0);
        rig.odata(0);
        rig.heard.take();
    }

    @AfterEach
    void holdsNothingInTheEnd() {
        rig.close();
        assertThat(rig.receiver.heldBytes()).isZero();
    }

    private int naks() {
        return rig.sent(PacketType.NAK).size();
    }

    /** 42 has no room, and 1 is missing. */
    private void fillUp() {
        IntStream.range(2, 42).forEach(rig::odata);
        rig.odata(42);
        assertThat(rig.count(ReceiverCounter.NO_ROOM)).isEqualTo(1);
    }

    @Test
    void asksInListsAsLongAsCanBe() {
        rig(config -> {});
        rig.odata(LIST + 8);

        rig.advance(MS);

        assertThat(rig.sent(PacketType.NAK))
                .extracting(nak -> nak.sqns().size())
                .containsExactly(LIST, 7);
        assertThat(rig.naked()).isSorted().startsWith(1).endsWith(LIST + 7);
    }

    @Test
    void asksAtTheRateThatASourceTakes() {
        rig(config -> config.windowPackets = 1 << 20);
        rig.odata(500_000);

        rig.advance(MS);
        assertThat(naks()).isEqualTo(BURST);
        assertThat(rig.naked()).hasSize(BURST * LIST).isSorted();
        rig.advance(INTERVAL_NS - 1);
        assertThat(naks()).isEqualTo(BURST);
        rig.advance(1);

        assertThat(naks()).isEqualTo(BURST + 1);
    }

    @Test
    void asksForNoMoreNumbersAtATimeThanTheWindowHolds() {
        rig(config -> config.windowPackets = 128);
        rig.odata(128);

        rig.advance(2 * MS);
        assertThat(rig.naked()).hasSize(127);
        rig(config -> {
            config.windowPackets = 1 << 20;
            config.windowBytes = 100 * ReceiverRig.PACKET_BYTES;
        });
        rig.odata(300);
        rig.advance(MS);

        assertThat(rig.naked()).hasSize(100).endsWith(100);
        assertThat(rig.receiver.sessions().get(0).requested()).isEqualTo(100);
        rig.rdata(1);
        rig.advance(2 * MS);
        assertThat(rig.naked()).hasSize(101).endsWith(101);
    }

    @Test
    void asksForNothingWhileItDoesNotKnowWhom() {
        rig.close();
        rig = new ReceiverRig(Config.with(config -> config.raw = true));
        rig.odata(7);
        rig.odata(9);
        rig.advance(SECOND);
        assertThat(rig.sent(PacketType.NAK)).isEmpty();

        rig.lead = 9;
        rig.spm();
        rig.advance(2 * MS);

        assertThat(rig.naked()).containsExactly(8);
    }

    @Test
    void asksForWhatHadNoRoomWhenThereIsRoomAgain() {
        rig(config -> config.windowBytes = SMALL_BYTES);
        fillUp();
        rig.advance(SECOND);
        assertThat(rig.naked()).isNotEmpty().containsOnly(1);

        rig.rdata(1);
        rig.sent.clear();
        rig.advance(20 * MS);

        assertThat(rig.naked()).containsExactly(42);
    }

    @Test
    void asksForWhatHadNoRoomAtOnceWhenItIsNext() {
        rig(config -> config.windowBytes = SMALL_BYTES);
        rig.heard.capacity = 0;
        rig.odata(1);
        IntStream.range(2, 42).forEach(rig::odata);
        rig.advance(SECOND);
        assertThat(rig.naked()).isEmpty();

        rig.heard.capacity = Integer.MAX_VALUE;
        rig.advance(30 * MS);

        assertThat(rig.naked()).containsExactly(41);
    }

    @Test
    void givesUpWhatHasNoRoomForTenSeconds() {
        rig(config -> config.windowBytes = SMALL_BYTES);
        fillUp();

        rig.advance(10 * SECOND - MS);
        assertThat(rig.receiver.sessions().get(0).missing()).isEqualTo(2);
        rig.advance(200 * MS);

        assertThat(rig.receiver.sessions().get(0).missing()).isEqualTo(1);
        assertThat(rig.heard.take()).isEmpty();
        rig.rdata(1);
        assertThat(rig.heard.takeDeliveries()).hasSize(42).endsWith("apdu 41", "lost 42+1 WINDOW_OVERFLOW");
    }

    @Test
    void whatIsGivenUpForItsRetriesSaysWhetherItEverHadRoom() {
        rig(config -> {
            config.windowBytes = SMALL_BYTES;
            config.gapDeadlineNs = 5 * SECOND;
        });
        fillUp();

        rig.advance(5 * SECOND);

        assertThat(rig.heard.takeDeliveries())
                .startsWith("lost 1+1 DEADLINE", "apdu 2")
                .endsWith("lost 42+1 WINDOW_OVERFLOW");
    }

    @Test
    void manyGapsThatAreDueTogetherAreAskedForTogether() {
        rig(config -> {});
        for (int sqn = 2; sqn <= 100; sqn += 2) {
            rig.odata(sqn);
        }

        rig.advance(MS);

        assertThat(rig.sent(PacketType.NAK)).hasSize(1);
        assertThat(rig.naked()).hasSize(50);
    }

    /** More than fits into the buffer in which packets are written. */
    @Test
    void manySessionsAskAtTheSameTime() {
        rig.close();
        rig = new ReceiverRig(Config.with(config -> {
            config.backOffNs = MS;
            config.windowPackets = 4_096;
        }));
        for (int port = 1; port <= 4; port++) {
            rig.tsi = Tsi.of(1, port);
            rig.spmSqn = 0;
            rig.established(0);
            rig.odata(4_000);
        }

        rig.advance(MS);

        assertThat(rig.sent(PacketType.NAK)).hasSize(4 * BURST);
        for (int port = 1; port <= 4; port++) {
            long tsi = Tsi.of(1, port).value();
            assertThat(rig.sent(PacketType.NAK).stream()
                            .filter(nak -> nak.tsi() == tsi)
                            .flatMap(nak -> nak.sqns().stream()))
                    .hasSize(4_000)
                    .isSorted();
        }
        assertThat(rig.count(ReceiverCounter.NAK_NUMBERS)).isEqualTo(4 * 4_000);
    }

    @Test
    void whatTheSocketRefusesOfManyIsCounted() {
        rig(config -> {});
        rig.odata(4_000);
        rig.isSocketFull = true;

        rig.advance(MS);

        assertThat(rig.count(ReceiverCounter.SEND_REFUSED)).isEqualTo(rig.count(ReceiverCounter.NAKS_SENT));
        assertThat(naks()).isZero();
    }
}
