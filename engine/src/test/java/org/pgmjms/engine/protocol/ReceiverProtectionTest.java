package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;

/** Protected packets: nothing is believed before it was checked, and what was hidden is handed out in the clear. */
class ReceiverProtectionTest {
    private final Mask mask = new Mask();
    private final ReceiverRig rig = new ReceiverRig(new ReceiverRig.Config().build(), 1, mask);

    @AfterEach
    void holdsNothingInTheEnd() {
        rig.close();
        assertThat(rig.receiver.heldBytes()).isZero();
    }

    @Test
    void hiddenPayloadIsHandedOutInTheClear() {
        rig.established(0);
        mask.isHiding = true;
        rig.heard.take();

        rig.odata(0);
        rig.odata(2);
        rig.rdata(1);

        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 0", "apdu 1 repaired", "apdu 2");
        assertThat(rig.count(ReceiverCounter.DATA_BYTES)).isEqualTo(3 * 8);
        assertThat(mask.opened).isEqualTo(5);
    }

    @Test
    void openPayloadIsHandedOutAsItCame() {
        rig.established(0);
        rig.heard.take();

        rig.odata(0);

        assertThat(rig.heard.takeDeliveries()).containsExactly("apdu 0");
    }

    @Test
    void whatIsNotAuthenticChangesNothing() {
        rig.established(0);
        rig.heard.take();
        mask.verdict = DecodeResult.BAD_OPTION;

        rig.odata(0);
        rig.lead = 5;
        rig.spm();
        rig.spm(spm -> spm.rst(0, true));
        rig.spm(spm -> spm.rst(0, true));
        rig.advance(ReceiverRig.SECOND);

        assertThat(rig.heard.take()).isEmpty();
        assertThat(rig.naked()).isEmpty();
        assertThat(rig.receiver.peers()).isEqualTo(1);
        assertThat(rig.count(ReceiverCounter.NOT_AUTHENTIC)).isEqualTo(4);
        assertThat(rig.count(ReceiverCounter.ODATA_RECEIVED)).isZero();
    }

    @Test
    void whatIsNotAuthenticMakesNoSession() {
        mask.verdict = DecodeResult.BAD_OPTION;

        rig.odata(0);
        rig.spm();

        assertThat(rig.receiver.halfOpen()).isZero();
    }

    /** Hides payload by taking it out of the packet. */
    private static final class Mask implements PacketProtection {
        private DecodeResult verdict = DecodeResult.OK;
        private boolean isHiding;
        private int opened;

        @Override
        public DecodeResult open(PacketView packet, ByteBuf out) {
            opened++;
            if (isHiding && packet.type().isData()) {
                for (int i = 0; i < packet.payloadLength(); i++) {
                    int at = packet.payloadOffset() + i;
                    out.writeByte(packet.buffer().getByte(at));
                    packet.buffer().setByte(at, 0);
                }
            }
            return verdict;
        }

        @Override
        public int headroom() {
            return 0;
        }

        @Override
        public int tailroom() {
            return 0;
        }

        @Override
        public int optionBytes(PacketType type) {
            return 0;
        }

        @Override
        public boolean trustDataTrail() {
            return true;
        }

        @Override
        public void seal(int sqn, int wraps, ByteBuf packet, int at, int length) {
            throw new AssertionError("a receiver seals nothing");
        }
    }
}
