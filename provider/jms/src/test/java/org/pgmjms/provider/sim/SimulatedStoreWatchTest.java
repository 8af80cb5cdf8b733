package org.pgmjms.provider.sim;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimWorld;
import org.pgmjms.provider.client.PgmConnection;
import org.pgmjms.provider.loss.NotStoredException;

/** Who has durable consumers hears of publishers without the broker, on the engine's real protocol. */
class SimulatedStoreWatchTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final SimWorld world = new SimWorld(0);
    private final SimNetwork network = new SimNetwork(world, new SplittableRandom(1));
    private final SimulatedProcess market = new SimulatedProcess(network, "market");
    private final SimulatedProcess desk = new SimulatedProcess(network, "desk");
    private final List<JMSException> told = new ArrayList<>();
    private PgmConnection publishing;
    private PgmConnection subscribing;
    private Session publisher;
    private Session subscriber;
    private MessageConsumer durable;

    @BeforeEach
    void open() throws JMSException {
        publishing = market.connection("");
        publisher = publishing.createSession();
        subscribing = desk.connection("", new RecordingBroker().factory());
        subscribing.setExceptionListener(told::add);
        subscriber = subscribing.createSession();
        durable = subscriber.createSharedDurableConsumer(subscriber.createTopic("news"), "d");
    }

    @AfterEach
    void close() throws JMSException {
        publishing.close();
        subscribing.close();
        assertThat(market.heldBytes() + desk.heldBytes()).isZero();
    }

    private void send(String topic, int mode, int count) throws JMSException {
        MessageProducer producer = publisher.createProducer(publisher.createTopic(topic));
        producer.setDeliveryMode(mode);
        for (int i = 0; i < count; i++) {
            producer.send(publisher.createTextMessage("text " + i));
        }
        world.runFor(SECOND_NS);
    }

    @Test
    void aSourceIsReportedOnce() throws JMSException {
        send("news", DeliveryMode.NON_PERSISTENT, 10);
        send("other", DeliveryMode.PERSISTENT, 10);
        assertThat(told).isEmpty();

        send("news", DeliveryMode.PERSISTENT, 10);
        send("news", DeliveryMode.PERSISTENT, 10);

        assertThat(told).singleElement().isInstanceOf(NotStoredException.class);
    }

    @Test
    void nobodyWatchesWhenTheDurableConsumerIsClosed() throws JMSException {
        durable.close();

        send("news", DeliveryMode.PERSISTENT, 10);

        assertThat(told).isEmpty();
    }

    @Test
    void aWatchTakesNothingFromAConsumerOfTheGroup() throws JMSException {
        MessageConsumer onGroup = subscriber.createConsumer(subscriber.createTopic("news"));
        send("news", DeliveryMode.PERSISTENT, 1);

        assertThat(onGroup.receiveNoWait().getBody(String.class)).isEqualTo("text 0");
        assertThat(told).hasSize(1);
    }
}
