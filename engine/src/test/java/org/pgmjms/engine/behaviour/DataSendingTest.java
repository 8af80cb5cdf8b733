package org.pgmjms.engine.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.behaviour.SourceStage.MS;
import static org.pgmjms.engine.behaviour.SourceStage.SECOND;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.sim.ScriptedPeer.Heard;
import org.pgmjms.engine.sim.SimSource;
import org.pgmjms.engine.wire.PacketType;

/** Scripts 5 to 7: RFC 3208, sections 3.6.2.1 and 5.1.1. */
class DataSendingTest {
    private static final int DATA_HEADER_BYTES = 24;

    @Test
    void whatIsPublishedIsSent() {
        SourceStage stage = new SourceStage();

        stage.source.publish(100);
        stage.run(MS);

        assertThat(stage.heard(PacketType.ODATA)).hasSize(1);
        assertThat(stage.heard(PacketType.ODATA).get(0).payload()).hasSize(100);
    }

    @Test
    void packetsAreNumberedInOrder() {
        SourceStage stage = new SourceStage();

        stage.publishApart(1_000, 100);

        assertThat(stage.sqns(PacketType.ODATA))
                .isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void theRateIsKeptOnceTheBucketIsSpent() {
        SourceStage stage = new SourceStage("pgm.maxRate", "12kbit/s");
        stage.run(SECOND);

        for (int i = 0; i < 50; i++) {
            stage.source.publish(1_400);
        }
        stage.run(60 * SECOND);

        List<Heard> sent = stage.heard(PacketType.ODATA);
        assertThat(sent).hasSize(50);
        long fromNs = sent.get(9).atNs();
        long bytes = sent.stream()
                .skip(10)
                .mapToLong(packet -> packet.payload().length() + DATA_HEADER_BYTES + SimSource.HEADER_BYTES)
                .sum();
        double perSecond = (double) bytes * SECOND / (sent.get(49).atNs() - fromNs);
        assertThat(perSecond).isBetween(1_000.0, 1_650.0);
    }
}
