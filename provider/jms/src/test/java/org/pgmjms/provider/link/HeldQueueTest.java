package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeldQueueTest {
    private static final int SEEDS = 50;
    private static final int STEPS = 400;
    private static final Comparator<Held> BY_POSITION =
            Comparator.comparingLong(Held::position).thenComparingLong(Held::order);

    @Test
    void behavesLikeASortedListWhateverTheOrderOfArrival() {
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            HeldQueue queue = new HeldQueue(Held::position);
            List<Held> model = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(3) > 0) {
                    int position = random.nextInt(4) > 0 ? step : random.nextInt(STEPS);
                    Held held = Held.headsEnd(1, false, position, step);
                    queue.add(held);
                    model.add(held);
                    model.sort(BY_POSITION);
                } else {
                    assertThat(queue.poll()).isSameAs(model.isEmpty() ? null : model.remove(0));
                }
                assertThat(queue.peek()).isSameAs(model.isEmpty() ? null : model.get(0));
                assertThat(queue.size()).isEqualTo(model.size());
                assertThat(queue.isEmpty()).isEqualTo(model.isEmpty());
            }
        }
    }

    @Test
    void takesOutWhatIsNotWantedWhereverItLies() {
        HeldQueue queue = new HeldQueue(Held::position);
        for (int position : new int[] {1, 5, 3, 7, 2}) {
            queue.add(Held.headsEnd(1, false, position, position));
        }

        queue.removeIf(held -> held.position() == 5 || held.position() == 2);

        List<Long> left = new ArrayList<>();
        for (Held next = queue.poll(); next != null; next = queue.poll()) {
            left.add(next.position());
        }
        assertThat(left).containsExactly(1L, 3L, 7L);
    }
}
