package org.pgmjms.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.sim.check.Checks;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;

/** Who was there before a session was born hears all of it, or is told exactly what is lost, whatever opens it is lost. */
class FirstPacketsLostTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;
    private static final int SESSIONS = 3;
    private static final int RECEIVERS = 4;
    private static final int PACKETS = 20;

    private final SimChannel channel = new SimChannel(0, 1);
    private final List<SimSource> sources = new ArrayList<>();
    private final List<SimReceiver> receivers = new ArrayList<>();

    /** Drops the first packet of a type of each session. */
    private static Predicate<PacketView> first(PacketType type) {
        Set<Long> dropped = new HashSet<>();
        return packet -> packet.type() == type && dropped.add(packet.tsi());
    }

    private void join(DeliveryOrder order) {
        Checks.watch(channel);
        for (int i = 0; i < RECEIVERS; i++) {
            SimNode host = channel.network().host("receiver-" + i);
            receivers.add(channel.receiver(host, SimConfigs.receiver(order)));
        }
        channel.world().runFor(100 * MS);
    }

    private void drop(List<PacketType> firsts) {
        for (SimReceiver receiver : receivers) {
            List<Predicate<PacketView>> filters =
                    firsts.stream().map(FirstPacketsLostTest::first).toList();
            receiver.node().inbound().filter = packet ->
                    filters.stream().filter(filter -> filter.test(packet)).count() > 0;
        }
    }

    /** Each session opens with its first message, as it does when a program only sends. */
    private void speak(int messages) {
        for (int i = 0; i < SESSIONS; i++) {
            SimNode host = channel.network().host("source-" + i);
            SimSource source = channel.source(host, SimConfigs.source("pgm.gsi", "1.2.3.4.5." + i), 1_500);
            sources.add(source);
            source.open();
            for (int message = 0; message < messages; message++) {
                source.publish(100);
                channel.world().runFor(MS);
            }
        }
    }

    private void end() {
        sources.forEach(SimSource::end);
        channel.world().runFor(10 * SECOND);
    }

    private void assertAllHeard() {
        end();
        for (SimReceiver receiver : receivers) {
            assertThat(receiver.node().inbound().filtered).isGreaterThanOrEqualTo(SESSIONS);
            assertThat(receiver.streams()).hasSize(SESSIONS).allSatisfy(stream -> {
                assertThat(stream.start()).isEqualTo(SessionStart.FROM_BIRTH);
                assertThat(stream.delivered().cardinality())
                        .isEqualTo(stream.sent().sent());
                assertThat(stream.lost().isEmpty()).isTrue();
                assertThat(stream.end()).isEqualTo(EndReason.FIN);
            });
        }
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void theFirstSpm(DeliveryOrder order) {
        join(order);
        drop(List.of(PacketType.SPM));
        speak(PACKETS);
        assertAllHeard();
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void theFirstData(DeliveryOrder order) {
        join(order);
        drop(List.of(PacketType.ODATA));
        speak(PACKETS);
        assertAllHeard();
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void theFirstSpmAndTheFirstData(DeliveryOrder order) {
        join(order);
        drop(List.of(PacketType.SPM, PacketType.ODATA));
        speak(PACKETS);
        assertAllHeard();
    }

    @ParameterizedTest
    @EnumSource(DeliveryOrder.class)
    void everythingOfOnePacketButItsAnnouncement(DeliveryOrder order) {
        join(order);
        receivers.forEach(receiver -> receiver.node().inbound().filter = packet -> packet.type() != PacketType.SPM);

        speak(1);
        channel.world().runFor(SECOND);
        end();

        for (SimReceiver receiver : receivers) {
            assertThat(receiver.streams()).hasSize(SESSIONS).allSatisfy(stream -> {
                assertThat(stream.start()).isEqualTo(SessionStart.FROM_BIRTH);
                assertThat(stream.delivered().isEmpty()).isTrue();
                assertThat(stream.causes().values()).containsExactly(1);
                assertThat(stream.causes()).doesNotContainKey(LossCause.MALFORMED);
                assertThat(stream.lost().get(0)).isTrue();
                assertThat(stream.end()).isEqualTo(EndReason.FIN);
            });
        }
    }
}
