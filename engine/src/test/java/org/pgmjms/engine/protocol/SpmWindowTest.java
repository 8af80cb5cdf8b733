package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.api.ReceiverCounter;

/** The trail and the lead of an SPM on every side of the receiver's edge, wherever the numbers start over. */
class SpmWindowTest {
    private static final int REACH = 6;

    @ParameterizedTest
    @ValueSource(ints = {0, -1, -3, -REACH, Integer.MAX_VALUE, Integer.MAX_VALUE - 3, Integer.MIN_VALUE, 1_000_000})
    void whatTwoSpmsPassIsLostAndNothingElse(int edge) {
        for (int trail = -REACH; trail <= REACH; trail++) {
            for (int lead = -REACH; lead <= REACH; lead++) {
                tryWindow(edge, trail, lead);
            }
        }
    }

    /** One SPM with this window, relative to the edge, then another. */
    private static void tryWindow(int edge, int trail, int lead) {
        ReceiverRig rig = new ReceiverRig().established(edge - 1);
        rig.odata();
        rig.heard.take();
        boolean isPassed = trail > 0 && trail <= lead + 1;
        String what = "trail " + trail + ", lead " + lead + " of edge " + edge;

        rig.trail = edge + trail;
        rig.lead = edge + lead;
        rig.spm();
        assertThat(rig.count(ReceiverCounter.LOST)).as(what).isZero();
        rig.spm();

        List<String> lost = isPassed ? List.of("lost " + edge + "+" + trail + " TRAIL_PASSED") : List.of();
        assertThat(rig.heard.takeDeliveries()).as(what).isEqualTo(lost);
        rig.trail = edge - 1;
        rig.lead = edge + REACH;
        rig.odata();
        for (int i = 0; i <= REACH; i++) {
            rig.rdata(edge + i);
        }
        assertThat(rig.heard.takeDeliveries())
                .as(what)
                .hasSize(2 + REACH - (isPassed ? trail : 0))
                .allMatch(event -> event.startsWith("apdu"));
        rig.close();
        assertThat(rig.receiver.heldBytes()).isZero();
    }
}
