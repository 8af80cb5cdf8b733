package org.pgmjms.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.protocol.ProtocolHalf;
import org.pgmjms.engine.sim.check.BoundedMemory;
import org.pgmjms.engine.sim.check.InOrder;
import org.pgmjms.engine.sim.check.NothingLeft;
import org.pgmjms.engine.sim.check.OnceEach;
import org.pgmjms.engine.sim.check.RightBytes;
import org.pgmjms.engine.sim.check.TrueLosses;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.engine.testing.SilentHandler;

/**
 * Who comes and goes while packets and timers are under way. One interleaving is a network of its own with two hosts for
 * sources and two for receivers, on which 8 to 24 things happen at random moments of a few hundred milliseconds: a source
 * or a receiver is bound to a host, in the place of one that is there or was; a session opens, publishes, ends, is reset,
 * or its process dies; a receiver closes, a handler comes or goes, a host stands still; somebody touches what is closed
 * already. Packets are late, lost, doubled and in another order, so that they and the timers meet whoever is there by
 * then. In the end all close, in any order.
 *
 * <p>The checks of the simulation watch that do not ask what a host heard before: order, bytes, each once, true losses,
 * memory. Memory is spoilt when it is given back, and giving it back twice fails; in the end all of it is back, and no
 * timer runs. 5,000 in each build, a million with {@code -Pdeep}.
 */
class ComingAndGoingTest {
    private static final int OF_EACH_SEED = 1_000;
    private static final long MS = 1_000_000;
    private static final int SOURCE_HOSTS = 2;
    private static final int RECEIVER_HOSTS = 2;
    private static final int LEAST_ACTS = 8;
    private static final int MOST_ACTS = 24;
    private static final long LONGEST_PAUSE_NS = 30 * MS;
    private static final long LAST_PACKET_NS = 1_000 * MS;
    private static final String[] FIRST_NUMBERS = {"0", "4294967294", "2147483646", "4294967290"};
    private static final List<SourceConfig> SESSIONS = sessions();
    private static final List<ReceiverConfig> RECEIVERS = List.of(
            SimConfigs.receiver(DeliveryOrder.CONTIGUOUS),
            SimConfigs.receiver(DeliveryOrder.COMPLETE),
            SimConfigs.rawReceiver());

    private int delivered;
    private int lateTouches;
    private int closedWithData;

    /** As many as can be bound in one interleaving, each under a name of its own. */
    private static List<SourceConfig> sessions() {
        List<SourceConfig> sessions = new ArrayList<>();
        for (int i = 0; i < MOST_ACTS; i++) {
            sessions.add(SimConfigs.source(
                    "pgm.sourcePort",
                    String.valueOf(1_000 + i),
                    "pgm.firstSqn",
                    FIRST_NUMBERS[i % FIRST_NUMBERS.length]));
        }
        return sessions;
    }

    @Seeds(fresh = 5, deep = 1_000)
    void givesEverythingBackOnceWhoeverComesAndGoes(long seed) {
        for (int i = 0; i < OF_EACH_SEED; i++) {
            try {
                new Interleaving(new SplittableRandom(seed * OF_EACH_SEED + i)).run();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("interleaving " + i + ": " + failure.getMessage(), failure);
            }
        }

        assertThat(delivered).isGreaterThan(OF_EACH_SEED);
        assertThat(lateTouches).isGreaterThan(OF_EACH_SEED / 4);
        assertThat(closedWithData).isGreaterThan(OF_EACH_SEED / 20);
    }

    /** One network, from the first who comes to the last who goes. */
    private final class Interleaving {
        private final SplittableRandom random;
        private final SimChannel channel;
        private final SimWorld world;
        private final List<SimNode> sourceHosts = new ArrayList<>();
        private final List<SimNode> receiverHosts = new ArrayList<>();
        private final SilentHandler second = new SilentHandler();

        Interleaving(SplittableRandom random) {
            this.random = random;
            channel = new SimChannel(random.nextLong() >> 2, random.nextLong());
            world = channel.world();
            world.listeners()
                    .addAll(List.of(
                            new InOrder(),
                            new OnceEach(),
                            new RightBytes(),
                            new TrueLosses(channel),
                            new BoundedMemory(channel),
                            new NothingLeft(channel)));
            for (int i = 0; i < SOURCE_HOSTS; i++) {
                sourceHosts.add(host("source " + i));
            }
            for (int i = 0; i < RECEIVER_HOSTS; i++) {
                receiverHosts.add(host("receiver " + i));
            }
        }

        private SimNode host(String name) {
            SimNode host = channel.network().host(name);
            Faults inbound = host.inbound();
            inbound.loss = random.nextBoolean() ? random.nextDouble(0.3) : 0;
            inbound.duplicate = random.nextDouble(0.2);
            inbound.jitterNs = random.nextLong(20 * MS);
            inbound.replay = random.nextDouble(0.1);
            inbound.replayNs = 100 * MS;
            return host;
        }

        void run() {
            bindReceiver();
            bindSource();
            for (int i = random.nextInt(LEAST_ACTS, MOST_ACTS); i > 0; i--) {
                act();
                world.runFor(random.nextBoolean() ? 0 : random.nextLong(LONGEST_PAUSE_NS));
            }
            while (!living().isEmpty() || !listening().isEmpty()) {
                goOne();
                world.runFor(random.nextLong(10 * MS));
            }
            world.runFor(LAST_PACKET_NS);
            for (SimSource source : channel.sources()) {
                assertThat(source.source().nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);
            }
            for (SimReceiver receiver : channel.receivers()) {
                assertThat(receiver.receiver().nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);
                receiver.streams().forEach(stream -> {
                    delivered += stream.delivered().cardinality();
                    assertThat(stream.end()).isNotNull();
                });
            }
            world.listeners().forEach(SimListener::onFinished);
        }

        private void act() {
            switch (random.nextInt(12)) {
                case 0 -> bindReceiver();
                case 1 -> bindSource();
                case 2 -> one(listening(), this::close);
                case 3 -> one(living(), this::end);
                case 4 -> one(channel.sources(), this::touchLate);
                case 5 -> one(channel.receivers(), this::touchLate);
                case 6 -> one(world.nodes(), host -> host.pause(random.nextLong(LONGEST_PAUSE_NS)));
                case 7 -> one(listening(), receiver -> receiver.receiver().add(second));
                case 8 -> one(listening(), receiver -> receiver.receiver().remove(second));
                default ->
                    one(living(), source -> {
                        for (int i = random.nextInt(1, 5); i > 0; i--) {
                            source.publish(random.nextInt(1, 3_000));
                        }
                    });
            }
        }

        private <T> void one(List<T> all, Consumer<T> act) {
            if (!all.isEmpty()) {
                act.accept(all.get(random.nextInt(all.size())));
            }
        }

        private List<SimSource> living() {
            return channel.sources().stream()
                    .filter(source -> source.life() == SimSource.Life.LIVES)
                    .toList();
        }

        private List<SimReceiver> listening() {
            return channel.receivers().stream()
                    .filter(receiver -> !receiver.isClosed())
                    .toList();
        }

        private void bindReceiver() {
            SimNode host = receiverHosts.get(random.nextInt(RECEIVER_HOSTS));
            listening().stream().filter(receiver -> receiver.node() == host).forEach(this::close);
            channel.receiver(host, RECEIVERS.get(random.nextInt(RECEIVERS.size())));
        }

        private void bindSource() {
            SimNode host = sourceHosts.get(random.nextInt(SOURCE_HOSTS));
            channel.sources().stream().filter(source -> source.node() == host).forEach(this::vacate);
            channel.source(host, SESSIONS.get(channel.sources().size()), 1_500).open();
        }

        /** Its process is gone, also when the session has ended before. */
        private void vacate(SimSource source) {
            if (source.life() == SimSource.Life.LIVES) {
                source.die();
            }
            source.source().close();
        }

        private void close(SimReceiver receiver) {
            closedWithData +=
                    receiver.memory().heldBytes() > 0 && receiver.receiver().heldBytes() > 0 ? 1 : 0;
            receiver.close();
        }

        private void end(SimSource source) {
            switch (random.nextInt(3)) {
                case 0 -> source.end();
                case 1 -> source.reset(1);
                default -> source.die();
            }
        }

        private void goOne() {
            if (random.nextBoolean()) {
                one(living(), this::end);
            } else {
                one(listening(), this::close);
            }
        }

        /** A timer and a caller that come when it is over; if it lives, they come too soon. */
        private void touchLate(SimSource source) {
            lateTouches += source.life() == SimSource.Life.DIED ? 1 : 0;
            source.source().onTimeout(world.nowNs());
            source.source().onBatchEnd(world.nowNs());
            source.node().settle();
        }

        private void touchLate(SimReceiver receiver) {
            lateTouches += receiver.isClosed() ? 1 : 0;
            receiver.receiver().onTimeout(world.nowNs());
            receiver.receiver().onBatchEnd(world.nowNs());
            receiver.node().settle();
        }
    }
}
