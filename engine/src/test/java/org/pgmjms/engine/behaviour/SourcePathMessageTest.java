package org.pgmjms.engine.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.behaviour.SourceStage.MS;
import static org.pgmjms.engine.behaviour.SourceStage.SECOND;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.sim.ScriptedPeer.Heard;
import org.pgmjms.engine.wire.PacketType;

/** Scripts 1 to 3: RFC 3208, sections 5.1.4 and 5.1.5. */
class SourcePathMessageTest {

    @Test
    void anOpenSourceSendsAnSpmBeforeAnyData() {
        SourceStage stage = new SourceStage();

        stage.run(MS);

        assertThat(stage.heard(PacketType.SPM)).hasSize(1);
        assertThat(stage.heard(PacketType.SPM).get(0).lead()).isEqualTo(-1);
    }

    @Test
    void ambientSpmsAppearWhileDataFlows() {
        SourceStage stage = new SourceStage("pgm.spm.ambient", "30s", "pgm.spm.heartbeatMin", "100ms");
        stage.run(SECOND);
        stage.peer.forget();

        for (int i = 0; i < 900; i++) {
            stage.source.publish(100);
            stage.run(50 * MS);
        }

        assertThat(stage.heard(PacketType.SPM)).hasSize(1);
        assertThat(stage.heard(PacketType.ODATA)).hasSize(900);
    }

    @Test
    void heartbeatsFollowTheLastData() {
        SourceStage stage = new SourceStage("pgm.spm.ambient", "5min");
        stage.run(SECOND);
        stage.peer.forget();

        long sentNs = stage.nowNs();
        stage.source.publish(100);
        stage.run(20 * SECOND);

        List<Heard> spms = stage.heard(PacketType.SPM);
        assertThat(spms).hasSizeGreaterThanOrEqualTo(4);
        long beforeNs = sentNs;
        for (Heard spm : spms.subList(0, 4)) {
            assertThat(spm.lead()).isZero();
            assertThat(spm.atNs() - beforeNs).isBetween(0L, 5 * SECOND);
            beforeNs = spm.atNs();
        }
    }
}
