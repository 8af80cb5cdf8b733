package org.pgmjms.engine.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.behaviour.ReceiverStage.FIRST;
import static org.pgmjms.engine.behaviour.ReceiverStage.MS;
import static org.pgmjms.engine.behaviour.ReceiverStage.SECOND;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.sim.HeardStream;
import org.pgmjms.engine.sim.SimChannel;
import org.pgmjms.engine.sim.SimConfigs;
import org.pgmjms.engine.sim.SimReceiver;
import org.pgmjms.engine.sim.SimSource;
import org.pgmjms.engine.sim.check.Checks;

/** Scripts 18 to 21: RFC 3208, section 6.1. */
class StartOfReceptionTest {

    @Test
    void theFirstDataDefinesTheWindow() {
        ReceiverStage stage = new ReceiverStage();

        stage.peer.odata(FIRST, FIRST, "a");
        stage.run(MS);
        stage.peer.odata(FIRST + 1, FIRST, "b");
        stage.run(MS);

        assertThat(stage.told.lines()).containsExactly("90000 a", "90001 b");
    }

    @Test
    void theFirstDataMayBeARepair() {
        ReceiverStage stage = new ReceiverStage();

        stage.peer.rdata(FIRST, FIRST, "a");
        stage.run(MS);
        stage.peer.odata(FIRST + 1, FIRST, "b");
        stage.run(MS);

        assertThat(stage.told.lines()).containsExactly("90000 a", "90001 b");
    }

    @Test
    void anEmptyWindowIsNoLoss() {
        ReceiverStage stage = new ReceiverStage();

        stage.peer.spm(0, FIRST + 1, FIRST);
        stage.run(2 * SECOND);
        assertThat(stage.naks()).isEmpty();

        stage.peer.odata(FIRST + 1, FIRST + 1, "b");
        stage.run(MS);
        assertThat(stage.told.lines()).containsExactly("90001 b");
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void aLargeApduIsPutTogetherAgain(DeliveryOrder order) {
        SimChannel channel = new SimChannel(0, 1);
        Checks.watch(channel);
        SimSource source = channel.source(channel.network().host("source"), SimConfigs.source(), 1_500);
        SimReceiver receiver = channel.receiver(channel.network().host("receiver"), SimConfigs.receiver(order));

        source.open();
        source.publish(5_000);
        channel.world().runFor(SECOND);

        HeardStream stream = receiver.last(source.stream());
        assertThat(stream).isNotNull();
        assertThat(stream.delivered().cardinality()).isEqualTo(4);
        assertThat(stream.sent().apduBytes(0)).isEqualTo(5_000);
    }
}
