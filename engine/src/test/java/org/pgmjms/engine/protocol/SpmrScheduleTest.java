package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a receiver asks for an SPM. RFC 3208, section 13.3. */
class SpmrScheduleTest {
    private static final long MS = 1_000_000;

    private final SpmrSchedule schedule = new SpmrSchedule();

    @Test
    void asksForNothingBeforeData() {
        assertThat(schedule.nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);
    }

    @Test
    void moreDataDoesNotAskAgain() {
        schedule.onData(7);
        schedule.onData(8);
        assertThat(schedule.nextDeadlineNs()).isEqualTo(7);

        schedule.onSent(7);
        schedule.onData(9);

        assertThat(schedule.nextDeadlineNs()).isEqualTo(7 + 500 * MS);
    }

    @Test
    void theRequestOfAnotherReceiverCountsAsOurs() {
        schedule.onPeerSpmr(3);
        assertThat(schedule.nextDeadlineNs()).isEqualTo(3 + 500 * MS);

        schedule.onSent(10);

        assertThat(schedule.nextDeadlineNs()).isEqualTo(10 + 1_000 * MS);
    }

    @Test
    void anSpmEndsAllRequests() {
        schedule.onData(7);
        schedule.onSpm();
        assertThat(schedule.nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);

        schedule.onData(8);
        schedule.onPeerSpmr(9);

        assertThat(schedule.nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);
    }
}
