package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.MS;
import static org.pgmjms.engine.protocol.ReceiverRig.SECOND;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.ReceiverCounter;

/** Handlers that cannot take everything: the receive window keeps what is beyond a gap. */
class ReceiverCapacityTest {
    private final ReceiverRig rig =
            new ReceiverRig(ReceiverRig.Config.with(config -> config.order = DeliveryOrder.COMPLETE)).established(0);

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void keepsWhatIsBeyondAGapAndHandsOutWhatIsAtTheEdge() {
        rig.odata(0);
        rig.heard.take();
        rig.heard.capacity = 0;

        rig.odata(2);
        rig.odata(3);
        assertThat(rig.heard.takeDeliveries()).isEmpty();
        rig.rdata(1);

        assertThat(rig.heard.take()).containsExactly("apdu 1 repaired", "apdu 2", "apdu 3", "resolved 4");
        assertThat(rig.count(ReceiverCounter.NO_ROOM)).isZero();
    }

    @Test
    void handsOutWhatWaitedWhenThereIsCapacityAgain() {
        rig.odata(0);
        rig.heard.take();
        rig.heard.capacity = 0;
        rig.odata(2);

        rig.heard.capacity = Integer.MAX_VALUE;
        rig.advance(100 * MS);

        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 2");
    }

    @Test
    void goesOnAfterALossThatFreesTheEdge() {
        rig.odata(0);
        rig.heard.take();
        rig.heard.capacity = 0;
        rig.odata(2);

        rig.advance(30 * SECOND);

        assertThat(rig.heard.takeDeliveries()).containsExactly("lost 1+1 NAK_RETRIES", "apdu 2");
    }
}
