package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.testing.Call;
import org.pgmjms.provider.testing.VirtualClock;

class SignalTest {
    private static final long DEADLINE_NS = Duration.ofSeconds(1).toNanos();

    private final VirtualClock clock = new VirtualClock();
    private final Signal signal = new Signal();

    @Test
    void anAnnouncementCountsAlthoughALockHasUsedUpThePermit() throws Exception {
        signal.prepare();
        Call<Void> announcing = Call.of(signal::announce);
        LockSupport.park(this);
        announcing.result();

        signal.await(clock);
        signal.awaitUntil(clock, clock.nowNs() + DEADLINE_NS);

        assertThat(clock.nowNs()).isZero();
    }

    @Test
    void anAnnouncementBeforePreparationsIsNotWaitedFor() throws Exception {
        signal.announce();
        Call<Void> waiting = Call.of(() -> {
            signal.prepare();
            signal.awaitUntil(clock, DEADLINE_NS);
            signal.done();
        });
        clock.awaitParked(waiting.thread());

        clock.advance(Duration.ofNanos(DEADLINE_NS));

        waiting.result();
        assertThat(clock.nowNs()).isEqualTo(DEADLINE_NS);
    }

    @Test
    void anAnnouncementEndsTheWaitOfAnotherThread() throws Exception {
        Call<Void> waiting = Call.of(() -> {
            signal.prepare();
            signal.await(clock);
            signal.done();
        });
        clock.awaitParked(waiting.thread());

        signal.announce();
        signal.announce();

        waiting.result();
        assertThat(waiting.isDone()).isTrue();
    }
}
