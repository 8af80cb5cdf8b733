package org.pgmjms.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.protocol.SlowestReceiver.Change;
import org.pgmjms.engine.sim.check.Checks;
import org.pgmjms.engine.testing.Seeds;

/** A source that waits for the slowest of its receivers, in a world with weather. */
class SlowestReceiverTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;
    private static final int ROOM_BYTES = 200_000;
    private static final int PACKET_BYTES = 1_472;
    private static final int MESSAGES = 3_000;
    private static final int MESSAGE_BYTES = 900;

    /** An application that takes so many bytes in each millisecond, and must never have more than its room waiting. */
    private static final class Application implements SimListener {
        private final SimReceiver receiver;
        private int bytesPerMilli;
        private long waitingBytes;
        private long mostBytes;

        Application(SimChannel channel, SimReceiver receiver, int bytesPerMilli) {
            this.receiver = receiver;
            this.bytesPerMilli = bytesPerMilli;
            receiver.roomBytes =
                    coming -> (int) Math.max(waitingBytes == 0 ? PACKET_BYTES : 0, ROOM_BYTES - waitingBytes - coming);
            channel.world().listeners().add(this);
            take(channel.world());
        }

        private void take(SimWorld world) {
            waitingBytes = Math.max(0, waitingBytes - bytesPerMilli);
            if (!receiver.isClosed()) {
                world.after(MS, () -> take(world));
            }
        }

        @Override
        public void onApdu(HeardStream stream, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
            if (stream.receiver() == receiver) {
                waitingBytes += apdu.readableBytes();
                mostBytes = Math.max(mostBytes, waitingBytes);
            }
        }
    }

    private final SimChannel channel = new SimChannel(Long.MAX_VALUE - SECOND, 1);

    private SimSource source(SimChannel on, String... more) {
        List<String> all = new ArrayList<>(List.of("pgm.sendLimit", "min", "pgm.maxRate", "1Gbit/s"));
        all.addAll(List.of(more));
        SimSource source = on.source(on.network().host("source"), SimConfigs.source(all.toArray(String[]::new)), 1_500);
        source.open();
        return source;
    }

    private static SimReceiver receiver(SimChannel on, String name) {
        ReceiverConfig config = SimConfigs.receiver(DeliveryOrder.COMPLETE);
        return on.receiver(on.network().host(name), config);
    }

    @Test
    void aNewcomerHearsOfAnIdleSourceAtOnce() {
        SimSource source = source(channel);
        channel.world().runFor(SECOND);
        receiver(channel, "newcomer");
        channel.world().runFor(100 * MS);

        assertThat(source.counters().get(SourceCounter.SPMRS_RECEIVED)).isEqualTo(1);
    }

    private static void publishAll(SimSource source) {
        for (int i = 0; i < MESSAGES; i++) {
            source.publish(MESSAGE_BYTES);
        }
    }

    private static void runUntilSent(SimChannel on, SimSource source) {
        for (int step = 0; step < 600 && source.supply().waiting() > 0; step++) {
            on.world().runFor(100 * MS);
        }
        on.world().runFor(2 * SECOND);
    }

    private static int delivered(SimReceiver receiver, SimSource source) {
        HeardStream stream = receiver.now(source.stream());
        return stream == null ? 0 : stream.delivered().cardinality();
    }

    @Seeds(fresh = 100)
    void nothingOverrunsTheSlowestReceiverWhateverTheWeather(long seed) {
        SimChannel stormy = new SimChannel(seed * SECOND, seed);
        Checks.watch(stormy);
        RandomGenerator random = stormy.network().fork();
        List<Application> applications = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            SimReceiver receiver = receiver(stormy, "receiver-" + i);
            receiver.node().inbound().loss = random.nextDouble(0.1);
            receiver.node().inbound().jitterNs = random.nextLong(3 * MS);
            applications.add(new Application(stormy, receiver, random.nextInt(500, 10_000)));
        }
        SimSource source = source(stormy, "pgm.sendLimit.receivers", String.valueOf(applications.size()));
        source.node().inbound().loss = random.nextDouble(0.1);
        publishAll(source);
        runUntilSent(stormy, source);

        assertThat(source.supply().waiting()).as("messages that wait").isZero();
        assertThat(source.changes()).doesNotContainKeys(Change.SILENT, Change.STUCK);
        for (Application application : applications) {
            assertThat(delivered(application.receiver, source))
                    .isEqualTo(source.stream().sent());
            assertThat(application.mostBytes).isLessThanOrEqualTo(ROOM_BYTES);
        }
    }

    @Test
    void theSlowestSetsThePaceOfAll() {
        SimReceiver fast = receiver(channel, "fast");
        SimReceiver slow = receiver(channel, "slow");
        new Application(channel, fast, 1 << 20);
        new Application(channel, slow, 1_000);
        SimSource source = source(channel, "pgm.sendLimit.receivers", "2");
        publishAll(source);
        channel.world().runFor(SECOND);

        // A second's worth of what it takes, and its room.
        assertThat(delivered(fast, source) * MESSAGE_BYTES).isBetween(900_000, 1_000_000 + ROOM_BYTES);
        assertThat(source.counters().get(SourceCounter.LIMIT_WAITS)).isPositive();
    }

    @Test
    void aClosedGroupBeginsWhenAllAreThere() {
        receiver(channel, "first");
        SimSource source = source(channel, "pgm.sendLimit.receivers", "2");
        source.publish(MESSAGE_BYTES);
        channel.world().runFor(5 * SECOND);
        assertThat(source.stream().sent()).isZero();

        SimReceiver second = receiver(channel, "second");
        channel.world().runFor(3 * SECOND);

        assertThat(source.changes()).containsEntry(Change.CAME, 2);
        assertThat(delivered(second, source)).isEqualTo(1);
    }

    @Test
    void oneThatDiesIsGoneOnWithout() {
        SimReceiver living = receiver(channel, "living");
        SimReceiver dying = receiver(channel, "dying");
        SimSource source = source(channel, "pgm.sendLimit.receivers", "2", "pgm.sendLimit.silence", "500ms");
        channel.world().runFor(100 * MS);
        dying.node().down(true);
        publishAll(source);
        channel.world().runFor(400 * MS);
        assertThat(source.supply().waiting()).as("messages that wait").isPositive();

        channel.world().runFor(2 * SECOND);

        assertThat(source.changes()).containsEntry(Change.SILENT, 1).doesNotContainKey(Change.STUCK);
        assertThat(source.supply().waiting()).as("messages that wait").isZero();
        assertThat(delivered(living, source)).isEqualTo(source.stream().sent());
    }

    @Test
    void oneThatTakesNothingIsGoneOnWithoutAfterSomePatience() {
        SimReceiver living = receiver(channel, "living");
        Application stuck = new Application(channel, receiver(channel, "stuck"), 0);
        SimSource source = source(channel, "pgm.sendLimit.receivers", "2", "pgm.sendLimit.patience", "3s");
        publishAll(source);
        channel.world().runFor(2 * SECOND);
        assertThat(stuck.mostBytes).isBetween(ROOM_BYTES - 2L * PACKET_BYTES, (long) ROOM_BYTES);
        assertThat(source.changes()).doesNotContainKey(Change.STUCK);

        channel.world().runFor(3 * SECOND);

        assertThat(source.changes()).containsEntry(Change.STUCK, 1);
        assertThat(delivered(living, source)).isEqualTo(source.stream().sent());
    }

    @Test
    void oneThatLeavesHoldsNobody() {
        SimReceiver leaving = receiver(channel, "leaving");
        new Application(channel, leaving, 0);
        SimSource source = source(channel, "pgm.sendLimit.receivers", "1");
        publishAll(source);
        channel.world().runFor(100 * MS);
        assertThat(source.supply().waiting()).as("messages that wait").isPositive();

        leaving.close();
        channel.world().runFor(200 * MS);

        assertThat(source.changes()).containsEntry(Change.LEFT, 1);
        assertThat(source.supply().waiting()).as("messages that wait").isZero();
    }

    @Test
    void aMessageLargerThanTheRoomComesThroughWhenNothingElseWaits() {
        Application application = new Application(channel, receiver(channel, "receiver"), 2_000);
        SimSource source = source(channel, "pgm.sendLimit.receivers", "1");
        source.publish(MESSAGE_BYTES);
        source.publish(3 * ROOM_BYTES);
        source.publish(MESSAGE_BYTES);
        runUntilSent(channel, source);

        assertThat(delivered(application.receiver, source))
                .isEqualTo(source.stream().sent());
        assertThat(source.changes()).doesNotContainKey(Change.STUCK);
    }
}
