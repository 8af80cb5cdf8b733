package org.pgmjms.tck.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProcessTimesTest {
    private static final double NOTHING = 1e-9;

    @Test
    void readsUserAndSystemTimeOfAProcessWhateverItIsNamed() {
        String stat = "4711 (a) (b c) S 1 4711 4711 0 -1 4194304 500 0 0 0 120 30 7 8 20 0 18 0 100 0 0\n";

        assertThat(ProcessTimes.processSeconds(stat)).isCloseTo(1.5, within(NOTHING));
    }

    @Test
    void leavesIdleTimeWaitingAndGuestsOutOfTheMachine() {
        String stat = "cpu  100 10 200 9999 8888 1 2 7 5555 4444\ncpu0 1 1 1 1 1 1 1 1 1 1\n";

        assertThat(ProcessTimes.machineSeconds(stat)).isCloseTo(3.2, within(NOTHING));
    }

    @Test
    void aProcessThatIsGoneHasNoTime() {
        assertThat(ProcessTimes.ofProcess(Integer.MAX_VALUE)).isZero();
        assertThat(ProcessTimes.ofCompilers(Integer.MAX_VALUE)).isZero();
    }
}
