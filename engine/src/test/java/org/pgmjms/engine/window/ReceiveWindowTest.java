package org.pgmjms.engine.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Seeds;

/** The window against a map. */
class ReceiveWindowTest {
    private static final int MAX_PACKETS = 512;
    private static final long LIMIT = 1 << 20;

    private final WindowBudget budget = new WindowBudget(LIMIT);
    private final ReceiveWindow window = new ReceiveWindow(UnpooledByteBufAllocator.DEFAULT, budget, MAX_PACKETS);

    @AfterEach
    void givesEverythingBack() {
        window.close();
        assertThat(budget.usedBytes()).isZero();
        assertThat(window.isEmpty()).isTrue();
    }

    private static ByteBuf bytes(int sqn, int length) {
        ByteBuf bytes = Unpooled.buffer(Math.max(4, length));
        bytes.setInt(0, sqn);
        return bytes;
    }

    @Seeds(fresh = 60)
    void keepsWhatAMapKeeps(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int edge = random.nextBoolean() ? random.nextInt(-1000, 10) : Integer.MAX_VALUE - random.nextInt(1000);
        window.moveEdge(edge);
        Map<Integer, Integer> stored = new HashMap<>();
        Map<Integer, Boolean> marked = new HashMap<>();

        for (int i = 0; i < 3000; i++) {
            int sqn = edge + random.nextInt(random.nextBoolean() ? 20 : MAX_PACKETS + 20);
            boolean isFree = !stored.containsKey(sqn) && !marked.containsKey(sqn);
            boolean fits = sqn - edge < MAX_PACKETS;
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    int length = 4 + random.nextInt(100);
                    if (isFree) {
                        assertThat(window.store(sqn, bytes(sqn, length), 0, length, random.nextBoolean()))
                                .isEqualTo(fits);
                        if (fits) {
                            stored.put(sqn, length);
                        }
                    }
                }
                case 3 -> {
                    assertThat(window.mark(sqn)).isEqualTo(fits);
                    if (fits) {
                        stored.remove(sqn);
                        marked.put(sqn, true);
                    }
                }
                case 4 -> {
                    int end = random.nextInt(20) == 0 ? sqn + random.nextInt(1 << 30) : sqn + 1;
                    window.drop(sqn, end);
                    stored.keySet().removeIf(old -> old - sqn >= 0 && old - end < 0);
                    marked.keySet().removeIf(old -> old - sqn >= 0 && old - end < 0);
                }
                default -> {
                    edge += random.nextInt(10) == 0 ? random.nextInt(2 * MAX_PACKETS) : random.nextInt(5);
                    int newEdge = edge;
                    window.moveEdge(edge);
                    stored.keySet().removeIf(old -> old - newEdge < 0);
                    marked.keySet().removeIf(old -> old - newEdge < 0);
                }
            }
            check(edge, stored, marked);
        }
    }

    private void check(int edge, Map<Integer, Integer> stored, Map<Integer, Boolean> marked) {
        long bytes = 0;
        for (int sqn = edge - 2; sqn - edge < MAX_PACKETS + 2; sqn++) {
            Integer length = stored.get(sqn);
            assertThat(window.isStored(sqn)).isEqualTo(length != null);
            assertThat(window.isMarked(sqn)).isEqualTo(marked.containsKey(sqn));
            if (length != null) {
                assertThat(window.length(sqn)).isEqualTo(length);
                assertThat(window.packet(sqn).getInt(0)).isEqualTo(sqn);
                bytes += length + ReceiveWindow.PACKET_OVERHEAD_BYTES;
            }
        }
        assertThat(window.isEmpty()).isEqualTo(stored.isEmpty() && marked.isEmpty());
        assertThat(window.chargedBytes()).isEqualTo(budget.usedBytes()).isGreaterThanOrEqualTo(bytes);
    }

    @Test
    void anEmptyWindowJumpsAnyDistance() {
        int farthest = Integer.MIN_VALUE + 4;
        window.moveEdge(5);
        window.moveEdge(farthest);

        assertThat(window.edge()).isEqualTo(farthest);
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void refusesWhatTheBudgetDoesNotHold() {
        WindowBudget small = new WindowBudget(64L * ReceiveWindow.SLOT_BYTES + 100);
        ReceiveWindow tight = new ReceiveWindow(UnpooledByteBufAllocator.DEFAULT, small, MAX_PACKETS);

        assertThat(tight.store(1, bytes(1, 36), 0, 36, false)).isTrue();
        assertThat(tight.store(2, bytes(2, 1), 0, 1, false)).isFalse();

        tight.drop(1);
        assertThat(tight.store(2, bytes(2, 1), 0, 1, false)).isTrue();
        tight.close();
        assertThat(small.usedBytes()).isZero();
    }

    @Test
    void addsUpTheFragmentsOfAnApdu() {
        assertThat(store(3, 10)).isTrue();
        assertThat(window.addFragment(3, 2, 10, 20)).isTrue();
        assertThat(window.apduGot(2)).isEqualTo(10);
        assertThat(window.isStored(2)).isFalse();

        assertThat(store(2, 10)).isTrue();
        assertThat(window.addFragment(2, 2, 0, 20)).isTrue();
        assertThat(window.apduGot(2)).isEqualTo(window.apduLength(2)).isEqualTo(20);

        window.drop(3);
        assertThat(window.apduGot(2)).isEqualTo(10);
    }

    @Test
    void noticesFragmentsThatContradictEachOther() {
        store(2, 10);
        store(3, 10);
        store(4, 10);

        assertThat(window.addFragment(2, 2, 0, 20)).isTrue();
        assertThat(window.addFragment(3, 2, 10, 21)).isFalse();
        assertThat(window.addFragment(4, 2, 10, 20)).isFalse();
    }

    @Test
    void movesBackWithWhatItHolds() {
        window.moveEdge(100);
        store(100, 10);
        store(130, 10);

        assertThat(window.tryMoveBack(40)).isTrue();

        assertThat(window.edge()).isEqualTo(40);
        assertThat(window.isStored(100)).isTrue();
        assertThat(window.isStored(130)).isTrue();
        assertThat(window.tryMoveBack(130 - MAX_PACKETS)).isFalse();
    }

    @Test
    void assemblesAnApdu() {
        ApduAssembler assembler = new ApduAssembler(UnpooledByteBufAllocator.DEFAULT);
        for (int sqn = 7; sqn < 10; sqn++) {
            store(sqn, 6);
            window.addFragment(sqn, 7, (sqn - 7) * 6, 18);
        }

        ByteBuf apdu = assembler.assemble(window, 7);

        assertThat(apdu).isNotNull();
        assertThat(apdu.readableBytes()).isEqualTo(18);
        assertThat(apdu.getInt(6)).isEqualTo(8);
        assertThat(assembler.lastSqn()).isEqualTo(9);
        assertThat(assembler.isRepaired()).isFalse();
        assembler.close();
    }

    @Test
    void refusesFragmentsThatDoNotFitTogether() {
        ApduAssembler assembler = new ApduAssembler(UnpooledByteBufAllocator.DEFAULT);
        store(7, 6);
        window.addFragment(7, 7, 0, 12);
        store(8, 6);
        window.addFragment(8, 7, 5, 12);

        assertThat(assembler.assemble(window, 7)).isNull();
        assembler.close();
    }

    private boolean store(int sqn, int length) {
        return window.store(sqn, bytes(sqn, length), 0, length, false);
    }
}
