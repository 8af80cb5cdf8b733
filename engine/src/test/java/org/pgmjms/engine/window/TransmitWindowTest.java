package org.pgmjms.engine.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.CountingStore;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;

class TransmitWindowTest {
    private static final int CHUNK_BYTES = 4096;
    private static final int MAX_LENGTH = 1000;
    private static final long AGE_NS = 1_000;

    private final CountingStore store = new CountingStore();
    private final Set<Integer> pinned = new HashSet<>();

    @Test
    void isEmptyBeforeTheFirstPacket() {
        TransmitWindow window = window(10_000, 100, 7);

        assertThat(window.trail()).isEqualTo(7);
        assertThat(window.sentLead()).isEqualTo(6);
        assertThat(window.lead()).isEqualTo(6);
        assertThat(window.size()).isZero();
        assertThat(window.contains(7)).isFalse();
        assertThat(store.taken()).isZero();
    }

    @Test
    void laysPacketsOneBehindAnother() {
        TransmitWindow window = window(10_000, 100, 0);

        store(window, 300, 0);
        store(window, 200, 0);
        store(window, 100, 0);

        assertThat(window.offset(0)).isZero();
        assertThat(window.offset(1)).isEqualTo(300);
        assertThat(window.offset(2)).isEqualTo(500);
        assertThat(window.buffer(0)).isSameAs(window.buffer(2));
    }

    @Test
    void takesAnotherChunkWhenTheLongestPacketWouldNotFit() {
        TransmitWindow window = window(100_000, 100, 0);

        for (int i = 0; i < 5; i++) {
            store(window, 800, 0);
        }

        assertThat(window.buffer(3)).isSameAs(window.buffer(0));
        assertThat(window.offset(3)).isEqualTo(2400);
        assertThat(window.buffer(4)).isNotSameAs(window.buffer(0));
        assertThat(window.offset(4)).isZero();
    }

    @Test
    void keepsWhatWasNotSent() {
        TransmitWindow window = window(10_000, 3, 0);
        store(window, 10, 0);
        store(window, 10, 0);
        store(window, 10, 0);

        assertThat(window.makeRoom(MAX_LENGTH, 10 * AGE_NS)).isFalse();
        window.evictAged(10 * AGE_NS);

        assertThat(window.size()).isEqualTo(3);
        assertThat(window.unsentSize()).isEqualTo(3);
        assertThat(window.contains(0)).isFalse();
    }

    @Test
    void countsAgeFromTheMomentOfSending() {
        TransmitWindow window = window(10_000, 3, 0);
        store(window, 10, 0);
        window.markNextSent(500);

        window.evictAged(500 + AGE_NS);
        assertThat(window.size()).isEqualTo(1);

        window.evictAged(501 + AGE_NS);
        assertThat(window.size()).isZero();
    }

    @Test
    void keepsPinnedPacketsHalfAsLongAgain() {
        TransmitWindow window = window(10_000, 3, 0);
        send(window, 10, 0);
        send(window, 10, 0);
        pinned.add(0);

        window.evictAged(AGE_NS * 3 / 2);
        assertThat(window.trail()).isZero();

        window.evictAged(AGE_NS * 3 / 2 + 1);
        assertThat(window.size()).isZero();
    }

    @Test
    void makesNoRoomAtTheCostOfAPinnedPacket() {
        TransmitWindow window = window(10_000, 2, 0);
        send(window, 10, 0);
        send(window, 10, 0);
        pinned.add(0);

        assertThat(window.makeRoom(MAX_LENGTH, 1)).isFalse();
        pinned.clear();
        assertThat(window.makeRoom(MAX_LENGTH, 1)).isTrue();

        assertThat(window.trail()).isEqualTo(1);
    }

    @Test
    void takesOnePacketHoweverSmallItIs() {
        TransmitWindow window = window(1, 1, 0);

        send(window, 900, 0);
        send(window, 900, 0);

        assertThat(window.trail()).isEqualTo(1);
        assertThat(window.lead()).isEqualTo(1);
    }

    @Test
    void givesMemoryBackWhenPacketsAgeAndAllOfItInTheEnd() {
        TransmitWindow window = window(1_000_000, 10_000, 0);
        for (int i = 0; i < 100; i++) {
            send(window, 1000, 0);
        }
        int full = store.out();

        window.evictAged(2 * AGE_NS);
        int aged = store.out();
        window.close();

        assertThat(full).isEqualTo(25);
        assertThat(aged).isLessThanOrEqualTo(2);
        assertThat(store.out()).isZero();
    }

    @Test
    void takesNoNewMemoryOnceItIsFull() {
        TransmitWindow window = window(20_000, 10_000, 0);
        for (int i = 0; i < 100; i++) {
            send(window, 1000, 0);
        }
        int taken = store.taken();

        for (int i = 0; i < 10_000; i++) {
            send(window, 1000, 0);
        }

        assertThat(store.taken()).isEqualTo(taken);
    }

    @Test
    void findsTheFirstPacketSentSinceATime() {
        TransmitWindow window = window(10_000, 100, -3);
        for (int i = 0; i < 10; i++) {
            send(window, 10, i * 10L);
        }

        assertThat(window.firstSentSince(-1)).isEqualTo(-3);
        assertThat(window.firstSentSince(30)).isZero();
        assertThat(window.firstSentSince(31)).isEqualTo(1);
        assertThat(window.firstSentSince(91)).isEqualTo(7);
    }

    @Seeds(fresh = 60)
    void agreesWithASimpleModel(long seed) {
        Gen gen = new Gen(seed);
        Model model = new Model(gen);

        for (int step = 0; step < 3_000; step++) {
            model.step();
            model.check();
        }

        model.window.close();
        assertThat(model.chunks.out()).isZero();
    }

    @Test
    void keepsWhatItKnowsOfPacketsWhileItGrows() {
        int first = -100;
        int count = 600;
        TransmitWindow window = window(1_000_000, 1_000, first);
        List<Integer> offsets = new ArrayList<>();
        List<ByteBuf> buffers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            send(window, 1 + i % 90, i);
            window.attend(first + i, 10_000 + i);
            offsets.add(window.offset(first + i));
            buffers.add(window.buffer(first + i));
        }

        for (int i = 0; i < count; i++) {
            int sqn = first + i;
            assertThat(window.length(sqn)).isEqualTo(1 + i % 90);
            assertThat(window.sentAtNs(sqn)).isEqualTo(i);
            assertThat(window.attendedAtNs(sqn)).isEqualTo(10_000 + i);
            assertThat(window.offset(sqn)).isEqualTo(offsets.get(i));
            assertThat(window.buffer(sqn)).isSameAs(buffers.get(i));
        }
        assertThat(window.bounds().maxPackets()).isEqualTo(1_000);
    }

    private TransmitWindow window(long maxBytes, int maxPackets, int firstSqn) {
        WindowBounds bounds = new WindowBounds(maxBytes, maxPackets, AGE_NS);
        return new TransmitWindow(store, CHUNK_BYTES, bounds, firstSqn, pinned::contains);
    }

    private static void store(TransmitWindow window, int length, long nowNs) {
        assertThat(window.makeRoom(MAX_LENGTH, nowNs)).isTrue();
        window.append(length, nowNs);
    }

    private static void send(TransmitWindow window, int length, long nowNs) {
        store(window, length, nowNs);
        window.markNextSent(nowNs);
    }

    /** A window of bytes in a map, by numbers that do not wrap. */
    private static final class Model {
        private static final class Packet {
            private final byte[] bytes;
            private long sentAtNs;

            private Packet(byte[] bytes, long sentAtNs) {
                this.bytes = bytes;
                this.sentAtNs = sentAtNs;
            }
        }

        private final Gen gen;
        private final CountingStore chunks = new CountingStore();
        private final Set<Integer> pins = new HashSet<>();
        private final NavigableMap<Long, Packet> packets = new TreeMap<>();
        private final WindowBounds bounds;
        private final TransmitWindow window;

        private long nextNumber;
        private long sentLead;
        private long nowNs;

        private Model(Gen gen) {
            this.gen = gen;
            int firstSqn = gen.sqn();
            bounds = new WindowBounds(
                    1 + gen.below(gen.oneIn(2) ? 5_000 : 200_000), 1 + gen.below(gen.oneIn(2) ? 20 : 2_000), AGE_NS);
            window = new TransmitWindow(chunks, CHUNK_BYTES, bounds, firstSqn, pins::contains);
            nextNumber = firstSqn;
            sentLead = nextNumber - 1;
        }

        private void step() {
            nowNs += gen.below(4) == 0 ? gen.below(gen.oneIn(20) ? 2_000 : 20) : 0;
            switch (gen.below(8)) {
                case 0 -> age();
                case 1 -> pin();
                case 2 -> pins.clear();
                case 3, 4, 5 -> append();
                default -> send();
            }
        }

        private void age() {
            window.evictAged(nowNs);
            while (!packets.isEmpty() && packets.firstKey() <= sentLead && isTooOld(packets.firstKey())) {
                packets.pollFirstEntry();
            }
        }

        private boolean isTooOld(long number) {
            long ageNs = nowNs - packets.get(number).sentAtNs;
            return ageNs > (pins.contains((int) number) ? AGE_NS * 3 / 2 : AGE_NS);
        }

        private void pin() {
            if (!packets.isEmpty()) {
                pins.add((int) (packets.firstKey() + gen.below(packets.size())));
            }
        }

        private void send() {
            if (sentLead + 1 < nextNumber) {
                sentLead++;
                packets.get(sentLead).sentAtNs = nowNs;
                window.markNextSent(nowNs);
            }
        }

        private void append() {
            int max = 1 + gen.below(MAX_LENGTH);
            boolean made = window.makeRoom(max, nowNs);
            boolean expected = makeRoom(max);
            assertThat(made).isEqualTo(expected);
            if (!expected) {
                return;
            }
            byte[] bytes = gen.bytes(1 + gen.below(max));
            window.nextBuffer().setBytes(window.nextOffset(), bytes);
            assertThat(window.append(bytes.length, nowNs)).isEqualTo((int) nextNumber);
            packets.put(nextNumber++, new Packet(bytes, nowNs));
        }

        private boolean makeRoom(int max) {
            while (!packets.isEmpty() && (packets.size() >= bounds.maxPackets() || bytes() + max > bounds.maxBytes())) {
                long oldest = packets.firstKey();
                boolean isStuck = pins.contains((int) oldest) && nowNs - packets.get(oldest).sentAtNs <= AGE_NS * 3 / 2;
                if (oldest > sentLead || isStuck) {
                    return false;
                }
                packets.remove(oldest);
            }
            return true;
        }

        private long bytes() {
            return packets.values().stream()
                    .mapToLong(packet -> packet.bytes.length)
                    .sum();
        }

        private void check() {
            long trail = packets.isEmpty() ? nextNumber : packets.firstKey();
            assertThat(window.trail()).isEqualTo((int) trail);
            assertThat(window.sentLead()).isEqualTo((int) sentLead);
            assertThat(window.lead()).isEqualTo((int) (nextNumber - 1));
            assertThat(window.bytes()).isEqualTo(bytes());
            assertThat(window.contains((int) trail - 1)).isFalse();
            assertThat(window.contains((int) sentLead + 1)).isFalse();
            assertThat(window.chunksHeld()).isLessThanOrEqualTo(packets.size() + 2);
            for (long number : sample(trail)) {
                Packet packet = packets.get(number);
                int sqn = (int) number;
                assertThat(window.contains(sqn)).isEqualTo(number <= sentLead);
                assertThat(window.length(sqn)).isEqualTo(packet.bytes.length);
                assertThat(window.sentAtNs(sqn)).isEqualTo(packet.sentAtNs);
                assertThat(bytes(sqn)).isEqualTo(packet.bytes);
            }
        }

        /** The ends and a few between. */
        private List<Long> sample(long trail) {
            List<Long> numbers = new ArrayList<>();
            if (!packets.isEmpty()) {
                numbers.add(trail);
                numbers.add(nextNumber - 1);
                numbers.add(trail + gen.below(packets.size()));
            }
            return numbers;
        }

        private byte[] bytes(int sqn) {
            ByteBuf buffer = window.buffer(sqn);
            byte[] bytes = new byte[window.length(sqn)];
            buffer.getBytes(window.offset(sqn), bytes);
            return bytes;
        }
    }
}
