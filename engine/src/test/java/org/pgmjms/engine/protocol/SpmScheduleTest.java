package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpmScheduleTest {
    private static final long MS = 1_000_000;
    private static final long AMBIENT_NS = 2_000 * MS;
    private static final long MIN_NS = 50 * MS;
    private static final long MAX_NS = 2_000 * MS;

    private final SpmSchedule schedule = new SpmSchedule(AMBIENT_NS, MIN_NS, MAX_NS);

    @Test
    void isSilentBeforeTheSessionOpens() {
        assertThat(schedule.deadlineNs()).isEqualTo(ProtocolHalf.NONE);
        assertThat(schedule.isDue(1 << 30)).isFalse();
    }

    @Test
    void opensWithThreeAndGoesOnAtTheAmbientInterval() {
        schedule.open(0);

        assertThat(sentUntil(5_000)).containsExactly(0L, 10L, 50L, 2_050L, 4_050L);
    }

    @Test
    void doublesHeartbeatsAfterData() {
        schedule.open(0);
        sentUntil(100);

        schedule.onData(false, 100 * MS);

        assertThat(sentUntil(9_000)).containsExactly(150L, 250L, 450L, 850L, 1_650L, 3_250L, 5_250L, 7_250L);
    }

    @Test
    void startsHeartbeatsOverWithEachPacket() {
        schedule.open(0);
        sentUntil(100);
        schedule.onData(false, 100 * MS);
        sentUntil(500);

        schedule.onData(false, 500 * MS);

        assertThat(sentUntil(1_000)).containsExactly(550L, 650L, 850L);
    }

    @Test
    void keepsTheAmbientIntervalUnderLoad() {
        schedule.open(0);
        List<Long> sent = new ArrayList<>();

        for (long ms = 0; ms < 7_000; ms += 10) {
            schedule.onData(false, ms * MS);
            sent.addAll(sentUntil(ms));
        }

        assertThat(sent).containsExactly(0L, 10L, 50L, 2_050L, 4_050L, 6_050L);
    }

    @Test
    void answersAtTheIntervalOfHeartbeatsAtMost() {
        schedule.open(0);
        sentUntil(1_000);

        schedule.requestSpaced(1_000 * MS);
        List<Long> first = sentUntil(1_005);
        schedule.requestSpaced(1_005 * MS);
        schedule.requestSpaced(1_010 * MS);

        assertThat(first).containsExactly(1_000L);
        assertThat(sentUntil(1_500)).containsExactly(1_050L);
    }

    @Test
    void keepsTheEarlierOfTwoRequests() {
        schedule.open(0);
        sentUntil(100);

        schedule.request(700 * MS);
        schedule.request(300 * MS);
        schedule.request(500 * MS);

        assertThat(sentUntil(1_000)).containsExactly(300L);
    }

    @Test
    void findsTheFirstHeartbeatOfEachIdlePeriod() {
        schedule.open(0);
        schedule.onData(false, 0);

        assertThat(schedule.isFirstHeartbeatDue(49 * MS)).isFalse();
        assertThat(schedule.isFirstHeartbeatDue(50 * MS)).isTrue();
        schedule.markIdle();
        schedule.onData(true, 50 * MS);
        assertThat(schedule.isFirstHeartbeatDue(500 * MS)).isFalse();
        schedule.onData(false, 600 * MS);
        assertThat(schedule.isFirstHeartbeatDue(650 * MS)).isTrue();
    }

    @Test
    void endsWithASeriesAndNothingElse() {
        schedule.open(0);
        schedule.onData(false, 0);
        sentUntil(200);

        schedule.end(new long[] {0, 5 * MS, 10 * MS}, 200 * MS);

        assertThat(sentUntil(10_000)).containsExactly(200L, 205L, 215L);
        assertThat(schedule.endingStep()).isEqualTo(3);
        assertThat(schedule.deadlineNs()).isEqualTo(ProtocolHalf.NONE);
    }

    @Test
    void sendsNoBurstAfterAPause() {
        schedule.open(0);
        schedule.onData(false, 0);
        long lateNs = 60_000 * MS;

        schedule.onSpm(lateNs);

        assertThat(schedule.deadlineNs()).isGreaterThan(lateNs);
    }

    /** The times in milliseconds of those SPMs that are due up to then, each sent when it is due. */
    private List<Long> sentUntil(long ms) {
        List<Long> sent = new ArrayList<>();
        while (schedule.isDue(ms * MS)) {
            long atNs = schedule.deadlineNs();
            sent.add(atNs / MS);
            schedule.onSpm(atNs);
        }
        return sent;
    }

    @Test
    void theFirstIntervalOfAnEndingCounts() {
        schedule.open(0);
        schedule.end(new long[] {3 * MS, 5 * MS}, 200 * MS);

        assertThat(schedule.isEnding()).isTrue();
        assertThat(sentUntil(10_000)).containsExactly(203L, 208L);
    }

    @Test
    void knowsWhetherAnSpmLeftAMomentAgo() {
        assertThat(schedule.sentWithin(10, 0)).isFalse();
        schedule.open(0);
        schedule.onSpm(100);

        assertThat(schedule.sentWithin(10, 109)).isTrue();
        assertThat(schedule.sentWithin(10, 110)).isFalse();
    }
}
