package org.pgmjms.tck.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.tck.bench.Samples.cell;
import static org.pgmjms.tck.bench.Samples.latency;
import static org.pgmjms.tck.bench.Samples.outcome;
import static org.pgmjms.tck.bench.Samples.results;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformanceDocumentTest {
    @TempDir
    private Path directory;

    @Test
    void keepsWhatWasWrittenByHandAndFillsInTheRest() throws Exception {
        Path file = directory.resolve("performance.md");
        PerformanceDocument document = new PerformanceDocument(
                new RunFacts(Map.of("kernel", "9.9")),
                results(outcome(cell(Question.RATE, Contender.AERON, 256, 1, 0), 123_456, 2)));
        document.write(file, List.of("rate.svg"), "| 9 | `Hot.frame` |");
        String first = Files.readString(file);

        Files.writeString(
                file,
                first.replace("<!-- by hand: profile -->\n", "<!-- by hand: profile -->\nIt costs $1 \\d.\n")
                        .replace("kernel", "typed over"));
        document.write(file, List.of("rate.svg"), "| 8 | `Cool.frame` |");

        assertThat(first).doesNotContain("{{").contains("![rate](performance/rate.svg)", "Aeron multicast | 1 | 123.5");
        assertThat(file)
                .content()
                .contains("<!-- by hand: profile -->\nIt costs $1 \\d.\n<!-- end by hand -->", "Cool.frame", "9.9")
                .doesNotContain("Hot.frame", "typed over");
    }

    @Test
    void drawsAPlotForEachQuestionThatWasAsked() throws Exception {
        List<String> plots = Plots.write(
                results(
                        outcome(cell(Question.RATE, Contender.AERON, 256, 1, 0), 1000, 2),
                        outcome(cell(Question.RATE, Contender.LISTENER_NIO, 256, 1, 1), 1000, 2),
                        latency(Contender.OPENPGM, 20)),
                directory);

        assertThat(plots).containsExactlyInAnyOrder("rate.svg", "cpu.svg", "loss.svg", "latency.svg");
        assertThat(directory.resolve("loss.svg")).content().startsWith("<svg").contains("pgmjms listener, NIO");
    }

    @Test
    void hotFramesComeWithTheirPartOfTheSamples() {
        HotFrames frames = new HotFrames();
        for (String method : List.of("A.a", "B.b", "A.a", "EPoll.wait", "A.a")) {
            frames.add(method);
        }

        assertThat(frames.table())
                .containsExactly("| % | method |", "|---|---|", "| 75.0 | `A.a` |", "| 25.0 | `B.b` |");
    }
}
