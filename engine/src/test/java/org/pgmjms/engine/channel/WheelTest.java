package org.pgmjms.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.NanoClock;

/** What a visitor and an agent can do between two steps of each other, which {@link VisitorTest} meets once in thousands. */
class WheelTest {
    private static final int VISITS = 20_000;
    /** The agent takes the wheel back after one of so many delays, so that the visitor comes before, after and meanwhile. */
    private static final int DELAYS = 50;

    private final Wheel wheel = new Wheel();
    private volatile int visits;

    /** Lets go of the wheel when it is wanted, and takes it back soon, as each nap is over at once. */
    private void standBy() {
        AtomicLong nowNs = new AtomicLong();
        NanoClock clock = () -> nowNs.addAndGet(Wheel.NAP_NS);
        for (int i = 0; visits < VISITS; i++) {
            int delay = i % DELAYS;
            if (wheel.isWanted()) {
                wheel.standBy(clock, () -> {
                    for (int spin = delay; spin > 0; spin--) {
                        Thread.onSpinWait();
                    }
                    return false;
                });
            } else {
                Thread.yield();
            }
        }
    }

    @Test
    void whoAsksWhileTheAgentTakesTheWheelBackComesNext() {
        CompletableFuture<Void> agent = CompletableFuture.runAsync(this::standBy);

        for (int visit = 1; visit <= VISITS; visit++) {
            while (!wheel.tryEnter()) {
                LockSupport.park(this);
            }
            visits = visit;
            wheel.leave(true, AgentThread.NEVER, () -> false);
        }

        agent.join();
        assertThat(visits).isEqualTo(VISITS);
    }
}
