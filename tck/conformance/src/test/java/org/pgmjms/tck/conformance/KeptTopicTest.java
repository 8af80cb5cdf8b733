package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgmjms.tck.conformance.JmsContract.SOON_MS;
import static org.pgmjms.tck.conformance.JmsContract.deliveries;
import static org.pgmjms.tck.conformance.JmsContract.receiveText;
import static org.pgmjms.tck.conformance.JmsContract.receiveTexts;
import static org.pgmjms.tck.conformance.JmsContract.sendTexts;
import static org.pgmjms.tck.conformance.JmsContract.strings;
import static org.pgmjms.tck.conformance.JmsContract.text;
import static org.pgmjms.tck.conformance.JmsContract.uniqueName;

import jakarta.jms.DeliveryMode;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.tck.kit.Spec;

/** Topics that a companion broker keeps: what is published goes to the group and to the broker, each subscription has one. */
@ExtendWith(Providers.class)
class KeptTopicTest {
    @RegisterExtension
    private final OpenConnections connections = new OpenConnections();

    private String name;
    private Session publishing;
    private Session durable;
    private Topic topic;

    @BeforeEach
    void open() throws JMSException {
        name = uniqueName();
        publishing = connections.started(factory()).createSession();
        durable = connections.started(factory(), name).createSession();
        topic = publishing.createTopic(name);
    }

    private static PgmConnectionFactory factory() {
        PgmConnectionFactory factory = new PgmConnectionFactory(Providers.URL);
        factory.setBrokerConnectionFactory(Providers.brokerFactory());
        return factory;
    }

    @Test
    @Spec("8.3.3")
    void everySubscriptionGetsTheSameOnce() throws JMSException {
        durable.createDurableConsumer(topic, "d").close();
        MessageConsumer onGroup = publishing.createConsumer(topic);
        MessageConsumer foreign =
                connections.started(Providers.brokerFactory()).createSession().createConsumer(topicAtBroker());
        TextMessage sent = publishing.createTextMessage("text");
        sent.setIntProperty("n", 7);
        sent.setJMSReplyTo(publishing.createTemporaryTopic());
        publishing.createProducer(topic).send(sent, DeliveryMode.PERSISTENT, 6, 60_000);
        sendTexts(publishing, topic, "the end");

        MessageConsumer atBroker = durable.createDurableConsumer(topic, "d");
        for (MessageConsumer each : List.of(onGroup, atBroker)) {
            Message got = each.receive(SOON_MS);
            assertThat(text(got)).isEqualTo("text");
            assertThat(got.getJMSMessageID()).isEqualTo(sent.getJMSMessageID()).isNotNull();
            assertThat(got.getJMSTimestamp()).isEqualTo(sent.getJMSTimestamp());
            assertThat(got.getJMSExpiration()).isEqualTo(sent.getJMSExpiration());
            assertThat(got.getJMSDeliveryTime()).isEqualTo(sent.getJMSDeliveryTime());
            assertThat(got.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
            assertThat(got.getJMSPriority()).isEqualTo(6);
            assertThat(got.getJMSReplyTo()).isEqualTo(sent.getJMSReplyTo());
            assertThat(got.getJMSDestination()).isEqualTo(topic);
            assertThat(strings(got.getPropertyNames())).contains("n").noneMatch(each2 -> each2.startsWith("pgm_"));
            assertThat(receiveText(each)).isEqualTo("the end");
        }
        assertThat(receiveTexts(foreign, 2)).containsExactly("text", "the end");
    }

    private Topic topicAtBroker() throws JMSException {
        return connections.started(Providers.brokerFactory()).createSession().createTopic(name);
    }

    /** Of the durable subscribers one is away while every second message is sent. */
    @Test
    @Spec("8.3.3")
    void atOnePercentLossEachGetsAllThatItIsOwedOnce() throws JMSException {
        PgmConnectionFactory lossy = factory();
        lossy.setPgmSimulatedLoss("1,seed=7");
        Session subscribing = connections.started(lossy, name + ".s").createSession();
        List<MessageConsumer> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(subscribing.createConsumer(topic));
        }
        all.add(subscribing.createDurableConsumer(topic, "n", null, true));
        String selector = "JMSMessageID LIKE 'ID:%' AND JMSTimestamp > 0";
        MessageConsumer own = publishing.createConsumer(topic, null, true);
        MessageProducer producer = publishing.createProducer(topic);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            MessageConsumer there = durable.createDurableConsumer(topic, "d", selector, false);
            for (int j = 0; j < 10; j++) {
                if (j == 5) {
                    there.close();
                }
                TextMessage message = publishing.createTextMessage("m");
                producer.send(message);
                sent.add(message.getJMSMessageID());
            }
        }
        all.add(durable.createDurableConsumer(topic, "d", selector, false));

        for (MessageConsumer each : all) {
            List<String> got = new ArrayList<>();
            while (got.size() < sent.size()) {
                Message message = each.receive(SOON_MS);
                assertThat(message).as("after %s", got.size()).isNotNull();
                got.add(message.getJMSMessageID());
            }
            assertThat(got).isEqualTo(sent);
            assertThat(each.receiveNoWait()).isNull();
        }
        assertThat(own.receiveNoWait()).isNull();
    }

    @Test
    @Spec("3.8")
    @Spec("8.3.3")
    void aDurableSubscriptionHasASelectorOnTheIdentifier() throws JMSException {
        durable.createDurableConsumer(topic, "d", "JMSTimestamp > 0 AND JMSMessageID LIKE 'ID:%' AND n = 2", false)
                .close();
        for (int n = 1; n <= 2; n++) {
            TextMessage message = publishing.createTextMessage("JMSMessageID " + n);
            message.setIntProperty("n", n);
            publishing.createProducer(topic).send(message);
        }

        MessageConsumer consumer = durable.createDurableConsumer(
                topic, "d", "JMSTimestamp > 0 AND JMSMessageID LIKE 'ID:%' AND n = 2", false);

        assertThat(receiveText(consumer)).isEqualTo("JMSMessageID 2");
    }

    @Test
    @Spec("8.3.3")
    void noLocalLeavesOutTheOwnConnections() throws JMSException {
        MessageConsumer consumer = durable.createDurableConsumer(topic, "d", null, true);
        sendTexts(durable, topic, "own");
        sendTexts(publishing, topic, "other");

        assertThat(receiveText(consumer)).isEqualTo("other");
    }

    @Test
    @Spec("8.3.3")
    void anActiveSubscriptionHasOneConsumerAndIsNotEnded() throws JMSException {
        MessageConsumer active = durable.createDurableConsumer(topic, "d");

        assertThatThrownBy(() -> durable.createDurableConsumer(topic, "d")).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> durable.unsubscribe("d")).isInstanceOf(JMSException.class);
        active.close();
        durable.unsubscribe("d");
        assertThatThrownBy(() -> durable.unsubscribe("d")).isInstanceOf(InvalidDestinationException.class);
    }

    @Test
    @Spec("8.3.2")
    @Spec("8.3.4")
    void sharedSubscriptionsHaveConsumersInSeveralConnections() throws JMSException {
        for (boolean isDurable : new boolean[] {false, true}) {
            List<MessageConsumer> both = new ArrayList<>();
            for (Session each : List.of(
                    connections.started(factory()).createSession(),
                    connections.started(factory()).createSession())) {
                both.add(
                        isDurable
                                ? each.createSharedDurableConsumer(topic, name + isDurable)
                                : each.createSharedConsumer(topic, name + isDurable));
            }
            sendTexts(publishing, topic, "a", "b");

            List<String> got = new ArrayList<>();
            while (got.size() < 2) {
                for (MessageConsumer each : both) {
                    Message message = each.receive(10);
                    if (message != null) {
                        got.add(text(message));
                    }
                }
            }
            assertThat(got).containsExactlyInAnyOrder("a", "b");
            for (MessageConsumer each : both) {
                each.close();
            }
        }
    }

    @Test
    @Spec("6.2.7")
    void aTransactionGoesToBothOrToNeither() throws JMSException {
        MessageConsumer atBroker = durable.createDurableConsumer(topic, "d");
        MessageConsumer onGroup = publishing.createConsumer(topic);
        Session transacted = connections.started(factory()).createSession(Session.SESSION_TRANSACTED);
        sendTexts(transacted, topic, "undone");
        transacted.rollback();
        sendTexts(transacted, topic, "done", "too");
        transacted.commit();

        assertThat(receiveTexts(atBroker, 2)).containsExactly("done", "too");
        assertThat(receiveTexts(onGroup, 2)).containsExactly("done", "too");
    }

    @Test
    @Spec("6.2.7")
    void whatADurableSubscriptionDeliveredIsRolledBack() throws JMSException {
        Session transacted = connections.started(factory(), name + ".t").createSession(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = transacted.createDurableConsumer(topic, "d");
        sendTexts(publishing, topic, "a");

        assertThat(deliveries(consumer, 1)).containsExactly("a/1");
        transacted.rollback();
        assertThat(deliveries(consumer, 1)).containsExactly("a/2");
        transacted.commit();
        transacted.close();
    }

    @Test
    void aTopicThatIsNotKeptIsUnknownToTheBroker() throws JMSException {
        PgmConnectionFactory factory = factory();
        factory.setBrokerTopics("!" + name);
        Session session = connections.started(factory, name + ".c").createSession();
        MessageConsumer foreign =
                connections.started(Providers.brokerFactory()).createSession().createConsumer(topicAtBroker());
        MessageConsumer onGroup = session.createConsumer(topic);

        sendTexts(session, topic, "a");

        assertThat(receiveText(onGroup)).isEqualTo("a");
        assertThat(foreign.receiveNoWait()).isNull();
        assertThatThrownBy(() -> session.createDurableConsumer(topic, "d"))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("broker.topics");
    }

    @Test
    @Spec("3.4.2")
    void whatNeedsNoIdentifierHasNone() throws JMSException {
        MessageConsumer consumer = durable.createDurableConsumer(topic, "d");
        MessageProducer producer = publishing.createProducer(topic);
        producer.setDisableMessageID(true);
        producer.setDisableMessageTimestamp(true);
        producer.send(publishing.createTextMessage("a"));

        Message got = consumer.receive(SOON_MS);

        assertThat(got.getJMSMessageID()).isNull();
        assertThat(got.getJMSTimestamp()).isZero();
    }
}
