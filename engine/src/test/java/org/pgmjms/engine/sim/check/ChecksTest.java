package org.pgmjms.engine.sim.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.sim.SimChannel;
import org.pgmjms.engine.sim.SimConfigs;
import org.pgmjms.engine.sim.SimListener;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.engine.sim.SimReceiver;
import org.pgmjms.engine.sim.SimSource;
import org.pgmjms.engine.wire.DataEncoder;
import org.pgmjms.engine.wire.NakEncoder;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.engine.wire.SpmEncoder;

/** Each check fails when what it watches for happens: five packets were sent, and a receiver tells wrong stories of them. */
class ChecksTest {
    private static final long MS = 1_000_000;
    private static final int PACKETS = 5;

    private final SimChannel channel = new SimChannel(0, 1);
    private final List<ByteBuf> apdus = new ArrayList<>();
    private final ByteBuf packet = Unpooled.buffer(2_000);
    private SimSource source;
    private SimReceiver ordered;
    private SimReceiver unordered;
    private Tsi tsi;

    @BeforeEach
    void sendWhileNobodyListens() {
        Checks.watch(channel);
        channel.world().listeners().add(new SimListener() {
            @Override
            public void onSent(SimNode from, PacketView sent, SimNode.Target target) {
                if (sent.type() == PacketType.ODATA) {
                    apdus.add(sent.buffer().copy(sent.payloadOffset(), sent.payloadLength()));
                }
            }
        });
        ordered = receiver(DeliveryOrder.CONTIGUOUS);
        unordered = receiver(DeliveryOrder.COMPLETE);
        source = channel.source(channel.network().host("source"), SimConfigs.source("pgm.maxRate", "1Mbit/s"), 1_500);
        tsi = source.stream().tsi();
        source.open();
        for (int i = 0; i < PACKETS; i++) {
            source.publish(100);
            channel.world().runFor(5 * MS);
        }
    }

    private SimReceiver receiver(DeliveryOrder order) {
        SimReceiver receiver =
                channel.receiver(channel.network().host("receiver " + order), SimConfigs.receiver(order));
        receiver.node().down(true);
        return receiver;
    }

    private void begin() {
        ordered.onSession(tsi, SessionStart.FROM_BIRTH);
        unordered.onSession(tsi, SessionStart.FROM_BIRTH);
        deliver(ordered, 0);
        deliver(unordered, 0);
    }

    private void deliver(SimReceiver receiver, int sqn) {
        receiver.onApdu(tsi, sqn, sqn, apdus.get(sqn), 0);
    }

    private static void fails(String why, ThrowingCallable story) {
        assertThatThrownBy(story).isInstanceOf(AssertionError.class).hasMessageContaining(why);
    }

    @Test
    void theTruthPasses() {
        begin();

        assertThatCode(() -> {
                    deliver(ordered, 1);
                    ordered.onLost(tsi, 2, 2, LossCause.NAK_RETRIES);
                    ordered.onResolved(tsi, 4);
                    deliver(unordered, 4);
                    unordered.onLost(tsi, 1, 1, LossCause.NAK_RETRIES);
                    unordered.onResolved(tsi, 2);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void orderIsWatched() {
        begin();
        fails("when 1 was next", () -> deliver(ordered, 2));
    }

    @Test
    void whatIsResolvedIsWatched() {
        begin();
        unordered.onLost(tsi, 1, 1, LossCause.NAK_RETRIES);
        unordered.onResolved(tsi, 2);
        fails("before the edge", () -> deliver(unordered, 1));
        fails("the edge goes from", () -> unordered.onResolved(tsi, 1));
    }

    @Test
    void repetitionIsWatched() {
        begin();
        fails("was delivered before", () -> deliver(unordered, 0));
    }

    @Test
    void bytesAreWatched() {
        begin();
        fails("other bytes", () -> ordered.onApdu(tsi, 1, 1, apdus.get(2), 0));
    }

    @Test
    void boundariesAreWatched() {
        begin();
        fails("the APDU is", () -> ordered.onApdu(tsi, 1, 2, apdus.get(1), 0));
    }

    @Test
    void silenceIsWatched() {
        begin();
        fails("nothing was said about 1", () -> ordered.onResolved(tsi, 3));
        fails("nothing was said about 1", () -> unordered.onEnd(tsi, EndReason.EXPIRED, PACKETS - 1));
    }

    @Test
    void inventedLossesAreWatched() {
        begin();
        fails("was delivered before", () -> unordered.onLost(tsi, 0, 2, LossCause.NAK_RETRIES));
        fails("lost 1 to 99 of 5", () -> unordered.onLost(tsi, 1, 98, LossCause.NAK_RETRIES));
        fails("cannot be", () -> unordered.onLost(tsi, 1, 1, LossCause.TRAIL_PASSED));
    }

    @Test
    void theBirthIsWatched() {
        SpmEncoder spm = new SpmEncoder().wrap(packet, 0).session(tsi.value(), SimNetwork.PORT);
        PacketView view = new PacketView();
        view.wrap(packet, 0, spm.path(source.node().address()).finish());
        channel.world().listeners().forEach(listener -> listener.onTaken(ordered.node(), view));

        fails("before the session was born", () -> ordered.onSession(tsi, SessionStart.FROM_LEAD));
    }

    @Test
    void inventedSessionsAreWatched() {
        fails("session of nobody", () -> ordered.onSession(Tsi.of(1, 2), SessionStart.FROM_BIRTH));
    }

    @Test
    void memoryIsWatched() {
        ordered.memory().heapBuffer(100 << 20);
        fails("are allowed", () -> ordered.node().settle());
    }

    @Test
    void leftoversAreWatched() {
        source.die();
        channel.world().runFor(300_000 * MS);
        ordered.memory().heapBuffer(1);
        fails("still holds 1 bytes", () -> channel.world().listeners().forEach(SimListener::onFinished));
    }

    @Test
    void needlessNaksAreWatched() {
        begin();
        NakEncoder nak = new NakEncoder().wrap(packet, 0).type(PacketType.NAK).session(tsi.value(), SimNetwork.PORT);
        int length = nak.source(source.node().address())
                .group(SimNetwork.GROUP)
                .sqn(1)
                .finish();
        ordered.node().toHost(source.node().address(), source.node().port(), packet, 0, length);
        fails("heard of none", () -> ordered.node().flush());
    }

    @Test
    void unconfirmedRepairsAreWatched() {
        source.node().toGroup(packet, 0, data(PacketType.RDATA, 1, 100));
        fails("unconfirmed", () -> source.node().flush());
    }

    @Test
    void dataOutOfTurnIsWatched() {
        source.node().toGroup(packet, 0, data(PacketType.ODATA, 1, 100));
        fails("sends 1 after 5", () -> source.node().flush());
    }

    @Test
    void theRateIsWatched() {
        fails("sent", () -> {
            for (int sqn = PACKETS; sqn < 100; sqn++) {
                source.node().toGroup(packet, 0, data(PacketType.ODATA, sqn, 1_400));
                source.node().flush();
            }
        });
    }

    private int data(PacketType type, int sqn, int length) {
        DataEncoder data = new DataEncoder().wrap(packet, 0).type(type).session(tsi.value(), SimNetwork.PORT);
        data.sqn(sqn).trail(0);
        return data.finish(length);
    }
}
