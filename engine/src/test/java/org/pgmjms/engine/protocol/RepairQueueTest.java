package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;

class RepairQueueTest {

    @Test
    void takesEachNumberOnce() {
        RepairQueue queue = new RepairQueue(100);

        assertThat(queue.add(5)).isTrue();
        assertThat(queue.add(5)).isFalse();

        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void givesTheOldestFirst() {
        RepairQueue queue = new RepairQueue(100);
        queue.add(7);
        queue.add(3);
        queue.add(90);

        assertThat(queue.poll()).isEqualTo(3);
        assertThat(queue.poll()).isEqualTo(7);
        assertThat(queue.peek()).isEqualTo(90);
        assertThat(queue.poll()).isEqualTo(90);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void keepsTheOrderAcrossTheWrap() {
        RepairQueue queue = new RepairQueue(100);
        queue.add(2);
        queue.add(-2);
        queue.add(0);

        assertThat(queue.poll()).isEqualTo(-2);
        assertThat(queue.poll()).isZero();
        assertThat(queue.poll()).isEqualTo(2);
    }

    @Test
    void forgetsWhatLeftTheWindow() {
        RepairQueue queue = new RepairQueue(100);
        queue.add(1);
        queue.add(2);
        queue.add(50);

        assertThat(queue.removeBefore(50)).isEqualTo(2);

        assertThat(queue.contains(2)).isFalse();
        assertThat(queue.poll()).isEqualTo(50);
    }

    @Seeds(fresh = 60)
    void agreesWithASortedSet(long seed) {
        Gen gen = new Gen(seed);
        int window = 1 + gen.below(3_000);
        RepairQueue queue = new RepairQueue(window);
        TreeSet<Long> model = new TreeSet<>();
        long trail = gen.sqn();

        for (int step = 0; step < 5_000; step++) {
            long number = trail + gen.below(window);
            switch (gen.below(6)) {
                case 0 -> {
                    trail += gen.below(gen.oneIn(10) ? window * 2 : 5);
                    int removed = model.headSet(trail).size();
                    model.headSet(trail).clear();
                    assertThat(queue.removeBefore((int) trail)).isEqualTo(removed);
                }
                case 1 -> {
                    if (!model.isEmpty()) {
                        assertThat(queue.peek()).isEqualTo(model.first().intValue());
                        assertThat(queue.poll()).isEqualTo(model.pollFirst().intValue());
                    }
                }
                default -> assertThat(queue.add((int) number)).isEqualTo(model.add(number));
            }
            assertThat(queue.size()).isEqualTo(model.size());
            assertThat(queue.contains((int) number)).isEqualTo(model.contains(number));
        }
    }
}
