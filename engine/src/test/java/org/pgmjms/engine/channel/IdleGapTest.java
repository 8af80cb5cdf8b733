package org.pgmjms.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When callers send by themselves. */
class IdleGapTest {
    private static final long GAP_NS = 25_000;
    private static final long SEND_NS = 8_000;

    private final IdleGap gap = new IdleGap(GAP_NS);
    private long nowNs = Long.MAX_VALUE - 2 * GAP_NS;

    @Test
    void isIdleBeforeAnythingWasSent() {
        assertThat(gap.isIdle(nowNs)).isTrue();
    }

    @Test
    void letsAFewGoAtOnceAndThenOnlyThoseAGapApart() {
        assertThat(sendWhileIdle()).isEqualTo(5);

        nowNs += GAP_NS;
        assertThat(sendWhileIdle()).isEqualTo(1);
    }

    @Test
    void isNeverBusyForThoseWhoComeSlowly() {
        for (int i = 0; i < 100; i++) {
            assertThat(gap.isIdle(nowNs)).as("send %s", i).isTrue();
            send(SEND_NS);
            nowNs += GAP_NS;
        }
    }

    @Test
    void makesAFastProducerQueueHoweverLongSendsTake() {
        for (int i = 0; i < 100; i++) {
            send(4 * GAP_NS);
        }

        assertThat(gap.isIdle(nowNs)).isFalse();
    }

    @Test
    void isIdleSoonAfterALongBurst() {
        send(1000 * GAP_NS);
        assertThat(gap.isIdle(nowNs)).isTrue();
        for (int i = 0; i < 1000; i++) {
            send(SEND_NS);
        }
        assertThat(gap.isIdle(nowNs)).isFalse();

        nowNs += GAP_NS;
        assertThat(gap.isIdle(nowNs)).isTrue();
    }

    @Test
    void isAlwaysIdleWithoutAGap() {
        IdleGap none = new IdleGap(0);
        for (int i = 0; i < 10; i++) {
            none.onSent(nowNs, nowNs + SEND_NS);
            nowNs += SEND_NS;
            assertThat(none.isIdle(nowNs)).isTrue();
        }
    }

    private int sendWhileIdle() {
        int count = 0;
        while (gap.isIdle(nowNs)) {
            send(SEND_NS);
            count++;
        }
        return count;
    }

    private void send(long tookNs) {
        gap.onSent(nowNs, nowNs + tookNs);
        nowNs += tookNs;
    }
}
