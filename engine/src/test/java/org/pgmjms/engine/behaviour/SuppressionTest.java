package org.pgmjms.engine.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.behaviour.ReceiverStage.FIRST;
import static org.pgmjms.engine.behaviour.ReceiverStage.MS;
import static org.pgmjms.engine.behaviour.ReceiverStage.SECOND;

import org.junit.jupiter.api.Test;
import org.pgmjms.engine.sim.SimConfigs;

/** Scripts 32 and 33: RFC 3208, section 6.3. */
class SuppressionTest {
    private static final long BACK_OFF_NS = 2 * SECOND;

    private static ReceiverStage withGap() {
        ReceiverStage stage = new ReceiverStage(SimConfigs.rawReceiver(
                "pgm.nak.backOff",
                "2s",
                "pgm.nak.repeat",
                "10s",
                "pgm.nak.rdata",
                "10s",
                "pgm.nak.maxInterval",
                "10s"));
        stage.begin();
        stage.peer.odata(FIRST + 3, FIRST, "d");
        stage.run(MS / 2);
        return stage;
    }

    @Test
    void aConfirmationPutsTheNakOff() {
        ReceiverStage stage = withGap();
        long heardNs = stage.nowNs();

        stage.peer.ncf(FIRST + 2);
        stage.run(30 * SECOND);

        assertThat(stage.naks()).isNotEmpty();
        assertThat(stage.naks().get(0).atNs() - heardNs).isBetween(BACK_OFF_NS, 10 * SECOND + 2 * BACK_OFF_NS);
    }

    @Test
    void anotherReceiversNakPutsTheNakOff() {
        ReceiverStage stage = withGap();
        long heardNs = stage.nowNs();

        stage.peer.nakToGroup(FIRST + 2);
        stage.run(30 * SECOND);

        assertThat(stage.naks()).isNotEmpty();
        assertThat(stage.naks().get(0).atNs() - heardNs).isGreaterThan(BACK_OFF_NS);
    }

    @Test
    void aConfirmationOfOtherNumbersChangesNothing() {
        ReceiverStage undisturbed = withGap();
        undisturbed.run(BACK_OFF_NS);
        long expectedNs = undisturbed.naks().get(0).atNs();

        ReceiverStage stage = withGap();
        stage.peer.ncf(FIRST - 500);
        stage.peer.ncf(FIRST);
        stage.run(BACK_OFF_NS);

        assertThat(stage.naks()).hasSize(1);
        assertThat(stage.naks().get(0).atNs()).isEqualTo(expectedNs);
    }
}
