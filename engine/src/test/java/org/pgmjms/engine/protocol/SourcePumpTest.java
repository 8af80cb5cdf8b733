package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgmjms.engine.protocol.SourceRig.HEADERS;
import static org.pgmjms.engine.protocol.SourceRig.MS;
import static org.pgmjms.engine.protocol.SourceRig.TPDU_PAYLOAD;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;

/** How a source takes turns between data and repairs, what a limit and a socket that refuses do, and what protection adds. */
class SourcePumpTest {
    private static final int MAX_TSDU = TPDU_PAYLOAD - 24;
    private static final int MAX_COST = TPDU_PAYLOAD + HEADERS;

    /** A limit that is moved by hand, and remembers whether data waited for it. */
    private static final class Hand implements SendLimit {
        private int last = Integer.MAX_VALUE;
        private long deadlineNs = NEVER;
        private final List<Boolean> held = new ArrayList<>();

        @Override
        public int limitSqn(long nowNs, int lead) {
            return last;
        }

        @Override
        public void onFeedback(long nowNs, Nla from, PacketView packet) {
            // this one is moved by hand
        }

        @Override
        public void onTried(long nowNs, boolean isHeld) {
            held.add(isHeld);
        }

        @Override
        public long nextDeadlineNs() {
            return deadlineNs;
        }

        private boolean wasHeld() {
            return held.get(held.size() - 1);
        }
    }

    private static final long NEVER = ProtocolHalf.NONE;

    private final Hand hand = new Hand();

    private SourceRig limited(SourceConfigBuilder config) {
        SourceRig rig = new SourceRig(config, new SourceSpis(PacketProtection.NONE, Parity.NONE, hand), 0);
        rig.source.open(0);
        rig.runFor(100 * MS);
        rig.take();
        return rig;
    }

    @Test
    void dataWaitsForTheLimitOnlyWhenThereIsSome() {
        SourceRig rig = limited(new SourceConfigBuilder());
        hand.last = 1;
        rig.sendPackets(2);
        assertThat(hand.wasHeld()).isFalse();
        rig.source.onBatchEnd(rig.nowNs);
        assertThat(hand.wasHeld()).isFalse();

        rig.sendPackets(1);
        assertThat(hand.wasHeld()).isTrue();
        assertThat(rig.source.lead()).isEqualTo(1);
        hand.last = 2;
        rig.source.onBatchEnd(rig.nowNs);

        assertThat(hand.wasHeld()).isFalse();
        assertThat(rig.source.lead()).isEqualTo(2);
    }

    @Test
    void dataWaitsForTheLimitWhenItWasStoredAndNotTaken() {
        SourceRig rig = limited(new SourceConfigBuilder());
        rig.socketRoom = 0;
        rig.sendPackets(1);
        assertThat(hand.wasHeld()).isFalse();

        hand.last = -1;
        rig.socketRoom = Long.MAX_VALUE;
        rig.runFor(MS);
        assertThat(hand.wasHeld()).isTrue();
        assertThat(rig.take(PacketType.ODATA)).isEmpty();
        hand.last = 0;
        rig.source.onBatchEnd(rig.nowNs);

        assertThat(rig.take(PacketType.ODATA)).hasSize(1);
        assertThat(hand.wasHeld()).isFalse();
    }

    @Test
    void whoWaitsForTheRateDoesNotWaitForTheLimit() {
        SourceRig rig = limited(new SourceConfigBuilder().rate(100_000, 4_000));
        hand.last = 100;
        for (int i = 0; i < 10; i++) {
            rig.supply(new byte[MAX_TSDU]);
        }
        rig.source.trySend(rig.nowNs);

        assertThat(rig.source.trySend(rig.nowNs)).isTrue();
        assertThat(hand.wasHeld()).isFalse();
    }

    @Test
    void wakesWhenTheLimitWantsIt() {
        SourceRig rig = limited(new SourceConfigBuilder());
        hand.last = -1;
        hand.deadlineNs = rig.nowNs + 3 * MS;

        rig.sendPackets(1);

        assertThat(rig.source.nextDeadlineNs()).isEqualTo(rig.nowNs + 3 * MS);
        assertThat(rig.count(SourceCounter.RATE_WAITS)).isZero();
    }

    @Test
    void repairsGoOnWhileDataWaitsForTheLimit() {
        SourceRig rig = limited(new SourceConfigBuilder());
        hand.last = 2;
        rig.sendPackets(5);
        rig.take();

        rig.nak(0, 1);

        assertThat(SourceRig.numbers(rig.take(), PacketType.RDATA)).containsExactly(0, 1);
    }

    @Test
    void handsNoMoreThanABatchToTheSocketAtOnce() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().rate(100_000_000, 4_000_000));
        rig.runFor(100 * MS);
        rig.batches.clear();
        for (int i = 0; i < 300; i++) {
            rig.supply(new byte[MAX_TSDU]);
        }

        rig.source.trySend(rig.nowNs);
        assertThat(rig.batches).startsWith(128, 128, 44);
        rig.batches.clear();
        for (int first = 0; first < 200; first += 50) {
            rig.socketRoom = 1;
            rig.nak(IntStream.range(first, first + 50).toArray());
        }
        rig.socketRoom = Long.MAX_VALUE;
        rig.batches.clear();
        rig.runFor(MS);

        assertThat(rig.batches).startsWith(128);
        assertThat(rig.take(PacketType.RDATA)).hasSize(rig.batches.get(0) + rig.batches.get(1));
    }

    @Test
    void aBatchThatIsRefusedInPartCostsWhatHasGone() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().rate(1_000_000, 20 * MAX_COST));
        rig.runFor(100 * MS);
        for (int i = 0; i < 40; i++) {
            rig.supply(new byte[MAX_TSDU]);
        }
        rig.socketRoom = 5;
        rig.source.trySend(rig.nowNs);
        int tried = rig.batches.get(rig.batches.size() - 1);
        assertThat(rig.take(PacketType.ODATA)).hasSize(5);
        assertThat(rig.count(SourceCounter.SEND_REFUSED)).isEqualTo(tried - 5);

        rig.socketRoom = Long.MAX_VALUE;
        rig.runFor(MS);

        assertThat(rig.take(PacketType.ODATA)).hasSize(tried - 5);
        assertThat(rig.count(SourceCounter.ODATA_SENT)).isEqualTo(tried);
        assertThat(rig.count(SourceCounter.ODATA_BYTES)).isEqualTo((long) tried * MAX_TSDU);
    }

    @Test
    void repairsThatAreRefusedAreCountedWhenTheyHaveGone() {
        SourceRig rig = SourceRig.opened();
        for (int i = 0; i < 10; i++) {
            rig.send(new byte[100]);
        }
        rig.take();
        rig.socketRoom = 4;
        rig.nak(0, 1, 2, 3, 4, 5);
        assertThat(rig.count(SourceCounter.RDATA_SENT)).isEqualTo(3);
        assertThat(rig.count(SourceCounter.RDATA_BYTES)).isEqualTo(300);
        assertThat(rig.count(SourceCounter.SEND_REFUSED)).isEqualTo(3);
        assertThat(rig.source.queuedRepairs()).isEqualTo(3);
        assertThat(rig.source.hasUnsent()).isTrue();

        rig.socketRoom = Long.MAX_VALUE;
        rig.runFor(MS);

        assertThat(SourceRig.numbers(rig.take(), PacketType.RDATA)).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(rig.count(SourceCounter.RDATA_BYTES)).isEqualTo(600);
        assertThat(rig.source.hasUnsent()).isFalse();
    }

    /** A crowd is more than sixteen, and more than a quarter of what was sent; the rest of it has the share of repairs. */
    @ParameterizedTest
    @CsvSource({"40, 16, 3", "40, 24, 8", "80, 20, 3", "80, 28, 8"})
    void aCrowdOfRepairsGoesBeforeData(int sent, int asked, int repairs) {
        SourceRig rig = SourceRig.opened(
                new SourceConfigBuilder().rate(1_000_000, 16 * MAX_COST).repairShare(0.2));
        for (int i = 0; i < sent; i++) {
            rig.send(new byte[MAX_TSDU]);
            rig.runFor(4 * MS);
        }
        rig.socketRoom = 1;
        rig.nak(IntStream.range(0, asked).toArray());
        assertThat(rig.source.queuedRepairs()).isEqualTo(asked);
        rig.take();
        rig.socketRoom = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            rig.supply(new byte[MAX_TSDU]);
        }

        rig.runFor(MS);

        List<PacketType> types = rig.take().stream().map(SentPacket::type).toList();
        assertThat(types.indexOf(PacketType.ODATA)).isEqualTo(repairs);
    }

    @Test
    void dataHasATurnAfterHalfASecondOfRepairs() {
        SourceRig rig = SourceRig.opened(
                new SourceConfigBuilder().rate(100_000, 2 * MAX_COST).repairShare(0.25));
        for (int i = 0; i < 200; i++) {
            rig.send(new byte[MAX_TSDU]);
            rig.runFor(20 * MS);
        }
        rig.runFor(100 * MS);
        rig.take();
        rig.nak(IntStream.range(0, 60).toArray());
        rig.nak(IntStream.range(60, 120).toArray());
        for (int i = 0; i < 100; i++) {
            rig.supply(new byte[MAX_TSDU]);
        }
        long askedNs = rig.nowNs;
        rig.source.trySend(rig.nowNs);

        rig.runFor(1_000 * MS);

        List<SentPacket> data = rig.take(PacketType.ODATA);
        assertThat(data).isNotEmpty().allMatch(packet -> packet.atNs() - askedNs >= DataPump.MAX_DATA_WAIT_NS);
        assertThat(data.get(0).atNs() - askedNs).isLessThan(DataPump.MAX_DATA_WAIT_NS + 50 * MS);
    }

    @Test
    void theSupplyIsNotAskedForMoreThanTheWindowCanTake() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().window(1 << 20, 10, 10_000 * MS));
        rig.socketRoom = 0;
        for (int i = 0; i < 30; i++) {
            rig.supply(new byte[MAX_TSDU]);
        }

        assertThat(rig.source.trySend(rig.nowNs)).isTrue();
        assertThat(rig.supply).hasSize(20);
        rig.socketRoom = Long.MAX_VALUE;
        rig.runFor(MS);

        assertThat(rig.take(PacketType.ODATA)).hasSize(30);
        assertThat(rig.source.lead() - rig.source.trail() + 1).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, MAX_TSDU + 1})
    void aSupplierThatWritesNothingOrTooMuchIsRefused(int written) {
        SourceRig rig = SourceRig.opened();
        rig.filled = written;

        assertThatThrownBy(() -> rig.send(new byte[10]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(String.valueOf(written));
    }

    @Test
    void aSupplierMayFillAPacketToTheLastByte() {
        SourceRig rig = SourceRig.opened();
        rig.sendPackets(1);
        rig.filled = MAX_TSDU;
        rig.take();

        rig.send(new byte[10]);

        assertThat(rig.take(PacketType.ODATA).get(0).view().payloadLength()).isEqualTo(MAX_TSDU);
    }

    @Test
    void tellsForWhichNumbersEachPieceWasStored() {
        SourceRig rig = SourceRig.opened(new SourceConfigBuilder().firstSqn(-2));

        rig.send(new byte[10]);
        rig.send(new byte[3 * MAX_TSDU]);
        rig.send(new byte[10]);

        assertThat(rig.storedRanges)
                .extracting(range -> range[0] + ".." + range[1])
                .containsExactly("-2..-2", "-1..2", "3..3");
        assertThat(rig.count(SourceCounter.APDUS)).isEqualTo(3);
    }

    /** Leaves room before and after each payload, and takes a note of what it seals. */
    private static final class Seals implements PacketProtection {
        private static final int HEAD = 5;
        private static final int TAIL = 11;
        private static final int OPTION = 12;

        private final List<String> sealed = new ArrayList<>();

        @Override
        public int headroom() {
            return HEAD;
        }

        @Override
        public int tailroom() {
            return TAIL;
        }

        @Override
        public int optionBytes(PacketType type) {
            return type == PacketType.ODATA ? OPTION : 0;
        }

        @Override
        public boolean trustDataTrail() {
            return true;
        }

        @Override
        public void seal(int sqn, int wraps, ByteBuf packet, int at, int length) {
            sealed.add(sqn + " " + wraps + " " + length);
        }

        @Override
        public DecodeResult open(PacketView packet, ByteBuf out) {
            throw new AssertionError("a source opens nothing");
        }
    }

    /** Keeps some bytes free, and takes a note of what was stored. */
    private static final class Notes implements Parity {
        private final List<Integer> stored = new ArrayList<>();

        @Override
        public int groupSize() {
            return 1;
        }

        @Override
        public int tsduReserve() {
            return 3;
        }

        @Override
        public boolean holdDelivered() {
            return false;
        }

        @Override
        public void onStored(int sqn) {
            stored.add(sqn);
        }
    }

    @Test
    void protectionHasItsRoomAndSealsEachPacketOnce() {
        Seals seals = new Seals();
        Notes notes = new Notes();
        SourceRig rig =
                new SourceRig(new SourceConfigBuilder().firstSqn(-2), new SourceSpis(seals, notes, SendLimit.NONE), 0);
        rig.source.open(0);
        int taken = Seals.HEAD + Seals.TAIL + 3;
        // the option area has a header of its own
        int optionArea = 4 + Seals.OPTION;

        assertThat(rig.source.maxTsduBytes()).isEqualTo(MAX_TSDU - taken - optionArea);
        assertThat(rig.source.maxFragmentBytes()).isEqualTo(rig.source.maxTsduBytes() - 16);
        for (int i = 0; i < 3; i++) {
            rig.send(new byte[10]);
        }
        rig.nak(-2);

        assertThat(notes.stored).containsExactly(-2, -1, 0);
        assertThat(seals.sealed).hasSize(3);
        assertThat(seals.sealed.get(1)).isEqualTo("-1 0 " + (24 + Seals.HEAD + 10 + Seals.TAIL));
        assertThat(seals.sealed.get(2)).isEqualTo("0 1 " + (24 + Seals.HEAD + 10 + Seals.TAIL));
        List<SentPacket> sent = rig.take();
        assertThat(sent)
                .filteredOn(SentPacket::isData)
                .allMatch(packet -> packet.payload().length == Seals.HEAD + 10 + Seals.TAIL);
        assertThat(SourceRig.numbers(sent, PacketType.RDATA)).containsExactly(-2);
    }
}
