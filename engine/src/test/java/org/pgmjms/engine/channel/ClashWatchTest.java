package org.pgmjms.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which of two sources of one name gives it up. */
class ClashWatchTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void whoHasJustComeGivesUpAfterThreePackets() {
        ClashWatch watch = new ClashWatch(10 * SECOND);

        assertThat(watch.onPacket(11 * SECOND)).isFalse();
        assertThat(watch.onPacket(11 * SECOND)).isFalse();
        assertThat(watch.onPacket(11 * SECOND)).isTrue();
        assertThat(watch.onPacket(11 * SECOND)).isFalse();
    }

    @Test
    void whoWasThereFirstWaitsForTheOtherOneToGiveUp() {
        ClashWatch watch = new ClashWatch(0);
        for (int i = 0; i < 1000; i++) {
            assertThat(watch.onPacket(10 * SECOND + i)).isFalse();
        }

        assertThat(watch.onPacket(13 * SECOND)).isTrue();
    }

    @Test
    void packetsThatAreFarApartAreNoClash() {
        ClashWatch watch = new ClashWatch(0);

        for (int i = 1; i < 100; i++) {
            assertThat(watch.onPacket(i * 31 * SECOND)).isFalse();
        }
    }

    @Test
    void theTimeMayPassItsLargestValue() {
        ClashWatch watch = new ClashWatch(Long.MAX_VALUE - SECOND);

        watch.onPacket(Long.MIN_VALUE);
        watch.onPacket(Long.MIN_VALUE);

        assertThat(watch.onPacket(Long.MIN_VALUE + 1)).isTrue();
    }
}
