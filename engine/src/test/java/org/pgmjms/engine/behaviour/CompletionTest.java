package org.pgmjms.engine.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.behaviour.ReceiverStage.FIRST;
import static org.pgmjms.engine.behaviour.ReceiverStage.MS;
import static org.pgmjms.engine.behaviour.ReceiverStage.SECOND;

import org.junit.jupiter.api.Test;

/** Scripts 28 and 29: RFC 3208, section 6.3. */
class CompletionTest {

    @Test
    void lateDataFillsTheGap() {
        ReceiverStage stage = new ReceiverStage();
        stage.begin();
        stage.peer.odata(FIRST + 3, FIRST, "d");
        stage.run(60 * MS);
        assertThat(stage.told.lines()).containsExactly("90000 a", "90001 b");

        stage.peer.odata(FIRST + 2, FIRST, "c");
        stage.run(MS);

        assertThat(stage.told.lines()).containsExactly("90000 a", "90001 b", "90002 c", "90003 d");
    }

    @Test
    void aRepairFillsTheGap() {
        ReceiverStage stage = new ReceiverStage();
        stage.begin();
        stage.peer.odata(FIRST + 3, FIRST, "d");
        stage.run(60 * MS);

        stage.peer.ncf(FIRST + 2);
        stage.peer.rdata(FIRST + 2, FIRST, "c");
        stage.run(MS);

        assertThat(stage.told.lines()).containsExactly("90000 a", "90001 b", "90002 c", "90003 d");
    }

    @Test
    void aFilledGapIsNotAskedForAgain() {
        ReceiverStage stage = new ReceiverStage();
        stage.begin();
        stage.peer.odata(FIRST + 3, FIRST, "d");
        stage.run(60 * MS);
        stage.peer.rdata(FIRST + 2, FIRST, "c");
        stage.run(MS);
        stage.peer.forget();

        stage.run(5 * SECOND);

        assertThat(stage.naks()).isEmpty();
    }
}
