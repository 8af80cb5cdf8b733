package org.pgmjms.engine.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.behaviour.ReceiverStage.FIRST;
import static org.pgmjms.engine.behaviour.SourceStage.MS;
import static org.pgmjms.engine.behaviour.SourceStage.SECOND;

import org.junit.jupiter.api.Test;
import org.pgmjms.engine.sim.ScriptedPeer.Heard;
import org.pgmjms.engine.wire.PacketType;

/** Scripts 14 to 17: RFC 3208, section 13.3.1. */
class SpmRequestTest {
    private static final String[] RARE_SPMS = {
        "pgm.spm.ambient", "30s", "pgm.spm.heartbeatMin", "50ms", "pgm.spm.heartbeatMax", "30s"
    };

    @Test
    void aRequestIsAnsweredByAnSpm() {
        SourceStage stage = new SourceStage(RARE_SPMS);
        stage.run(10 * SECOND);
        stage.peer.forget();

        stage.peer.spmr(stage.source.node());
        stage.run(MS);

        assertThat(stage.heard(PacketType.SPM)).hasSize(1);
    }

    @Test
    void aRequestAfterDataIsAnsweredByAnSpm() {
        SourceStage stage = new SourceStage(RARE_SPMS);
        stage.source.publish(100);
        stage.run(15 * SECOND);
        stage.peer.forget();

        stage.peer.spmr(stage.source.node());
        stage.run(MS);

        assertThat(stage.heard(PacketType.SPM))
                .singleElement()
                .satisfies(spm -> assertThat(spm.lead()).isZero());
    }

    @Test
    void aReceiverThatHearsDataFirstAsksForAnSpm() {
        ReceiverStage stage = new ReceiverStage();

        stage.peer.odata(FIRST, FIRST, "a");
        stage.run(300 * MS);

        assertThat(stage.peer.heard(PacketType.SPMR))
                .extracting(Heard::tsi)
                .contains(stage.receiver.streams().get(0).sent().tsi());
    }

    @Test
    void anotherReceiversRequestTakesThePlaceOfOurs() {
        ReceiverStage stage = new ReceiverStage();
        stage.peer.odata(FIRST, FIRST, "a");
        stage.run(400 * MS);
        stage.peer.forget();

        stage.peer.spmrToGroup();
        stage.run(900 * MS);

        assertThat(stage.peer.heard(PacketType.SPMR)).isEmpty();
    }

    @Test
    void aRequestIsRepeatedUntilAnSpmComes() {
        ReceiverStage stage = new ReceiverStage();
        stage.peer.odata(FIRST, FIRST, "a");
        stage.run(400 * MS);
        stage.peer.forget();

        stage.run(900 * MS);
        assertThat(stage.peer.heard(PacketType.SPMR)).isNotEmpty();

        stage.peer.spm(0, FIRST, FIRST);
        stage.run(MS);
        stage.peer.forget();
        stage.run(20 * SECOND);
        assertThat(stage.peer.heard(PacketType.SPMR)).isEmpty();
    }
}
