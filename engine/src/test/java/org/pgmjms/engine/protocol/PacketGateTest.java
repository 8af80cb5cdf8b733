package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A rate of packets with a burst. */
class PacketGateTest {
    private static final long SECOND_NS = 1_000_000_000;
    private static final long INTERVAL_NS = SECOND_NS / 100;
    private static final long START_NS = Math.subtractExact(Long.MAX_VALUE, 3);

    private final PacketGate gate = new PacketGate(100, 5, START_NS);

    @Test
    void opensWithAFullBurst() {
        assertThat(gate.available(START_NS)).isEqualTo(5);
    }

    @Test
    void fillsUpToTheBurstAndNoFurther() {
        gate.take(5, START_NS);
        assertThat(gate.available(START_NS)).isZero();

        assertThat(gate.available(START_NS + INTERVAL_NS - 1)).isZero();
        assertThat(gate.available(START_NS + INTERVAL_NS)).isEqualTo(1);
        assertThat(gate.available(START_NS + 5 * INTERVAL_NS)).isEqualTo(5);
        assertThat(gate.available(START_NS + SECOND_NS)).isEqualTo(5);
    }

    @Test
    void aLongSilenceIsWorthOneBurst() {
        long laterNs = START_NS + 10 * SECOND_NS;

        gate.take(3, laterNs);

        assertThat(gate.available(laterNs)).isEqualTo(2);
    }

    @Test
    void saysWhenTheNextOneMayGo() {
        gate.take(5, START_NS);

        assertThat(gate.nextNs()).isEqualTo(START_NS + INTERVAL_NS);
        gate.take(1, START_NS + INTERVAL_NS);
        assertThat(gate.nextNs()).isEqualTo(START_NS + 2 * INTERVAL_NS);
    }
}
