package org.pgmjms.engine.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.behaviour.ReceiverStage.FIRST;
import static org.pgmjms.engine.behaviour.ReceiverStage.MS;
import static org.pgmjms.engine.behaviour.ReceiverStage.SECOND;

import org.junit.jupiter.api.Test;

/** Scripts 23 to 26: RFC 3208, sections 6.2 and 6.3. */
class GapTest {

    @Test
    void anSpmWithALowerNumberIsIgnored() {
        ReceiverStage stage = new ReceiverStage();
        stage.begin();

        stage.peer.spm(20, FIRST, FIRST + 2);
        stage.run(2 * SECOND);

        assertThat(stage.naks()).isEmpty();
    }

    @Test
    void theNextSpmRevealsWhatIsMissing() {
        ReceiverStage stage = new ReceiverStage();
        stage.begin();

        stage.peer.spm(3_201, FIRST, FIRST + 2);
        stage.run(60 * MS);

        assertThat(stage.asked()).containsExactly(FIRST + 2);
    }

    @Test
    void dataRevealsWhatIsMissing() {
        ReceiverStage stage = new ReceiverStage();
        stage.begin();
        stage.run(2 * SECOND);
        assertThat(stage.naks()).isEmpty();

        stage.peer.odata(FIRST + 3, FIRST, "d");
        stage.run(60 * MS);

        assertThat(stage.asked()).containsExactly(FIRST + 2);
    }

    @Test
    void aRepairRevealsWhatIsMissing() {
        ReceiverStage stage = new ReceiverStage();
        stage.begin();
        stage.run(2 * SECOND);
        assertThat(stage.naks()).isEmpty();

        stage.peer.rdata(FIRST + 3, FIRST, "d");
        stage.run(60 * MS);

        assertThat(stage.asked()).containsExactly(FIRST + 2);
    }
}
