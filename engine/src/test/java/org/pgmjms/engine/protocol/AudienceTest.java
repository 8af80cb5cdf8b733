package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.SECOND;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.protocol.ReceiverRig.Config;
import org.pgmjms.engine.wire.PacketType;

/** Several handlers of one session: what each of them hears, and that the slowest sets the pace. */
class AudienceTest {
    private ReceiverRig rig = new ReceiverRig().established(0);
    private final Recorder second = new Recorder();

    @AfterEach
    void holdsNothingInTheEnd() {
        rig.close();
        assertThat(rig.receiver.heldBytes()).isZero();
    }

    @Test
    void allHearTheSameFromTheBeginning() {
        rig.close();
        rig = new ReceiverRig();
        rig.receiver.add(second);
        rig.established(0);
        rig.odata(0);
        rig.fragment(PacketType.ODATA, 1, 1, 2);
        rig.fragment(PacketType.ODATA, 2, 1, 2);
        rig.odata(4);
        rig.advance(SECOND);

        assertThat(rig.heard.events)
                .containsExactly(
                        "session FROM_BIRTH",
                        "apdu 0",
                        "resolved 1",
                        "apdu 1..2",
                        "resolved 3",
                        "lost 3+1 NAK_RETRIES",
                        "apdu 4",
                        "resolved 5");
        assertThat(second.events).isEqualTo(rig.heard.events);
    }

    @Test
    void theSlowestSetsThePace() {
        rig.receiver.add(second);
        second.capacity = 7;
        rig.odata(0);
        assertThat(rig.heard.takeDeliveries()).containsExactly("session FROM_BIRTH");

        second.capacity = 8;
        rig.advance(SECOND);

        assertThat(rig.heard.take()).containsExactly("apdu 0", "resolved 1");
        assertThat(second.take()).containsExactly("session FROM_LEAD", "apdu 0", "resolved 1");
    }

    @Test
    void whoLeavesHearsNothingAndTheOthersGoOn() {
        Recorder third = new Recorder();
        rig.receiver.add(second);
        rig.receiver.add(third);
        rig.receiver.remove(second);
        rig.receiver.remove(second);
        rig.heard.take();
        third.take();

        rig.odata(0);
        rig.receiver.remove(rig.heard);
        rig.odata(1);

        assertThat(second.take()).containsExactly("session FROM_LEAD");
        assertThat(rig.heard.take()).containsExactly("apdu 0", "resolved 1");
        assertThat(third.take()).containsExactly("apdu 0", "resolved 1", "apdu 1", "resolved 2");
    }

    @Test
    void whoComesLaterIsToldOfResolvedNumbersFromItsOwnOn() {
        rig.odata(0);
        rig.odata(3);
        rig.receiver.add(second);
        rig.heard.take();

        rig.rdata(1);
        assertThat(rig.heard.take()).containsExactly("apdu 1 repaired", "resolved 2");
        assertThat(second.take()).containsExactly("session FROM_LEAD");
        rig.rdata(2);

        assertThat(rig.heard.take()).containsExactly("apdu 2 repaired", "apdu 3", "resolved 4");
        assertThat(second.take()).containsExactly("resolved 4");
    }

    @Test
    void withoutOrderWhoComesLaterHearsWhatStartsAfterThat() {
        rig.close();
        rig = new ReceiverRig(Config.with(config -> config.order = DeliveryOrder.COMPLETE)).established(0);
        rig.odata(2);
        rig.receiver.add(second);
        rig.odata(3);
        rig.rdata(1);
        rig.rdata(0);
        rig.odata(4);

        assertThat(second.take()).containsExactly("session FROM_LEAD", "apdu 3", "resolved 4", "apdu 4", "resolved 5");
    }

    @Test
    void allAreToldOfSilenceAndOfTheEnd() {
        rig.receiver.add(second);
        rig.heard.isHearingSilence = true;
        second.isHearingSilence = true;
        rig.heard.take();
        second.take();

        rig.advance(60 * SECOND);

        assertThat(rig.heard.take()).containsExactly("silent", "end EXPIRED -1");
        assertThat(second.take()).containsExactly("silent", "end EXPIRED -1");
    }

    @Test
    void withoutAHandlerNothingIsPlausible() {
        rig.close();
        rig = new ReceiverRig();
        rig.receiver.remove(rig.heard);
        rig.hasOption = false;
        rig.spm();
        rig.odata();

        assertThat(rig.receiver.peers()).isZero();
        rig.receiver.add(second);
        rig.odata();
        assertThat(second.takeDeliveries()).containsExactly("session FROM_LEAD", "apdu 0", "apdu 1");
    }
}
