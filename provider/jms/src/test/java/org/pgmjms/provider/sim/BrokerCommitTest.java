package org.pgmjms.provider.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;
import jakarta.jms.TransactionRolledBackException;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimWorld;
import org.pgmjms.provider.client.PgmConnection;
import org.pgmjms.provider.error.ErrorCode;

/** What goes to a group and to a companion broker goes to both or to neither, on the engine's real protocol. */
class BrokerCommitTest {
    private static final int WAIT_MILLIS = 2_000;

    private final SimWorld world = new SimWorld(0);
    private final SimNetwork network = new SimNetwork(world, new SplittableRandom(1));
    private final SimulatedProcess trader = new SimulatedProcess(network, "trader");
    private final SimulatedProcess market = new SimulatedProcess(network, "market");
    private final RecordingBroker broker = new RecordingBroker();
    private PgmConnection trading;
    private PgmConnection serving;
    private Session transacted;
    private MessageConsumer news;

    @BeforeEach
    void open() throws JMSException {
        trading = trader.connection("pgm.maxRate=4Mbit/s&broker.topics=kept", broker.factory());
        serving = market.connection("");
        transacted = trading.createSession(Session.SESSION_TRANSACTED);
        Session plain = serving.createSession();
        news = plain.createConsumer(plain.createTopic("news"));
    }

    @AfterEach
    void close() throws JMSException {
        trading.close();
        serving.close();
        assertThat(trader.heldBytes() + market.heldBytes()).isZero();
    }

    private void sendToBoth(String text) throws JMSException {
        for (Destination destination : List.of(transacted.createQueue("orders"), transacted.createTopic("news"))) {
            transacted.createProducer(destination).send(transacted.createTextMessage(text));
        }
    }

    private void fill(String topic) throws JMSException {
        Session session = trading.createSession();
        MessageProducer producer = session.createProducer(session.createTopic(topic));
        for (int length = 1_000; length >= 0; length -= 1_000) {
            String text = "x".repeat(length);
            assertThatThrownBy(() -> {
                        while (true) {
                            producer.send(session.createTextMessage(text));
                        }
                    })
                    .isInstanceOf(ResourceAllocationException.class);
        }
    }

    private String next() throws JMSException {
        Message message = Objects.requireNonNull(news.receive(WAIT_MILLIS), "nothing came");
        return message.getBody(String.class);
    }

    @Test
    void withoutRoomOnTheGroupNothingIsCommittedAtTheBroker() throws JMSException {
        sendToBoth("never");
        fill("filler");

        assertThatThrownBy(transacted::commit)
                .isInstanceOf(TransactionRolledBackException.class)
                .hasMessageContaining("jms.sendTimeout");

        assertThat(broker.calls()).containsExactly("send never", "rollback");
        world.runFor(30_000_000_000L);
        sendToBoth("now");
        transacted.commit();
        assertThat(broker.calls()).containsExactly("send never", "rollback", "send now", "commit");
        assertThat(next()).isEqualTo("now");
    }

    @Test
    void whatTheBrokerDoesNotCommitIsNotPublished() throws JMSException {
        broker.refuseCommits(true);
        sendToBoth("never");

        assertThatThrownBy(transacted::commit)
                .hasMessageContaining("the disk is full")
                .satisfies(
                        e -> assertThat(((JMSException) e).getErrorCode()).isEqualTo(ErrorCode.BROKER_FAILED.code()));

        broker.refuseCommits(false);
        sendToBoth("now");
        transacted.commit();
        assertThat(broker.calls()).containsExactly("send never", "commit", "rollback", "send now", "commit");
        assertThat(next()).isEqualTo("now");
    }

    @Test
    void aMessageWithoutRoomOnTheGroupIsNotStored() throws JMSException {
        Session session = trading.createSession();
        MessageProducer producer = session.createProducer(session.createTopic("kept"));
        fill("filler");

        assertThatThrownBy(() -> producer.send(session.createTextMessage("never")))
                .isInstanceOf(ResourceAllocationException.class);

        assertThat(broker.calls()).isEmpty();
        world.runFor(30_000_000_000L);
        producer.send(session.createTextMessage("now"));
        assertThat(broker.calls()).containsExactly("send now");
    }

    @Test
    void afterAnAcknowledgementThatDidNotWorkNothingMoreComes() throws JMSException {
        broker.deliver("first");
        broker.deliver("buffered");
        Session session = trading.createSession();
        MessageConsumer consumer = session.createConsumer(session.createQueue("orders"));
        trading.start();

        assertThat(consumer.receive(WAIT_MILLIS).getBody(String.class)).isEqualTo("first");
        assertThatThrownBy(() -> consumer.receive(WAIT_MILLIS))
                .satisfies(
                        e -> assertThat(((JMSException) e).getErrorCode()).isEqualTo(ErrorCode.BROKER_FAILED.code()));
    }
}
