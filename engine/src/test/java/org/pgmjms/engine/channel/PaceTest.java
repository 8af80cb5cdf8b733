package org.pgmjms.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When an agent naps. */
class PaceTest {
    private final Pace pace = new Pace();
    private long nowNs = Long.MAX_VALUE - 3 * Pace.GAP_NS;

    PaceTest() {
        after(0, 0);
    }

    @Test
    void isBusyWhenPacketsComeThickForSomeCycles() {
        for (int cycle = 1; cycle < Pace.STREAK; cycle++) {
            assertThat(after(1, Pace.GAP_NS - 1)).as("cycle %s", cycle).isFalse();
        }
        assertThat(after(1, Pace.GAP_NS - 1)).isTrue();
        assertThat(after(4, 4 * Pace.GAP_NS - 1)).isTrue();
    }

    @Test
    void isNotBusyWhenPacketsComeThin() {
        for (int cycle = 0; cycle < 3 * Pace.STREAK; cycle++) {
            assertThat(after(2, 2 * Pace.GAP_NS)).isFalse();
        }
    }

    @Test
    void isNotBusyAnyMoreAfterOneCycleWithoutPackets() {
        makeBusy();

        assertThat(after(0, 1)).isFalse();
        assertThat(after(1, 1)).isFalse();
    }

    @Test
    void isNotBusyAnyMoreAfterAPause() {
        makeBusy();

        assertThat(after(1, 100 * Pace.GAP_NS)).isFalse();
    }

    @Test
    void napsAsLongAsAskedForWhileFewPacketsCome() {
        assertThat(Pace.stretch(20_000, 0)).isEqualTo(20_000);
        assertThat(Pace.stretch(20_000, Pace.PACKETS)).isEqualTo(20_000);
    }

    @Test
    void napsLongerTheMorePacketsCome() {
        assertThat(Pace.stretch(20_000, 4 * Pace.PACKETS)).isEqualTo(80_000);
        assertThat(Pace.stretch(20_000, 1000)).isEqualTo(Pace.LONGEST_NAP_NS);
    }

    @Test
    void neverNapsWhereNapsAreOffNorShorterThanAskedFor() {
        assertThat(Pace.stretch(0, 1000)).isZero();
        assertThat(Pace.stretch(1_000_000, 1000)).isEqualTo(1_000_000);
    }

    @Test
    void spinsForAWhileAfterPackets() {
        assertThat(pace.isSpinning(0, nowNs, 100)).isFalse();
        assertThat(pace.isSpinning(1, nowNs, 100)).isTrue();
        assertThat(pace.isSpinning(0, nowNs + 99, 100)).isTrue();
        assertThat(pace.isSpinning(0, nowNs + 100, 100)).isFalse();
        assertThat(pace.isSpinning(2, nowNs + 200, 100)).isTrue();
    }

    @Test
    void neverSpinsUnlessAskedTo() {
        assertThat(pace.isSpinning(1, nowNs, 0)).isFalse();
    }

    private void makeBusy() {
        for (int cycle = 0; cycle < Pace.STREAK; cycle++) {
            after(1, 1);
        }
        assertThat(after(1, 1)).isTrue();
    }

    private boolean after(int packets, long elapsedNs) {
        nowNs += elapsedNs;
        return pace.isBusy(packets, nowNs);
    }
}
