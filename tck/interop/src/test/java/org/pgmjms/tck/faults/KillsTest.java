package org.pgmjms.tck.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgmjms.tck.faults.program.StoreProgram;

/** Some kills; {@code tck/interop/kills} is for many. */
class KillsTest {
    private static final int KILLS = 6;
    private static final long SEED = 2;

    @TempDir
    private Path journals;

    @Test
    void nothingStoredIsLostAndNothingAcknowledgedComesAgain() throws IOException, InterruptedException {
        for (Outcome outcome : KillsCommand.run(KILLS, SEED, StoreProgram.PAUSE_MS, journals, System.out)) {
            assertThat(outcome.failures()).as(outcome.line()).isEmpty();
        }
    }
}
