package org.pgmjms.provider.sim;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimWorld;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.provider.client.PgmConnection;
import org.pgmjms.provider.loss.LateJoinException;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;

/** Consumers that ask for what was sent before they came: {@code jms.lateJoin} and {@code ?lateJoin=}. */
class LateJoinTest {
    private static final int EARLIER = 40;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final String TOPIC = "quotes.us";

    private final RandomGenerator random =
            RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(7);
    private final SimWorld world = new SimWorld(0);
    private final SimNetwork network = new SimNetwork(world, random);
    private final SimulatedProcess reader = new SimulatedProcess(network, "reader");
    private final List<JMSException> told = new ArrayList<>();
    private MessageProducer producer;
    private Session writing;

    @BeforeEach
    void sendSome() throws JMSException {
        PgmConnection writer = new SimulatedProcess(network, "writer")
                .connection("pgm.firstSqn=1&pgm.spm.ambient=100ms&pgm.window.time=2s");
        writing = writer.createSession();
        producer = writing.createProducer(writing.createTopic(TOPIC));
        for (int number = 1; number <= EARLIER; number++) {
            send(number);
        }
    }

    private void send(int number) throws JMSException {
        producer.send(writing.createTextMessage(Integer.toString(number)));
        world.runFor(10 * MILLI);
    }

    private MessageConsumer join(String options, String topic) throws JMSException {
        PgmConnection connection = reader.connection("pgm.spm.ambient=100ms" + options);
        connection.setExceptionListener(told::add);
        Session session = connection.createSession();
        return session.createConsumer(session.createTopic(topic));
    }

    private static List<Message> takeAll(MessageConsumer consumer) throws JMSException {
        List<Message> all = new ArrayList<>();
        for (Message next = consumer.receive(1_000); next != null; next = consumer.receive(1_000)) {
            all.add(next);
        }
        return all;
    }

    private static int number(Message message) throws JMSException {
        return Integer.parseInt(((TextMessage) message).getText());
    }

    /** All there are, those from before marked as such. */
    private void checkHistory(List<Message> all) throws JMSException {
        int expected = 1;
        for (Message message : all) {
            assertThat(number(message)).isEqualTo(expected);
            assertThat(message.propertyExists("JMS_PGM_Replayed")).isEqualTo(expected <= EARLIER);
            assertThat(message.propertyExists("JMS_PGM_GapBefore")).isFalse();
            expected++;
        }
        assertThat(expected).isEqualTo(EARLIER + 2);
        assertThat(told).isEmpty();
    }

    @Test
    void aConnectionsConsumersGetWhatSourcesStillHoldAndThenGoOn() throws JMSException {
        MessageConsumer consumer = join("&jms.lateJoin=window", TOPIC);
        world.runFor(SECOND / 2);
        send(EARLIER + 1);

        checkHistory(takeAll(consumer));
    }

    @Test
    void soDoesTheConsumerOfATopicThatSaysSo() throws JMSException {
        MessageConsumer consumer = join("", TOPIC + "?lateJoin=window");
        world.runFor(SECOND / 2);
        send(EARLIER + 1);

        checkHistory(takeAll(consumer));
    }

    @Test
    void aConsumerBesideALateJoinerGetsNothingFromBefore() throws JMSException {
        MessageConsumer late = join("&jms.lateJoin=window", TOPIC);
        MessageConsumer plain = join("&jms.lateJoin=window", TOPIC + "?lateJoin=none");
        world.runFor(SECOND / 2);
        send(EARLIER + 1);

        assertThat(takeAll(plain))
                .singleElement()
                .satisfies(message -> assertThat(number(message)).isEqualTo(EARLIER + 1));
        checkHistory(takeAll(late));
    }

    @Test
    void aConsumerThatComesWhileEarlierMessagesAreRepairedGetsNoneOfThem() throws JMSException {
        PgmConnection connection = reader.connection("pgm.spm.ambient=100ms");
        connection.setExceptionListener(told::add);
        Session session = connection.createSession();
        MessageConsumer other = session.createConsumer(session.createTopic("quotes.eu"));
        reader.hosts()
                .forEach(host -> host.inbound().filter = packet -> packet.type() == PacketType.RDATA
                        || packet.type() == PacketType.ODATA && packet.data().sqn() % 4 == 0);
        for (int number = EARLIER + 1; number <= 2 * EARLIER; number++) {
            send(number);
        }
        reader.hosts().forEach(host -> host.inbound().filter = packet -> packet.type() == PacketType.RDATA);
        send(2 * EARLIER + 1);
        MessageConsumer consumer = session.createConsumer(session.createTopic(TOPIC));
        reader.hosts().forEach(host -> host.inbound().filter = packet -> false);
        for (int number = 2 * EARLIER + 2; number <= 3 * EARLIER + 1; number++) {
            send(number);
        }
        world.runFor(SECOND);

        List<Message> all = takeAll(consumer);

        assertThat(all).hasSize(EARLIER);
        assertThat(number(all.get(0))).isEqualTo(2 * EARLIER + 2);
        assertThat(told).isEmpty();
        assertThat(takeAll(other)).isEmpty();
    }

    @Test
    void historyThatGoesBeforeItArrivesIsReportedAsThat() throws JMSException {
        MessageConsumer consumer = join("&jms.lateJoin=window", TOPIC);
        reader.hosts().forEach(host -> host.inbound().filter = packet -> packet.type() == PacketType.RDATA);
        world.runFor(3 * SECOND);
        send(EARLIER + 1);

        List<Message> all = takeAll(consumer);

        assertThat(all)
                .singleElement()
                .satisfies(message -> assertThat(number(message)).isEqualTo(EARLIER + 1));
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        LateJoinException.class,
                        gone -> assertThat(gone.getReport().isExact()).isFalse());
    }

    @Test
    void holesInTheHistoryAreReportedWithTheirCounts() throws JMSException {
        MessageConsumer consumer = join("&jms.lateJoin=window", TOPIC);
        reader.hosts()
                .forEach(host -> host.inbound().filter = packet ->
                        packet.type() == PacketType.RDATA && packet.data().sqn() % 4 == 0);
        world.runFor(3 * SECOND);
        send(EARLIER + 1);

        List<Message> all = takeAll(consumer);

        BitSet known = new BitSet();
        for (Message message : all) {
            known.set(number(message));
        }
        for (JMSException each : told) {
            LossReport report = ((LateJoinException) each).getReport();
            assertThat(report.cause()).isEqualTo(LossCause.HISTORY_GONE);
            assertThat(report.isExact()).isTrue();
            known.set((int) report.firstMissing(), (int) report.lastMissing() + 1);
        }
        assertThat(told).hasSizeGreaterThan(5);
        assertThat(known.cardinality()).isEqualTo(EARLIER + 1);
    }
}
