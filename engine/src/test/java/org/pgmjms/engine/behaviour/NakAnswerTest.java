package org.pgmjms.engine.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.behaviour.SourceStage.MS;
import static org.pgmjms.engine.behaviour.SourceStage.SECOND;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.sim.ScriptedPeer.Heard;
import org.pgmjms.engine.wire.PacketType;

/** Scripts 8 to 12: RFC 3208, sections 5.2, 5.3 and 9.3. */
class NakAnswerTest {

    private static SourceStage withThreePackets() {
        SourceStage stage = new SourceStage();
        stage.publishApart(3, 100);
        stage.run(SECOND);
        return stage;
    }

    @Test
    void aNakIsConfirmed() {
        SourceStage stage = withThreePackets();

        stage.nak(1);
        stage.run(MS);

        assertThat(stage.heard(PacketType.NCF))
                .singleElement()
                .satisfies(ncf -> assertThat(ncf.numbers()).containsExactly(1));
    }

    @Test
    void aListIsConfirmedByOneListWithoutWhatWasNeverSent() {
        SourceStage stage = withThreePackets();

        stage.nak(1, 2, 3);
        stage.run(MS);

        assertThat(stage.heard(PacketType.NCF))
                .singleElement()
                .satisfies(ncf -> assertThat(ncf.numbers()).containsExactly(1, 2));
    }

    @Test
    void aNakIsAnsweredByTheSameData() {
        SourceStage stage = withThreePackets();
        String original = stage.heard(PacketType.ODATA).get(1).payload();

        stage.nak(1);
        stage.run(MS);

        assertThat(stage.heard(PacketType.RDATA)).singleElement().satisfies(repair -> {
            assertThat(repair.sqn()).isEqualTo(1);
            assertThat(repair.payload()).isEqualTo(original);
        });
    }

    @Test
    void aListIsAnsweredByAsManyRepairs() {
        SourceStage stage = withThreePackets();

        stage.nak(0, 1, 2);
        stage.run(MS);

        assertThat(stage.sqns(PacketType.RDATA)).containsExactly(0, 1, 2);
    }

    @Test
    void theSameNakIsAnsweredEachTime() {
        SourceStage stage = withThreePackets();

        for (int i = 0; i < 1_000; i++) {
            stage.nak(2);
            stage.run(3 * MS);
        }

        assertThat(stage.heard(PacketType.RDATA)).hasSize(1_000);
        assertThat(stage.heard(PacketType.NCF)).hasSize(1_000);
    }

    @Test
    void theConfirmationComesBeforeTheRepair() {
        SourceStage stage = withThreePackets();
        stage.peer.forget();

        stage.nak(0);
        stage.run(MS);

        assertThat(stage.peer.heard().stream().map(Heard::type).toList())
                .isEqualTo(List.of(PacketType.NCF, PacketType.RDATA));
    }
}
