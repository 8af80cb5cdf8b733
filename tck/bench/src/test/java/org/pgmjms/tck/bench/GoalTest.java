package org.pgmjms.tck.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.tck.bench.Samples.cell;
import static org.pgmjms.tck.bench.Samples.outcome;
import static org.pgmjms.tck.bench.Samples.results;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalTest {
    private static final Goal RATE = new Goal("rate", new Ratio("nio", "aeron", 256, 1, 0, "rate", 2.5));
    private static final Goal CPU = new Goal("cpu", new Ratio("nio", "aeron", 256, 1, 0, "cpu", 0.4));

    @Test
    void aRateHasToReachItsBoundAndProcessorTimeToStayBelow() {
        assertThat(RATE.isMetBy(like(RATE, 2.5))).isTrue();
        assertThat(RATE.isMetBy(like(RATE, 2.49))).isFalse();
        assertThat(CPU.isMetBy(like(CPU, 0.4))).isTrue();
        assertThat(CPU.isMetBy(like(CPU, 0.41))).isFalse();
    }

    @Test
    void aGoalFindsItsOwnRatioOnly() {
        Ratio wanted = like(RATE, 3);

        assertThat(RATE.in(List.of(like(CPU, 1), new Ratio("nio", "aeron", 256, 4, 0, "rate", 9), wanted)))
                .contains(wanted);
        assertThat(RATE.in(List.of(like(CPU, 1)))).isEmpty();
    }

    @Test
    void thereIsAGoalForBothPortsEach() {
        assertThat(Goal.all()).hasSizeGreaterThan(40);
        for (int i = 0; i < Goal.all().size(); i += 2) {
            assertThat(Goal.all().get(i).like().port()).isEqualTo("nio");
            assertThat(Goal.all().get(i + 1).like().port()).isEqualTo("native");
            assertThat(Goal.all().get(i).text()).isEqualTo(Goal.all().get(i + 1).text());
        }
    }

    @Test
    void theTableSaysWhatIsMetAndWhatIsMissed() {
        Results results = results(
                outcome(cell(Question.RATE, Contender.LISTENER_NIO, 256, 1, 0), 200, 1),
                outcome(cell(Question.RATE, Contender.LISTENER_NATIVE, 256, 1, 0), 200, 1),
                outcome(cell(Question.RATE, Contender.AERON, 256, 1, 0), 100, 1));

        String table = new PerformanceDocument(new RunFacts(Map.of()), results).goals();

        assertThat(table)
                .contains("| Aeron, rate | 1 | >= 1.0 | 2.00 | met | >= 2.5 | 2.00 | **missed** |")
                .contains("| Aeron, rate | 4 | >= 1.0 | - | not measured | >= 2.5 | - | not measured |");
    }

    private static Ratio like(Goal goal, double ratio) {
        return goal.like().with(ratio);
    }
}
