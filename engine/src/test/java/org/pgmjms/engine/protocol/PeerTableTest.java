package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.testing.Seeds;

/** Many sessions come and go, each found by its identifier while it is there. */
class PeerTableTest {

    @Seeds(fresh = 20)
    void eachSessionIsFoundWhileItIsThere(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ReceiverRig rig = new ReceiverRig(ReceiverRig.Config.with(config -> config.expiryNs = 40 * ReceiverRig.MS));
        int sessions = 1 + random.nextInt(40);
        List<Tsi> all = random.longs(sessions).mapToObj(Tsi::new).toList();
        int[] delivered = new int[sessions];

        for (int i = 0; i < 3000; i++) {
            int which = random.nextInt(sessions);
            rig.tsi = all.get(which);
            rig.trail = 0;
            rig.lead = delivered[which] - 1;
            rig.spmSqn = 2 * i;
            rig.spm();
            rig.odata(delivered[which]);
            rig.lead++;
            rig.spm();
            assertThat(rig.heard.takeDeliveries()).contains("apdu " + delivered[which]);
            delivered[which]++;
            if (random.nextInt(20) == 0) {
                rig.advance(random.nextLong(60 * ReceiverRig.MS));
                rig.heard.take();
            }
        }
        assertThat(rig.receiver.peers()).isLessThanOrEqualTo(sessions);
        rig.advance(ReceiverRig.SECOND);

        assertThat(rig.receiver.peers() + rig.receiver.halfOpen()).isZero();
        assertThat(rig.receiver.heldBytes()).isZero();
        rig.close();
    }
}
