package org.pgmjms.engine.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.behaviour.ReceiverStage.FIRST;
import static org.pgmjms.engine.behaviour.ReceiverStage.MS;
import static org.pgmjms.engine.behaviour.ReceiverStage.SECOND;

import org.junit.jupiter.api.Test;
import org.pgmjms.engine.sim.SimConfigs;

/** Scripts 34 and 35: RFC 3208, section 6.3. */
class CancellationTest {

    @Test
    void requestsEndAtTheLimitAndTheStreamGoesOn() {
        ReceiverStage stage =
                new ReceiverStage(SimConfigs.rawReceiver("pgm.profile", "openpgm", "pgm.nak.ncfRetries", "5"));
        stage.begin();
        stage.peer.odata(FIRST + 3, FIRST, "d");

        stage.run(30 * SECOND);

        assertThat(stage.asked()).hasSize(5).containsOnly(FIRST + 2);
        assertThat(stage.told.lines()).containsExactly("90000 a", "90001 b", "lost 90002 + 1 NAK_RETRIES", "90003 d");

        stage.peer.odata(FIRST + 4, FIRST, "e");
        stage.run(MS);
        assertThat(stage.told.lines()).endsWith("90004 e");
    }

    @Test
    void confirmedRequestsEndAtTheirLimit() {
        ReceiverStage stage = new ReceiverStage(SimConfigs.rawReceiver(
                "pgm.nak.backOff",
                "5s",
                "pgm.nak.repeat",
                "10s",
                "pgm.nak.rdata",
                "10s",
                "pgm.nak.maxInterval",
                "10s",
                "pgm.nak.ncfRetries",
                "15",
                "pgm.nak.dataRetries",
                "10",
                "pgm.peerExpiry",
                "10min"));
        stage.begin();
        stage.peer.odata(FIRST + 3, FIRST, "d");

        int confirmed = 0;
        for (int seconds = 0; seconds < 300; seconds++) {
            stage.run(SECOND);
            if (stage.naks().size() > confirmed) {
                confirmed = stage.naks().size();
                stage.peer.ncf(FIRST + 2);
            }
        }

        assertThat(stage.asked()).hasSize(10).containsOnly(FIRST + 2);
        assertThat(stage.told.lines()).containsExactly("90000 a", "90001 b", "lost 90002 + 1 RDATA_RETRIES", "90003 d");
    }
}
