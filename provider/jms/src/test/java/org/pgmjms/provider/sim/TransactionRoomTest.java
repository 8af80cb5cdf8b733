package org.pgmjms.provider.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import jakarta.jms.TransactionRolledBackException;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.engine.sim.SimWorld;
import org.pgmjms.provider.client.PgmConnection;

/** A transaction over two groups, on the engine's real protocol, when the ring of one channel is full. */
class TransactionRoomTest {
    private static final long SECOND = 1_000_000_000;
    private static final int WAIT_MILLIS = 2_000;

    private final SimWorld world = new SimWorld(0);
    private final List<SimNetwork> networks = List.of(network(1), network(2));
    private final SimulatedProcess trader = new SimulatedProcess(networks, "trader");
    private final SimulatedProcess market = new SimulatedProcess(networks, "market");

    private SimNetwork network(long seed) {
        return new SimNetwork(world, new SplittableRandom(seed));
    }

    private static Topic topic(Session session, String name, int group) throws JMSException {
        return session.createTopic(name + "?group=239.192.0." + group);
    }

    /** Sends until there is no room even for very little. */
    private static void fill(Session session, int group) throws JMSException {
        MessageProducer producer = session.createProducer(topic(session, "filler", group));
        for (int length = 1_000; length >= 0; length -= 1_000) {
            String text = "x".repeat(length);
            assertThatThrownBy(() -> {
                        while (true) {
                            producer.send(session.createTextMessage(text));
                        }
                    })
                    .isInstanceOf(ResourceAllocationException.class)
                    .hasMessageContaining("jms.sendTimeout");
        }
    }

    private static void sendToBoth(Session session, String text) throws JMSException {
        for (int group = 1; group <= 2; group++) {
            session.createProducer(topic(session, "orders", group)).send(session.createTextMessage(text));
        }
    }

    private static String body(MessageConsumer consumer) throws JMSException {
        Message message = Objects.requireNonNull(consumer.receive(WAIT_MILLIS), "nothing came");
        return message.getBody(String.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aCommitWithOneRingFullSendsNothingAndDeliversAgain(int full) throws JMSException {
        PgmConnection trading = trader.connection("pgm.maxRate=4Mbit/s");
        PgmConnection serving = market.connection("");
        Session transacted = trading.createSession(Session.SESSION_TRANSACTED);
        MessageConsumer requests = transacted.createConsumer(topic(transacted, "requests", 1));
        Session plain = serving.createSession();
        MessageConsumer first = plain.createConsumer(topic(plain, "orders", 1));
        MessageConsumer second = plain.createConsumer(topic(plain, "orders", 2));
        plain.createProducer(topic(plain, "requests", 1)).send(plain.createTextMessage("buy"));
        assertThat(body(requests)).isEqualTo("buy");
        fill(trading.createSession(), full);
        sendToBoth(transacted, "never");

        assertThatThrownBy(transacted::commit)
                .isInstanceOf(TransactionRolledBackException.class)
                .hasMessageContaining("jms.sendTimeout")
                .hasCauseInstanceOf(ResourceAllocationException.class);

        Message again = Objects.requireNonNull(requests.receive(WAIT_MILLIS), "not delivered again");
        assertThat(again.getBody(String.class)).isEqualTo("buy");
        assertThat(again.getJMSRedelivered()).isTrue();
        assertThat(again.getIntProperty("JMSXDeliveryCount")).isEqualTo(2);
        world.runFor(30 * SECOND);
        assertThat(first.receiveNoWait()).isNull();
        assertThat(second.receiveNoWait()).isNull();

        sendToBoth(transacted, "now");
        transacted.commit();

        assertThat(body(first)).isEqualTo("now");
        assertThat(body(second)).isEqualTo("now");
        trading.close();
        serving.close();
        assertThat(trader.heldBytes() + market.heldBytes()).isZero();
    }
}
