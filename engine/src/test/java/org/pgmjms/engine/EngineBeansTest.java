package org.pgmjms.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EngineSettings;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.Subscription;
import org.pgmjms.engine.channel.QueueSupplier;
import org.pgmjms.engine.channel.RecordingEvents;
import org.pgmjms.engine.channel.RecordingHandler;
import org.pgmjms.engine.jmx.LimitsMXBean;
import org.pgmjms.engine.jmx.ReceiverMXBean;
import org.pgmjms.engine.jmx.ReceiverStatistics;
import org.pgmjms.engine.jmx.SenderStatistics;
import org.pgmjms.engine.jmx.SessionState;
import org.pgmjms.engine.jmx.SourceMXBean;
import org.pgmjms.engine.net.FreePorts;

/** What management tools see of an engine. */
class EngineBeansTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private static final int COUNT = 4000;
    private static final int LENGTH = 500;

    private final String group = FreePorts.group().getHostAddress();
    private final int port = FreePorts.next();
    private final PgmEngine engine = new PgmEngine();

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    @Test
    void aSourceAndItsReceiverShowWhatTheyHaveDone() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        subscribe(handler, Map.of("pgm.simulatedLoss", "5"));
        QueueSupplier supplier = new QueueSupplier();
        Publication publication = publish(supplier, Map.of());
        supplier.add(COUNT, LENGTH);
        publication.wake();
        await().atMost(Duration.ofSeconds(60)).until(() -> handler.count(publication.tsi()) == COUNT);

        SourceMXBean source = bean(SourceMXBean.class, "Source");
        ReceiverMXBean receiver = bean(ReceiverMXBean.class, "Receiver");

        assertThat(source.getTsi()).isEqualTo(publication.tsi().toString());
        assertThat(source.getGroup()).isEqualTo(group);
        assertThat(source.getPort()).isEqualTo(port);
        SenderStatistics sent = source.getStatistics();
        assertThat(sent.getTotalODataPacketsSent()).isEqualTo(COUNT);
        assertThat(sent.getDataBytesSent()).isEqualTo((long) COUNT * LENGTH);
        assertThat(sent.getTotalBytesSent()).isGreaterThan(sent.getDataBytesSent() + 24L * COUNT);
        assertThat(sent.getRepairPacketsSent()).isPositive();
        assertThat(sent.getNaksReceived()).isPositive();
        assertThat(sent.getLeadingEdgeSeqId()).isGreaterThanOrEqualTo(sent.getTrailingEdgeSeqId());
        assertThat(sent.getRateKBitsPerSecOverall()).isPositive();
        assertThat(source.getCounters()).containsEntry("odata_sent", (long) COUNT);
        assertThat(source.getWorstNakSenders()).isNotEmpty().allMatch(each -> each.getNumbers() >= each.getPackets());

        ReceiverStatistics received = receiver.getStatistics();
        assertThat(received.getNumODataPacketsReceived() + received.getNumRDataPacketsReceived())
                .isEqualTo(COUNT);
        assertThat(received.getNumRDataPacketsReceived()).isPositive();
        assertThat(received.getDataBytesReceived()).isEqualTo((long) COUNT * LENGTH);
        assertThat(received.getTotalBytesReceived()).isGreaterThan(received.getDataBytesReceived());
        assertThat(received.getTotalSelectiveNaksSent()).isPositive();
        assertThat(received.getNumDataPacketsBuffered()).isZero();
        assertThat(received.getLeadingEdgeSeqId()).isEqualTo(sent.getLeadingEdgeSeqId());
        assertThat(receiver.getSubscriptions()).isEqualTo(1);
        SessionState session = receiver.getSessions().get(0);
        assertThat(session.getTsi()).isEqualTo(publication.tsi().toString());
        assertThat(session.isEstablished()).isTrue();
        assertThat(session.getMissing()).isZero();
        assertThat(session.getLost()).isZero();
        assertThat(session.getAddress()).isEqualTo("127.0.0.1");
        assertThat(limits().getHits()).containsKey("sessions");
    }

    @Test
    void aLimitThatWasHitIsCountedInTheBeanOfTheEngine() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        subscribe(handler, Map.of("pgm.maxPeers", "1"));
        Publication first = publish(new QueueSupplier(), Map.of());
        await().until(() -> handler.sessions().containsKey(first.tsi()));
        publish(new QueueSupplier(), Map.of());

        await().untilAsserted(
                        () -> assertThat(limits().getHits().get("sessions")).isPositive());

        assertThat(limits().getLimits()).anySatisfy(limit -> {
            assertThat(limit.getName()).isEqualTo("sessions");
            assertThat(limit.getHits()).isPositive();
            assertThat(limit.getSettings()).contains("pgm.maxPeers");
        });
    }

    @Test
    void beansLeaveWithWhatTheyShow() throws Exception {
        Subscription subscription = subscribe(new RecordingHandler(), Map.of());
        Publication publication = publish(new QueueSupplier(), Map.of());
        assertThat(names("Receiver")).hasSize(1);
        assertThat(names("Source")).hasSize(1);

        subscription.close().toCompletableFuture().join();
        assertThat(names("Receiver")).isEmpty();
        publication.close(Duration.ZERO).toCompletableFuture().join();
        assertThat(names("Source")).isEmpty();

        subscribe(new RecordingHandler(), Map.of());
        publish(new QueueSupplier(), Map.of());
        ObjectName limits = limitsName();
        assertThat(SERVER.isRegistered(limits)).isTrue();
        engine.close();
        assertThat(names("Receiver")).isEmpty();
        assertThat(names("Source")).isEmpty();
        assertThat(SERVER.isRegistered(limits)).isFalse();
    }

    @Test
    void thereAreNoBeansForThoseWhoWantNone() throws Exception {
        subscribe(new RecordingHandler(), Map.of("pgm.jmx", "false"));
        publish(new QueueSupplier(), Map.of("pgm.jmx", "false"));

        assertThat(names("Receiver")).isEmpty();
        assertThat(names("Source")).isEmpty();
    }

    @Test
    void subscriptionsThatDifferHaveBeansOfTheirOwn() throws Exception {
        subscribe(new RecordingHandler(), Map.of());
        subscribe(new RecordingHandler(), Map.of());
        subscribe(new RecordingHandler(), Map.of("pgm.nak.backOff", "5ms"));

        assertThat(names("Receiver")).hasSize(2);
        assertThat(List.copyOf(names("Receiver")).stream()
                        .mapToInt(name -> JMX.newMXBeanProxy(SERVER, name, ReceiverMXBean.class)
                                .getSubscriptions())
                        .sum())
                .isEqualTo(3);
    }

    private LimitsMXBean limits() throws JMException {
        return JMX.newMXBeanProxy(SERVER, limitsName(), LimitsMXBean.class);
    }

    private ObjectName limitsName() throws JMException {
        String number = names("Receiver").iterator().next().getKeyProperty("engine");
        return new ObjectName("org.pgmjms:type=Limits,engine=" + number);
    }

    private <T> T bean(Class<T> type, String name) throws JMException {
        return JMX.newMXBeanProxy(SERVER, names(name).iterator().next(), type);
    }

    /** The beans of a type on this test's channel. */
    private Set<ObjectName> names(String type) throws JMException {
        return SERVER.queryNames(
                new ObjectName("org.pgmjms:type=" + type + ",group=" + group + ",port=" + port + ",*"), null);
    }

    private Subscription subscribe(RecordingHandler handler, Map<String, String> options) throws PgmException {
        EngineSettings settings = EngineSettings.parse(options);
        return engine.subscribe(
                settings.channel("lo", group, port),
                settings.receiver(DeliveryOrder.CONTIGUOUS, false, false),
                handler);
    }

    private Publication publish(QueueSupplier supplier, Map<String, String> options) throws PgmException {
        EngineSettings settings = EngineSettings.parse(options);
        return engine.publish(
                settings.channel("lo", group, port), settings.source(port), supplier, new RecordingEvents());
    }
}
