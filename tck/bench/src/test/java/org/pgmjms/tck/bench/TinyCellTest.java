package org.pgmjms.tck.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgmjms.tck.kit.Lab;

/** One cell from end to end, as small as it gets: it is not about the figures. */
class TinyCellTest {
    @ParameterizedTest
    @EnumSource(names = {"LISTENER_NIO", "COMPANION_NIO"})
    void measuresTheJmsListenerInNamespacesOfItsOwn(Contender contender, @TempDir Path directory) throws Exception {
        Lab.missing().ifPresent(missing -> System.err.println("SKIPPED TinyCellTest: " + missing));
        assumeTrue(Lab.missing().isEmpty());
        Peers none = Peers.build(directory, directory);
        Path board = Files.createFile(directory.resolve("board"));
        Commands commands = new Commands(Jdks.find(), none, board, directory.resolve("brokers"), "", List.of(), null);
        Cell cell = new Cell(Question.RATE, contender, 256, 1, 0);
        Outcome outcome;

        try (Network network = new Network(1)) {
            outcome = new CellRunner(network, commands, directory, 0.3, 0.5).run(cell, 1);
        }

        assertThat(outcome.isGood()).as(outcome.line()).isTrue();
        assertThat(outcome.cpuUs()).isPositive();
        assertThat(none.missing()).isNotEmpty();
    }
}
