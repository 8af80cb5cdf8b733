package org.pgmjms.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.sim.check.InOrder;
import org.pgmjms.engine.sim.check.OnceEach;
import org.pgmjms.engine.sim.check.RightBytes;
import org.pgmjms.engine.testing.Seeds;

/** A source dies and comes back under the same transport session identifier, and counts from the same number again or from any other. */
class StartedOverTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;
    private static final int MOST = 300;

    @Seeds(fresh = 30)
    void itsNewSessionIsHeardFromItsBirth(long seed) {
        SimChannel channel = new SimChannel(seed * SECOND, seed);
        channel.world().listeners().add(new InOrder());
        channel.world().listeners().add(new OnceEach());
        channel.world().listeners().add(new RightBytes());
        RandomGenerator random = channel.network().fork();
        SimNode host = channel.network().host("source");
        List<SimReceiver> receivers = new ArrayList<>();
        for (DeliveryOrder order : DeliveryOrder.values()) {
            SimReceiver receiver =
                    channel.receiver(channel.network().host("receiver " + order), SimConfigs.receiver(order));
            receiver.node().inbound().loss = random.nextDouble(0.1);
            receivers.add(receiver);
        }
        SourceConfig config = SimConfigs.source("pgm.window.time", "30s");
        SimSource before = channel.source(host, config, 1_500);
        publish(channel, before, random, MOST);
        channel.world().runFor(random.nextLong(3 * SECOND));
        before.die();
        channel.world().runFor(random.nextLong(SECOND));

        boolean isSame = random.nextBoolean();
        SourceConfig again = isSame
                ? config
                : SimConfigs.source(
                        "pgm.window.time",
                        "30s",
                        "pgm.firstSqn",
                        String.valueOf(Integer.toUnsignedLong(random.nextInt())));
        SimSource after = channel.sourceAgain(host, again, 1_500);
        publish(channel, after, random, random.nextInt(1, isSame ? MOST / 2 : 2 * MOST));
        channel.world().runFor(20 * SECOND);

        for (SimReceiver receiver : receivers) {
            HeardStream heard = receiver.now(after.stream());
            assertThat(heard).isNotNull();
            assertThat(heard.sent()).isSameAs(after.stream());
            assertThat(heard.delivered().cardinality()).isEqualTo(after.stream().sent());
            assertThat(receiver.counters().get(ReceiverCounter.SESSIONS_RESTARTED))
                    .isEqualTo(1);
        }
    }

    private static void publish(SimChannel channel, SimSource source, RandomGenerator random, int count) {
        source.open();
        for (int i = 0; i < count; i++) {
            source.publish(random.nextInt(1, 1_000));
            channel.world().runFor(random.nextLong(10 * MS));
        }
    }
}
