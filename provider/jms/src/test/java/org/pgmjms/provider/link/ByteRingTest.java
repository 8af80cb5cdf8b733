package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Seeds;

class ByteRingTest {
    private static final int LENGTH_BYTES = 4;

    @Seeds
    void keepsWhatAQueueKeepsAndHasRoomForAllThatWasReserved(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int capacity = 400 + random.nextInt(1_600);
        int longest = capacity / 16 - LENGTH_BYTES;
        ByteRing ring = new ByteRing(capacity);
        ArrayDeque<byte[]> model = new ArrayDeque<>();
        List<Integer> reserved = new ArrayList<>();
        int refused = 0;

        for (int i = 0; i < 20_000; i++) {
            int dice = random.nextInt(8);
            if (dice < 3) {
                int length = random.nextInt(longest + 1);
                boolean granted = ring.tryReserve(ByteRing.recordBytes(length));
                if (granted) {
                    reserved.add(length);
                } else {
                    refused++;
                }
            } else if (dice < 6 && !reserved.isEmpty()) {
                int length = reserved.remove(random.nextInt(reserved.size()));
                if (dice == 3) {
                    ring.release(ByteRing.recordBytes(length));
                    continue;
                }
                byte[] record = new byte[length];
                random.nextBytes(record);
                ring.buffer().setBytes(ring.publish(length), record);
                model.add(record);
            } else if (!model.isEmpty()) {
                byte[] stored = new byte[ring.firstLength()];
                ring.buffer().getBytes(ring.first(), stored);
                assertThat(stored).isEqualTo(model.remove());
                ring.removeFirst();
            }
            assertThat(ring.isEmpty()).isEqualTo(model.isEmpty());
            assertThat(ring.reservedBytes())
                    .isEqualTo(reserved.stream().mapToInt(ByteRing::recordBytes).sum());
        }

        assertThat(refused).isPositive();
    }

    @Test
    void givesOutAllButASixteenth() {
        ByteRing ring = new ByteRing(1_600);

        assertThat(ring.tryReserve(1_501)).isFalse();
        assertThat(ring.tryReserve(1_500)).isTrue();
        assertThat(ring.tryReserve(1)).isFalse();
        ring.release(10);
        assertThat(ring.tryReserve(10)).isTrue();

        for (int i = 0; i < 15; i++) {
            ring.publish(96);
        }
        assertThat(ring.usedBytes()).isEqualTo(1_500);
        assertThat(ring.reservedBytes()).isZero();
        assertThat(ring.tryReserve(1)).isFalse();
    }

    @Test
    void takesNothingWithoutAReservationAndNothingTooLong() {
        ByteRing ring = new ByteRing(1_600);

        assertThatThrownBy(() -> ring.publish(0)).isInstanceOf(IllegalStateException.class);
        assertThat(ring.tryReserve(1_000)).isTrue();
        assertThatThrownBy(() -> ring.publish(97)).isInstanceOf(IllegalStateException.class);
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void fitsWhatIsASixteenthWhenAQuarterIsFree() {
        SplittableRandom random = new SplittableRandom(5);
        ByteRing ring = new ByteRing(1_600);

        for (int i = 0; i < 10_000; i++) {
            int length = random.nextInt(97);
            if (ring.usedBytes() <= 1_200) {
                assertThat(ring.tryReserve(100)).isTrue();
                ring.release(100);
            }
            if (random.nextBoolean()) {
                if (ring.tryReserve(ByteRing.recordBytes(length))) {
                    ring.publish(length);
                }
            } else if (!ring.isEmpty()) {
                ring.removeFirst();
            }
        }
    }
}
