package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.ReceiverRig.OTHER_HOST;
import static org.pgmjms.engine.protocol.ReceiverRig.SOURCE;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.engine.wire.SpmEncoder;

/** Where a session's packets come from: an SPM is believed that comes from where it says, and a move after three of them. */
class PeerAddressTest {
    private static final Nla THIRD_HOST = Nla.ipv4(0x0A000055);

    private final PeerAddress address = new PeerAddress(SOURCE);
    private final ByteBuf buffer = Unpooled.buffer(100);
    private final PacketView view = new PacketView();

    private boolean accepts(Nla path, Nla from) {
        SpmEncoder spm = new SpmEncoder().wrap(buffer, 0).session(1, 7500).sqn(0);
        int length = spm.trail(0).lead(0).path(path).finish();
        assertThat(view.wrap(buffer, 0, length)).isEqualTo(DecodeResult.OK);
        return address.accept(view.spm(), from);
    }

    @Test
    void whatComesFromTheAddressIsTaken() {
        assertThat(accepts(SOURCE, SOURCE)).isTrue();
        assertThat(address.isFrom(SOURCE)).isTrue();
        assertThat(address.isFrom(OTHER_HOST)).isFalse();
        assertThat(address.address()).isEqualTo(SOURCE);
    }

    @Test
    void whatNamesAnotherPathThanItComesFromIsNot() {
        for (int i = 0; i < 5; i++) {
            assertThat(accepts(OTHER_HOST, SOURCE)).isFalse();
            assertThat(accepts(SOURCE, OTHER_HOST)).isFalse();
        }
        assertThat(address.address()).isEqualTo(SOURCE);
    }

    @Test
    void theThirdInARowFromElsewhereIsBelieved() {
        assertThat(accepts(OTHER_HOST, OTHER_HOST)).isFalse();
        assertThat(accepts(OTHER_HOST, OTHER_HOST)).isFalse();
        assertThat(accepts(OTHER_HOST, OTHER_HOST)).isTrue();

        assertThat(address.address()).isEqualTo(OTHER_HOST);
        assertThat(accepts(SOURCE, SOURCE)).isFalse();
        assertThat(accepts(SOURCE, SOURCE)).isFalse();
        assertThat(accepts(SOURCE, SOURCE)).isTrue();
    }

    @Test
    void twoPlacesAreNoMove() {
        for (int i = 0; i < 5; i++) {
            assertThat(accepts(OTHER_HOST, OTHER_HOST)).isFalse();
            assertThat(accepts(THIRD_HOST, THIRD_HOST)).isFalse();
        }
    }

    @Test
    void anythingFromTheAddressBetweenIsNoMove() {
        for (int i = 0; i < 5; i++) {
            assertThat(accepts(OTHER_HOST, OTHER_HOST)).isFalse();
            assertThat(accepts(OTHER_HOST, OTHER_HOST)).isFalse();
            assertThat(i % 2 == 0 ? address.isFrom(SOURCE) : accepts(SOURCE, SOURCE))
                    .isTrue();
        }
    }
}
