package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Seeds;

class ByteRingTest {

    @Seeds
    void keepsWhatAQueueKeeps(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ByteRing ring = new ByteRing(200 + random.nextInt(300));
        ArrayDeque<byte[]> model = new ArrayDeque<>();
        int refused = 0;

        for (int i = 0; i < 5_000; i++) {
            if (random.nextBoolean()) {
                byte[] record = new byte[random.nextInt(60)];
                random.nextBytes(record);
                boolean fits = ring.fits(record.length);
                int at = ring.add(record.length);
                assertThat(at >= 0).isEqualTo(fits);
                if (fits) {
                    ring.buffer().setBytes(at, record);
                    model.add(record);
                } else {
                    refused++;
                }
            } else if (!model.isEmpty()) {
                byte[] stored = new byte[ring.firstLength()];
                ring.buffer().getBytes(ring.first(), stored);
                assertThat(stored).isEqualTo(model.remove());
                ring.removeFirst();
            }
            assertThat(ring.isEmpty()).isEqualTo(model.isEmpty());
        }

        assertThat(refused).isPositive();
    }

    @Test
    void hasRoomForItsCapacityAndNoMore() {
        ByteRing ring = new ByteRing(64);

        assertThat(ring.fits(61)).isFalse();
        assertThat(ring.add(60)).isEqualTo(4);

        assertThat(ring.usedBytes()).isEqualTo(64);
        assertThat(ring.add(0)).isNegative();
    }

    @Test
    void fitsWhatIsASixteenthWhenAQuarterIsFree() {
        SplittableRandom random = new SplittableRandom(5);
        ByteRing ring = new ByteRing(1_600);

        for (int i = 0; i < 10_000; i++) {
            if (ring.usedBytes() <= 1_200) {
                assertThat(ring.fits(96)).isTrue();
            }
            if (random.nextInt(2) == 0) {
                ring.add(random.nextInt(97));
            } else if (!ring.isEmpty()) {
                ring.removeFirst();
            }
        }
    }
}
