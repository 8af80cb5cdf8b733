package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.EndReason;

/** What is remembered of ended sessions, for how long, and how many. */
class TombstonesTest {
    private static final long EXPIRY_NS = 60_000_000_000L;
    /** The clock wraps while these tests run; drawn from a method, as the compiler would refuse constants that do. */
    private static final long START_NS = Math.subtractExact(Long.MAX_VALUE, EXPIRY_NS);

    private final Tombstones tombstones = new Tombstones(EXPIRY_NS);

    @Test
    void aClosedSessionIsForgottenAfterFiveExpiries() {
        tombstones.add(1, EndReason.FIN, 7, START_NS);

        assertThat(tombstones.find(1, START_NS + 5 * EXPIRY_NS - 1)).isNotNull();
        assertThat(tombstones.find(1, START_NS + 5 * EXPIRY_NS)).isNull();
    }

    @Test
    void aSilentSessionIsRememberedHoweverLongItIsSilent() {
        tombstones.add(1, EndReason.EXPIRED, 7, 0);

        assertThat(tombstones.find(1, 1000 * EXPIRY_NS)).isEqualTo(new Tombstones.Tombstone(EndReason.EXPIRED, 7, 0));
    }

    @Test
    void aSessionThatLivesHasNoTombstone() {
        tombstones.add(1, EndReason.FIN, 7, 0);

        tombstones.remove(1);

        assertThat(tombstones.find(1, 0)).isNull();
    }

    @Test
    void whenThereAreTooManyClosedOnesGoBeforeSilentOnes() {
        tombstones.add(-1, EndReason.EXPIRED, 0, 0);
        for (int tsi = 0; tsi < 10_000; tsi++) {
            tombstones.add(tsi, EndReason.FIN, 0, tsi * 1_000_000L);
        }

        int kept = 0;
        for (int tsi = 0; tsi < 10_000; tsi++) {
            kept += tombstones.find(tsi, 10_000_000_000L) == null ? 0 : 1;
        }
        assertThat(kept).isEqualTo(4095);
        assertThat(tombstones.find(-1, 10_000_000_000L)).isNotNull();
        assertThat(tombstones.find(9_999, 10_000_000_000L)).isNotNull();
    }
}
