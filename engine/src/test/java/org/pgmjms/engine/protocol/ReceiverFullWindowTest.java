package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.MS;
import static org.pgmjms.engine.protocol.ReceiverRig.OTHER_HOST;
import static org.pgmjms.engine.protocol.ReceiverRig.SOURCE;
import static org.pgmjms.engine.protocol.ReceiverRig.TSI;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.protocol.ReceiverRig.Config;
import org.pgmjms.engine.wire.PacketType;

/** Packets that find no room in the receive window, in numbers or in bytes: which of them wait, and what is given up. */
class ReceiverFullWindowTest {
    /** Numbers that the window of most of these tests holds. */
    private static final int WINDOW = 64;

    /** Room for a ring of 64 slots and this many packets of 8 bytes. */
    private static final int PACKETS = 40;

    private static final int SMALL_BYTES = 64 * 32 + PACKETS * (8 + 64);

    /** Twice the longest interval between two NAKs. */
    private static final long INTERVAL_NS = 400 * MS;

    private ReceiverRig rig = new ReceiverRig();

    private void rig(Consumer<Config> change) {
        rig.close();
        rig = new ReceiverRig(Config.with(config -> {
            config.ncfRetries = 1_000;
            config.windowPackets = WINDOW;
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

    private void odata(int first, int end) {
        IntStream.range(first, end).forEach(rig::odata);
    }

    private static String[] apdus(int first, int end) {
        return IntStream.range(first, end).mapToObj(sqn -> "apdu " + sqn).toArray(String[]::new);
    }

    /** The window is full, repairs do not come, and the source goes on: so does the stream, at 251. */
    private void fallBehind() {
        odata(64, 130);
        rig.advance(INTERVAL_NS);
        odata(130, 190);
        rig.advance(INTERVAL_NS);
        odata(190, 251);
        rig.advance(INTERVAL_NS);
        rig.odata(251);
    }

    /** The same, and 251 is missing again. */
    private void isBehindOnce() {
        fallBehind();
        rig.heard.take();
        rig.sent.clear();
    }

    @Test
    void aPacketBeyondTheWindowIsTakenWhenItIsSentAgain() {
        rig(config -> {});
        odata(2, WINDOW + 1);
        assertThat(rig.count(ReceiverCounter.NO_ROOM)).isZero();

        rig.odata(WINDOW + 1);
        assertThat(rig.count(ReceiverCounter.NO_ROOM)).isEqualTo(1);
        rig.rdata(1);
        rig.heard.take();
        rig.odata(WINDOW + 2);
        rig.advance(2 * MS);
        rig.rdata(WINDOW + 1);

        assertThat(rig.naked()).endsWith(WINDOW + 1);
        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 65 repaired", "apdu 66");
    }

    @Test
    void whoFallsBehindGoesOnWithWhatIsSentNow() {
        rig(config -> {});
        fallBehind();

        assertThat(rig.heard.take())
                .containsExactly("lost 1+63 WINDOW_OVERFLOW", "apdu 64", "lost 65+186 WINDOW_OVERFLOW", "resolved 251");
        assertThat(rig.count(ReceiverCounter.FELL_BEHIND)).isEqualTo(1);
        assertThat(rig.count(ReceiverCounter.NO_ROOM)).isEqualTo(187);
        assertThat(rig.receiver.sessions().get(0).edge()).isEqualTo(251);
    }

    @Test
    void afterThatTheOldestGapIsGivenUpAsSoonAsTheWindowIsFull() {
        rig(config -> {});
        isBehindOnce();

        odata(252, 251 + WINDOW);
        assertThat(rig.heard.take()).isEmpty();
        rig.odata(251 + WINDOW);

        assertThat(rig.heard.takeDeliveries())
                .startsWith("lost 251+1 WINDOW_OVERFLOW", "apdu 252")
                .endsWith("apdu " + (251 + WINDOW))
                .hasSize(WINDOW + 1);
        assertThat(rig.count(ReceiverCounter.FELL_BEHIND)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"316, 1", "317, 2", "318, 2", "319, 3"})
    void noMoreGapsThanHaveToBe(int sqn, int given) {
        rig(config -> {});
        isBehindOnce();
        for (int i = 252; i < 300; i += 2) {
            rig.odata(i);
        }

        rig.odata(sqn);

        assertThat(rig.count(ReceiverCounter.LOST)).isEqualTo(250 - 1 + given);
        assertThat(rig.heard.takeDeliveries()).hasSize(2 * given);
    }

    @Test
    void noMoreThanSixteenGapsAtOnce() {
        rig(config -> {});
        isBehindOnce();
        for (int i = 252; i < 314; i += 2) {
            rig.odata(i);
        }

        rig.odata(314 + 60);

        assertThat(rig.count(ReceiverCounter.LOST)).isEqualTo(250 - 1 + 16);
        assertThat(rig.receiver.sessions().get(0).edge()).isEqualTo(251 + 32);
    }

    @Test
    void whatIsOlderTakesThePlaceOfTheNewest() {
        rig(config -> config.windowBytes = SMALL_BYTES);
        odata(3, 3 + PACKETS);
        assertThat(rig.receiver.heldBytes()).isEqualTo(SMALL_BYTES);

        rig.odata(2);
        assertThat(rig.count(ReceiverCounter.NO_ROOM)).isZero();
        assertThat(rig.receiver.heldBytes()).isEqualTo(SMALL_BYTES);
        rig.rdata(1);

        assertThat(rig.heard.takeDeliveries()).hasSize(PACKETS + 1).contains("apdu 2", "apdu " + (PACKETS + 1));
        rig.advance(2 * MS);
        assertThat(rig.naked()).containsExactly(PACKETS + 2);
    }

    @Test
    void theNewestFindsNoRoomWhenAllIsOlder() {
        rig(config -> config.windowBytes = SMALL_BYTES);
        odata(2, 2 + PACKETS);

        rig.odata(2 + PACKETS);
        assertThat(rig.count(ReceiverCounter.NO_ROOM)).isEqualTo(1);
        rig.rdata(1);

        assertThat(rig.heard.takeDeliveries()).hasSize(PACKETS + 1);
        rig.rdata(2 + PACKETS);
        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu " + (2 + PACKETS) + " repaired");
    }

    @Test
    void aSessionThatFindsNoRoomIsRelievedByTheLargestOne() {
        rig(config -> config.windowBytes = SMALL_BYTES + 64 * 32);
        odata(2, 2 + PACKETS);
        rig.tsi = Tsi.of(5, 5);
        rig.from = OTHER_HOST;
        rig.spmSqn = 0;
        rig.established(0);
        rig.odata(0);
        rig.heard.take();

        rig.odata(2);
        assertThat(rig.count(ReceiverCounter.NO_ROOM)).isEqualTo(1);
        rig.odata(3);
        assertThat(rig.count(ReceiverCounter.NO_ROOM)).isEqualTo(1);
        rig.rdata(1);

        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 1 repaired");
        rig.rdata(2);
        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 2 repaired", "apdu 3");
        rig.tsi = TSI;
        rig.from = SOURCE;
        rig.rdata(1);
        assertThat(rig.heard.takeDeliveries()).hasSize(PACKETS);
        rig.data(PacketType.RDATA, 1 + PACKETS, 0);
        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu " + (1 + PACKETS) + " repaired");
    }

    @Test
    void bytesRunOutAsNumbersDo() {
        rig(config -> {
            config.windowPackets = 4096;
            config.windowBytes = SMALL_BYTES;
        });
        odata(2, 130);
        rig.advance(INTERVAL_NS);
        odata(130, 190);
        rig.advance(INTERVAL_NS);
        odata(190, 251);
        rig.advance(INTERVAL_NS);
        rig.odata(251);
        assertThat(rig.count(ReceiverCounter.FELL_BEHIND)).isEqualTo(1);
        assertThat(rig.heard.takeDeliveries())
                .startsWith("lost 1+1 WINDOW_OVERFLOW", "apdu 2")
                .endsWith("lost " + (2 + PACKETS) + "+" + (252 - 2 - PACKETS) + " WINDOW_OVERFLOW");

        rig.heard.take();
        odata(253, 253 + PACKETS);
        assertThat(rig.heard.take()).isEmpty();
        rig.odata(253 + PACKETS);

        assertThat(rig.heard.takeDeliveries())
                .startsWith("lost 252+1 WINDOW_OVERFLOW")
                .hasSize(PACKETS + 2);
    }
}
