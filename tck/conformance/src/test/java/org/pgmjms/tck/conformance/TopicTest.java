package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Sections 4.2, 5.2, 8.3.1 and 9.1: topics and unshared non-durable subscriptions. */
class TopicTest extends JmsContract {

    @Test
    @Spec("4.2.2")
    void everySubscriberGetsEveryMessage() throws JMSException {
        Connection connection = startedConnection();
        Session session = connection.createSession();
        Topic topic = topic(session);
        MessageConsumer first = session.createConsumer(topic);
        MessageConsumer second = connection.createSession().createConsumer(topic);
        MessageConsumer third = session().createConsumer(topic);

        sendTexts(session, topic, "a", "b");

        for (MessageConsumer consumer : List.of(first, second, third)) {
            assertThat(receiveTexts(consumer, 2)).containsExactly("a", "b");
        }
    }

    @Test
    @Spec("4.2.2")
    void acknowledgingOneCopyDoesNotAcknowledgeAnother() throws JMSException {
        Session first = session(Session.CLIENT_ACKNOWLEDGE);
        Session second = session(Session.CLIENT_ACKNOWLEDGE);
        Topic topic = topic(first);
        MessageConsumer one = first.createConsumer(topic);
        MessageConsumer other = second.createConsumer(topic);
        sendTexts(first, topic, "a");
        TextMessage mine = (TextMessage) one.receive(SOON_MS);
        receiveText(other);

        mine.clearBody();
        mine.setText("changed");
        mine.acknowledge();
        first.recover();
        second.recover();

        assertThat(deliveries(other, 1)).containsExactly("a/2");
        assertNothingLeft(second, topic, one);
    }

    @Test
    @Spec("4.2.2")
    void topicsAreKeptApart() throws JMSException {
        Session session = session();
        Topic one = topic(session);
        Topic other = topic(session);
        MessageConsumer consumer = session.createConsumer(other);

        sendTexts(session, one, "for one");
        sendTexts(session, other, "for other");

        assertThat(receiveText(consumer)).isEqualTo("for other");
        assertNothingLeft(session, other, consumer);
    }

    @Test
    @Spec("4.2.2")
    @Spec("8.3.1")
    void aSubscriberGetsNothingFromBeforeItWasThere() throws JMSException {
        Session session = session();
        Topic topic = topic(session);
        sendTexts(session, topic, "before");

        MessageConsumer consumer = session.createConsumer(topic);
        sendTexts(session, topic, "after");

        assertThat(receiveText(consumer)).isEqualTo("after");
    }

    @Test
    @Spec("4.2.2")
    @Spec("4.2.8")
    @Spec("8.3.1")
    void closingTheConsumerEndsTheSubscription() throws JMSException {
        Session session = session(Session.CLIENT_ACKNOWLEDGE);
        Topic topic = topic(session);
        MessageConsumer first = session.createConsumer(topic);
        sendTexts(session, topic, "unacknowledged", "undelivered");
        receiveText(first);

        first.close();
        sendTexts(session, topic, "missed");
        MessageConsumer second = session.createConsumer(topic);

        assertNothingLeft(session, topic, second);
    }

    @Test
    @Spec("4.2.6")
    @Spec("5.2")
    void aTopicIsItsName() throws JMSException {
        Session session = session();
        String name = uniqueName();
        Topic topic = session.createTopic(name);
        MessageConsumer consumer = session().createConsumer(session.createTopic(name));

        sendTexts(session, topic, "x");

        assertThat(topic.getTopicName()).isEqualTo(name);
        assertThat(topic).isEqualTo(session.createTopic(name)).hasSameHashCodeAs(session.createTopic(name));
        assertThat(topic.toString()).isNotBlank();
        assertThat(receiveText(consumer)).isEqualTo("x");
    }

    @Test
    @Spec("8.3.1")
    @Spec("4.2.2")
    void withoutLocalAConsumerGetsOnlyWhatOthersSent() throws JMSException {
        Connection connection = startedConnection();
        Session session = connection.createSession();
        Topic topic = topic(session);
        MessageConsumer others = session.createConsumer(topic, null, true);
        MessageConsumer all = session.createConsumer(topic, null, false);

        sendTexts(session, topic, "mine");
        sendTexts(connection.createSession(), topic, "mine too");
        sendTexts(session(), topic, "another's");

        assertThat(receiveText(others)).isEqualTo("another's");
        assertThat(receiveTexts(all, 3)).containsExactlyInAnyOrder("mine", "mine too", "another's");
    }

    @Test
    @Spec("8.3.1")
    void withoutLocalTheSelectorCountsAsWell() throws JMSException {
        Session session = session();
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic, "n = 1", true);
        Session other = session();
        MessageProducer producer = other.createProducer(topic);
        Message message = other.createTextMessage("not selected");
        producer.send(message);
        Message selected = other.createTextMessage("selected");
        selected.setIntProperty("n", 1);
        session.createProducer(topic).send(selected);

        producer.send(selected);

        Message received = consumer.receive(SOON_MS);
        assertThat(text(received)).isEqualTo("selected");
        assertThat(received.getJMSMessageID()).isEqualTo(selected.getJMSMessageID());
    }

    @Test
    @Spec("6.2.9.1")
    @Spec("6.2.9.2")
    @Spec("9.1")
    void messagesArriveOnceAndInTheOrderTheyWereSent() throws JMSException {
        Session session = session();
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        String[] numbers = IntStream.range(0, 1000).mapToObj(Integer::toString).toArray(String[]::new);

        sendTexts(session, topic, numbers);

        assertThat(receiveTexts(consumer, numbers.length)).containsExactly(numbers);
        assertNothingLeft(session, topic, consumer);
    }

    @Test
    @Spec("6.2.9.2")
    void theProducersOfASessionShareOneOrder() throws JMSException {
        Session session = session();
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        MessageProducer one = session.createProducer(topic);
        MessageProducer other = session.createProducer(null);

        for (int i = 0; i < 20; i += 2) {
            one.send(session.createTextMessage("" + i));
            other.send(topic, session.createTextMessage("" + (i + 1)));
        }

        assertThat(receiveTexts(consumer, 20))
                .containsExactly(
                        IntStream.range(0, 20).mapToObj(Integer::toString).toArray(String[]::new));
    }

    @Test
    @Spec("6.2.9.2")
    @Spec("9.1")
    void bothDeliveryModesKeepTheirOrder() throws JMSException {
        Session session = session();
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        MessageProducer producer = session.createProducer(topic);
        for (int i = 0; i < 20; i++) {
            int mode = i % 2 == 0 ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT;
            producer.send(session.createTextMessage("" + i), mode, 4, 0);
        }

        List<String> received = receiveTexts(consumer, 20);

        for (int mode : new int[] {0, 1}) {
            assertThat(received.stream().mapToInt(Integer::parseInt).filter(i -> i % 2 == mode))
                    .isSorted()
                    .hasSize(10);
        }
    }
}
