package org.pgmjms.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.Limit;
import org.pgmjms.engine.api.Setting;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.jmx.LimitTally;

class EngineLimitsTest {
    private static final long SECOND_NS = 1_000_000_000;
    private static final long START_NS = Math.subtractExact(Long.MAX_VALUE, SECOND_NS);

    private final LimitTally<Limit> limits = new LimitTally<>(Limit.class);

    @Test
    void saysOnceAMinuteForEachThatALimitWasHit() {
        assertThat(limits.onHit(Limit.SESSIONS, 1, "here", START_NS)).isTrue();
        assertThat(limits.onHit(Limit.NAK_RATE, 1, "here", START_NS + SECOND_NS))
                .isTrue();
        assertThat(limits.onHit(Limit.SESSIONS, 5, "here", START_NS + 59 * SECOND_NS))
                .isFalse();
        assertThat(limits.onHit(Limit.SESSIONS, 1, "here", START_NS + 60 * SECOND_NS))
                .isTrue();
        assertThat(limits.onHit(Limit.SESSIONS, 1, "here", START_NS + 119 * SECOND_NS))
                .isFalse();
        assertThat(limits.getHits()).containsEntry("sessions", 8L).containsEntry("nak_rate", 1L);
    }

    @Test
    void doesNotComplainOfLimitsThatAreThereToBeHit() {
        assertThat(limits.onHit(Limit.RATE, 1, "here", START_NS)).isFalse();
        assertThat(limits.getHits()).containsEntry("rate", 1L);
    }

    @Test
    void everyLimitHasACounterAndSettingsThatExist() {
        assertThat(Limit.values())
                .allMatch(limit -> (limit.receiverCounter() == null) != (limit.sourceCounter() == null))
                .allMatch(limit -> limit.settings().stream().allMatch(name -> Setting.named(name) != null));
        assertThat(limits.getLimits()).hasSameSizeAs(Limit.values());
        assertThat(limits.getLimits().get(0).getSettings()).isEqualTo("pgm.maxPeers, pgm.maxPeersPerAddress");
    }

    @Test
    void everySettingThatIsALimitIsOneOfThem() {
        String[] limiting = {"pgm.maxPeers", "pgm.maxPeersPerAddress", "pgm.nakLimit.perSender", "pgm.nakLimit.total"};

        assertThat(Arrays.stream(Limit.values()).flatMap(limit -> limit.settings().stream()))
                .contains(limiting);
    }

    @Test
    void aWatchTellsOfEachHitOnce() {
        Counters<SourceCounter> counters = new Counters<>(SourceCounter.class);
        LimitWatch<SourceCounter> watch = new LimitWatch<>(limits, counters, Limit::sourceCounter, "here");
        counters.add(SourceCounter.NAKS_TOO_LATE, 3);
        counters.add(SourceCounter.ODATA_SENT, 1);

        watch.check(START_NS);
        watch.check(START_NS + 1);
        counters.increment(SourceCounter.NAKS_TOO_LATE);
        watch.check(START_NS + 2);

        assertThat(limits.getHits()).containsEntry("repair_time", 4L);
        assertThat(limits.getHits().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(4);
    }
}
