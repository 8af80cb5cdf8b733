package org.pgmjms.tck.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgmjms.tck.interop.RequiresLab;

/** Five minutes of the soak. Needs hardly any processor, so that it can run beside something else. */
@Tag("soak")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@RequiresLab("gcc")
class SoakTest {
    private static final double SECONDS = 300;
    private static final long SEED = 24;

    @Test
    void nothingIsLostWhatIsHeldDoesNotGrowAndNothingIsLeftAfterClose() throws IOException, InterruptedException {
        Outcome outcome =
                SoakCommand.run(SECONDS, Soak.RATE, SEED, Path.of("src/main/c"), Path.of("target/soak"), System.out);

        assertThat(outcome.failures()).as(outcome.line()).isEmpty();
    }
}
