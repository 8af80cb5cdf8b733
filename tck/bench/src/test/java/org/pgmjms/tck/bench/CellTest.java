package org.pgmjms.tck.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.pgmjms.tck.bench.Samples.cell;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellTest {
    @Test
    void everyNameIsReadBack() {
        assertThat(Matrix.all())
                .allSatisfy(cell -> assertThat(Cell.parse(cell.id())).isEqualTo(cell));
        assertThatIllegalArgumentException().isThrownBy(() -> Cell.parse("rate/aeron"));
    }

    @Test
    void theWindowIsTheSameNumberOfDatagramsForWhoPacksAndWhoDoesNot() {
        assertThat(cell(Question.RATE, Contender.OPENPGM, 256, 1, 0).window()).isEqualTo(2048);
        assertThat(cell(Question.RATE, Contender.AERON, 256, 1, 0).window()).isEqualTo(11_200);
        assertThat(cell(Question.RATE, Contender.OPENPGM, 8192, 1, 0).window()).isEqualTo(350);
        assertThat(cell(Question.LIMIT, Contender.ENGINE_NIO, 1400, 1, 0).window())
                .isEqualTo(2048);
        assertThat(cell(Question.OWN, Contender.AERON, 256, 1, 0).window()).isZero();
    }

    @Test
    void noRunAsksForWhatCannotBe() {
        assertThat(Matrix.full())
                .doesNotHaveDuplicates()
                .allMatch(cell -> cell.lossPercent() == 0 || cell.contender().isReliable());
        assertThat(Matrix.quick()).hasSizeLessThan(40).isSubsetOf(Matrix.full());
    }

    @Test
    void everySecondPassGoesBackwards() {
        List<Cell> cells = Matrix.quick();

        assertThat(Matrix.inPass(1, cells)).isEqualTo(cells);
        assertThat(Matrix.inPass(2, cells).get(0)).isEqualTo(cells.get(cells.size() - 1));
        assertThat(Matrix.inPass(2, cells)).containsExactlyInAnyOrderElementsOf(cells);
        assertThat(Matrix.inPass(3, cells)).isEqualTo(cells);
    }

    @Test
    void outcomesAreReadBackAsTheyWereKept(@TempDir Path directory) throws Exception {
        OutcomeFile file = new OutcomeFile(directory.resolve("results.csv"));
        Cell cell = cell(Question.LATENCY, Contender.ARTEMIS, 256, 4, 0);
        Outcome good = new Outcome(
                cell, 2, 10_000.5, 9_999, 0, 1, 1.5, 2.25, 4, new Latency(9, 1.5, 2, 3, 4, 5), "busy, \"very\"");
        Outcome bad = Outcome.failed(cell, 3, "it\nended");

        file.begin();
        file.add(good);
        file.add(bad);

        assertThat(file.read()).isEqualTo(List.of(good, bad));
        assertThat(good.isGood()).isTrue();
        assertThat(bad.isGood()).isFalse();
    }
}
