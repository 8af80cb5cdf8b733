package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.protocol.ReceiverRig.Config;
import org.pgmjms.engine.testing.Allocations;
import org.pgmjms.engine.testing.SilentHandler;
import org.pgmjms.engine.wire.DataEncoder;
import org.pgmjms.engine.wire.PacketType;

/** Nothing is allocated for packets that come in order, and nothing per packet of an outage. */
@Tag("allocation")
class ReceiverAllocationTest {
    private static final int PACKETS = 20_000;
    private static final int PAYLOAD = 1000;

    /** A stray allocation of the platform, not of ours: far below one for each packet. */
    private static final long TOLERATED_BYTES = PACKETS;

    private final DataEncoder data = new DataEncoder();
    private int next;

    private ReceiverRig rig(SilentHandler handler, Consumer<Config> change) {
        ReceiverRig rig = new ReceiverRig(Config.with(change));
        rig.receiver.remove(rig.heard);
        rig.receiver.add(handler);
        return rig;
    }

    private void send(ReceiverRig rig, int sqn) {
        data.wrap(rig.buffer, 0)
                .type(PacketType.ODATA)
                .session(rig.tsi.value(), ReceiverRig.DPORT)
                .sqn(sqn)
                .trail(sqn);
        rig.feed(data.finish(PAYLOAD));
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void allocatesNothingForPacketsInOrder(DeliveryOrder order) {
        SilentHandler handler = new SilentHandler();
        ReceiverRig rig = rig(handler, config -> config.order = order);
        Tsi[] sessions = {new Tsi(1), new Tsi(-77), new Tsi(12345)};
        for (Tsi session : sessions) {
            rig.tsi = session;
            rig.established(0);
        }

        long bytes = Allocations.least(TOLERATED_BYTES, () -> sendInTurn(rig, sessions));

        assertThat(handler.apdus()).isEqualTo(3L * next);
        assertThat(bytes).isLessThan(TOLERATED_BYTES);
        assertThat(rig.receiver.heldBytes()).isZero();
        rig.close();
    }

    private void sendInTurn(ReceiverRig rig, Tsi[] sessions) {
        for (int i = 0; i < PACKETS; i++) {
            for (Tsi session : sessions) {
                rig.tsi = session;
                send(rig, next);
            }
            next++;
            rig.nowNs += 1000;
        }
    }

    @Test
    void anOutageOfAnyLengthAllocatesLittle() {
        SilentHandler handler = new SilentHandler();
        ReceiverRig rig = rig(handler, config -> config.windowPackets = 1 << 24);
        rig.established(0);
        rig.spm();
        send(rig, 0);

        long bytes = Allocations.of(() -> {
            rig.lead = 1 << 23;
            rig.spm();
        });

        assertThat(bytes).isLessThan(100_000);
        rig.close();
    }
}
