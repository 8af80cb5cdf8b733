package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.pgmjms.engine.protocol.ReceiverRig.Config;

/** Tests of a receiver that has an established session, and holds nothing when it is closed. */
abstract class EstablishedReceiver {
    ReceiverRig rig = new ReceiverRig().established(0);

    /** Another receiver from here on. */
    final void rig(Consumer<Config> change) {
        rig.close();
        rig = new ReceiverRig(Config.with(change)).established(0);
        rig.heard.take();
    }

    @AfterEach
    void holdsNothingInTheEnd() {
        rig.close();
        assertThat(rig.receiver.heldBytes()).isZero();
    }
}
