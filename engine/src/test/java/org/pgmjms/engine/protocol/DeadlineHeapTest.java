package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Seeds;

/** The heap against a list that is sorted whenever it is asked. */
class DeadlineHeapTest {
    private static final class Timer implements Timed {
        private long deadlineNs;
        private int heapIndex = NOWHERE;

        @Override
        public long deadlineNs() {
            return deadlineNs;
        }

        @Override
        public int heapIndex() {
            return heapIndex;
        }

        @Override
        public void heapIndex(int index) {
            heapIndex = index;
        }
    }

    @Seeds(fresh = 50)
    void answersTheEarliest(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long originNs = random.nextBoolean() ? Long.MAX_VALUE - 50 : random.nextLong();
        DeadlineHeap<Timer> heap = new DeadlineHeap<>();
        List<Timer> model = new ArrayList<>();

        for (int i = 0; i < 2000; i++) {
            int action = random.nextInt(4);
            if (action < 2 || model.isEmpty()) {
                Timer timer = new Timer();
                timer.deadlineNs = originNs + random.nextInt(100);
                model.add(timer);
                heap.put(timer);
            } else if (action == 2) {
                Timer timer = model.get(random.nextInt(model.size()));
                timer.deadlineNs = originNs + random.nextInt(100);
                heap.put(timer);
            } else {
                heap.remove(model.remove(random.nextInt(model.size())));
            }
            check(heap, model, originNs);
        }
    }

    private static void check(DeadlineHeap<Timer> heap, List<Timer> model, long originNs) {
        assertThat(heap.size()).isEqualTo(model.size());
        if (model.isEmpty()) {
            assertThat(heap.peek()).isNull();
            return;
        }
        long earliestNs = model.stream()
                .min(Comparator.comparingLong(timer -> timer.deadlineNs - originNs))
                .orElseThrow()
                .deadlineNs;
        assertThat(heap.nextDeadlineNs()).isEqualTo(earliestNs);
        assertThat(heap.isDue(earliestNs)).isTrue();
        assertThat(heap.isDue(earliestNs - 1)).isFalse();
    }

    @Test
    void removingWhatIsNotInDoesNothing() {
        DeadlineHeap<Timer> heap = new DeadlineHeap<>();
        Timer timer = new Timer();
        heap.put(timer);

        heap.remove(timer);
        heap.remove(timer);

        assertThat(heap.size()).isZero();
        assertThat(heap.nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);
    }
}
