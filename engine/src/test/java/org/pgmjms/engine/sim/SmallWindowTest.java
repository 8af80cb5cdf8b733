package org.pgmjms.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.sim.check.Checks;

/** A receiver that has room for a moment of traffic only, beside a source that stays busy and could repair much more. */
class SmallWindowTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;
    private static final int MESSAGE_BYTES = 1_000;
    private static final int MESSAGES_PER_MS = 10;

    private final SimChannel channel = new SimChannel(SECOND, 7);
    private final SimSource source;

    SmallWindowTest() {
        Checks.watch(channel);
        source = channel.source(
                channel.network().host("source"),
                SimConfigs.source("pgm.window.time", "2s", "pgm.window.bytes", "64MiB"),
                1_500);
    }

    private SimReceiver receiver(DeliveryOrder order, String setting, String size) {
        SimReceiver receiver =
                channel.receiver(channel.network().host("receiver"), SimConfigs.receiver(order, setting, size));
        receiver.node().inbound().loss = 0.01;
        source.node().inbound().loss = 0.01;
        source.open();
        publish();
        channel.world().runFor(SECOND);
        return receiver;
    }

    private void publish() {
        for (int i = 0; i < MESSAGES_PER_MS; i++) {
            source.publish(MESSAGE_BYTES);
        }
        channel.world().after(MS, this::publish);
    }

    private void cutOff(SimReceiver receiver, long durationNs) {
        receiver.node().down(true);
        channel.world().runFor(durationNs);
        receiver.node().down(false);
    }

    private int delivered(SimReceiver receiver) {
        HeardStream heard = receiver.now(source.stream());
        return heard == null ? 0 : heard.delivered().cardinality();
    }

    private int lost(SimReceiver receiver) {
        HeardStream heard = receiver.now(source.stream());
        return heard == null ? 0 : heard.lost().cardinality();
    }

    /** It held 80 ms of traffic, lost most of what came after one outage, and never recovered. */
    @ParameterizedTest
    @CsvSource({
        "CONTIGUOUS, pgm.receiveWindow.bytes, 800KiB",
        "COMPLETE, pgm.receiveWindow.bytes, 800KiB",
        "CONTIGUOUS, pgm.receiveWindow.packets, 550"
    })
    void recoversWhileTheSourceStaysBusy(DeliveryOrder order, String setting, String size) {
        SimReceiver receiver = receiver(order, setting, size);

        cutOff(receiver, 300 * MS);
        channel.world().runFor(2 * SECOND);
        int lost = lost(receiver);
        int delivered = delivered(receiver);
        channel.world().runFor(3 * SECOND);

        int sentSince = 3_000 * MESSAGES_PER_MS;
        assertThat(lost).isLessThan(15_000);
        assertThat(lost(receiver) - lost).isLessThan(sentSince / 100);
        assertThat(delivered(receiver) - delivered).isGreaterThan(sentSince * 95 / 100);
    }

    @Test
    void losesNothingWhenRepairsComeFasterThanData() {
        SimReceiver receiver = receiver(DeliveryOrder.CONTIGUOUS, "pgm.receiveWindow.bytes", "4MiB");

        cutOff(receiver, 700 * MS);
        channel.world().runFor(3 * SECOND);

        HeardStream heard = receiver.now(source.stream());
        assertThat(receiver.counters().get(ReceiverCounter.NO_ROOM)).isPositive();
        assertThat(lost(receiver)).isZero();
        assertThat(heard).isNotNull();
        assertThat(source.stream().sent() - heard.edge()).isLessThan(2_000);
    }
}
