package org.pgmjms.tck.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.tck.bench.Samples.cell;
import static org.pgmjms.tck.bench.Samples.latency;
import static org.pgmjms.tck.bench.Samples.outcome;
import static org.pgmjms.tck.bench.Samples.results;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatiosTest {
    private static final Cell OURS = cell(Question.RATE, Contender.LISTENER_NIO, 256, 4, 0);
    private static final Cell AERON = cell(Question.RATE, Contender.AERON, 256, 4, 0);

    @Test
    void aRatioIsThatOfTheMedians() {
        List<Ratio> ratios = Ratios.of(results(
                outcome(OURS, 1, 100, 1, 1, 0),
                outcome(OURS, 2, 300, 1, 2, 0),
                outcome(OURS, 3, 900, 4, 1, 0),
                outcome(AERON, 1, 100, 6, 0, 0)));

        assertThat(ratios)
                .contains(
                        new Ratio("nio", "aeron", 256, 4, 0, "rate", 3),
                        new Ratio("nio", "aeron", 256, 4, 0, "cpu", 0.5));
    }

    @Test
    void aRunWithLossCountsForNothing() {
        List<Ratio> ratios = Ratios.of(results(
                outcome(OURS, 1, 100, 1, 1, 0), outcome(OURS, 2, 900, 1, 1, 7), outcome(AERON, 1, 100, 1, 1, 0)));

        assertThat(ratios).contains(new Ratio("nio", "aeron", 256, 4, 0, "rate", 1));
        assertThat(Ratios.of(results(outcome(OURS, 100, 1), outcome(AERON, 1, 100, 1, 1, 1))))
                .isEmpty();
    }

    @Test
    void theBestPeerIsTheFastestThatRepairs() {
        Cell zeroMq = cell(Question.RATE, Contender.ZEROMQ, 256, 4, 0);
        Cell bare = cell(Question.RATE, Contender.C_MESSAGE, 256, 4, 0);

        List<Ratio> ratios = Ratios.of(
                results(outcome(OURS, 100, 1), outcome(AERON, 20, 1), outcome(zeroMq, 50, 4), outcome(bare, 400, 1)));

        assertThat(ratios)
                .contains(
                        new Ratio("nio", "best-peer", 256, 4, 0, "rate", 2),
                        new Ratio("nio", "best-peer", 256, 4, 0, "cpu", 0.25));
    }

    @Test
    void theEngineIsComparedWithFullPacketsOfC() {
        Cell whole = limit(Contender.ENGINE_NATIVE);
        Cell small = cell(Question.RATE, Contender.ENGINE_NATIVE, 256, 1, 0);
        Cell packets = limit(Contender.C_PACKETS);

        List<Ratio> ratios =
                Ratios.of(results(outcome(whole, 300, 1), outcome(small, 1000, 1), outcome(packets, 100, 5)));

        assertThat(ratios)
                .contains(
                        new Ratio("native", "c", 1400, 1, 0, "rate", 3),
                        new Ratio("native", "c", 256, 1, 0, "rate", 2),
                        new Ratio("native", "c", 256, 1, 0, "cpu", 1));
    }

    @Test
    void theLimitsComeInOneOrderInEveryRun() {
        List<Ratio> ratios = Ratios.of(results(
                outcome(limit(Contender.ENGINE_NIO), 300, 1),
                outcome(limit(Contender.NIO_LOOP), 100, 1),
                outcome(limit(Contender.C_PACKETS), 100, 1),
                outcome(limit(Contender.C_SEGMENTS), 100, 1)));

        assertThat(ratios)
                .extracting(Ratio::against)
                .containsExactly("c-segments", "c-segments", "c", "c", "nio-loop", "nio-loop");
    }

    @Test
    void latencyIsComparedByItsMedian() {
        List<Ratio> ratios = Ratios.of(results(latency(Contender.LISTENER_NATIVE, 30), latency(Contender.OPENPGM, 20)));

        assertThat(ratios).containsExactly(new Ratio("native", "openpgm", 256, 1, 0, "p50", 1.5));
    }

    @Test
    void costsAreComparedWithTheirBaseCase() {
        Cell base = cell(Question.COST, Contender.LISTENER_NIO, 256, 1, 0);
        Cell topics = cell(Question.COST, Contender.TOPICS_NIO, 256, 1, 0);
        Cell small = cell(Question.COST, Contender.SMALL_WINDOW_NIO, 256, 1, 0);
        Cell large = cell(Question.COST, Contender.LARGE_WINDOW_NIO, 256, 1, 0);
        Cell companion = cell(Question.COST, Contender.COMPANION_NIO, 256, 1, 0);

        List<Ratio> ratios = Ratios.of(results(
                outcome(base, 8, 4),
                outcome(topics, 9, 5),
                outcome(small, 9, 4),
                outcome(large, 9, 2),
                outcome(companion, 6, 5)));

        assertThat(ratios)
                .containsExactlyInAnyOrder(
                        new Ratio("nio", "base-topics", 256, 1, 0, "cpu", 1.25),
                        new Ratio("nio", "base-window", 256, 1, 0, "cpu", 0.5),
                        new Ratio("nio", "base-companion", 256, 1, 0, "rate", 0.75),
                        new Ratio("nio", "base-companion", 256, 1, 0, "cpu", 1.25));
    }

    @Test
    void theFileHasALineForEachUnderItsHeader(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("ratios.csv");

        Ratios.write(List.of(new Ratio("nio", "aeron", 256, 4, 1, "rate", 2.0 / 3)), file);

        assertThat(Files.readString(file))
                .isEqualTo("port,against,size,receivers,loss,metric,ratio\nnio,aeron,256,4,1,rate,0.667\n");
    }

    private static Cell limit(Contender contender) {
        return cell(Question.LIMIT, contender, 1400, 1, 0);
    }
}
