package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.DeliveryMode;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicPublisher;
import jakarta.jms.TopicSession;
import jakarta.jms.TopicSubscriber;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.pgmjms.provider.TestProvider;

/** Jakarta Messaging 3.1, sections 2.9 and 9.2. */
class LegacyDomainTest {
    private final TestProvider provider = new TestProvider();

    @Test
    void topicsCanBePublishedAndSubscribedTo() throws JMSException {
        try (TopicConnection connection = provider.factory().createTopicConnection()) {
            connection.start();
            TopicSession session = connection.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
            Topic topic = session.createTopic("quotes.us");
            TopicSubscriber subscriber = session.createSubscriber(topic);
            TopicSubscriber second = session.createSubscriber(topic, null, false);
            TopicPublisher publisher = session.createPublisher(topic);
            TopicPublisher anonymous = session.createPublisher(null);
            assertEquals(topic, subscriber.getTopic());
            assertFalse(subscriber.getNoLocal());
            assertEquals(topic, publisher.getTopic());
            assertNull(anonymous.getTopic());

            publisher.publish(session.createTextMessage("a"));
            publisher.publish(session.createTextMessage("b"), DeliveryMode.NON_PERSISTENT, 4, 0);
            anonymous.publish(topic, session.createTextMessage("c"));
            anonymous.publish(topic, session.createTextMessage("d"), DeliveryMode.NON_PERSISTENT, 4, 0);

            for (TopicSubscriber each : List.of(subscriber, second)) {
                for (String expected : List.of("a", "b", "c", "d")) {
                    assertEquals(expected, ((TextMessage) each.receiveNoWait()).getText());
                }
            }
        }
    }

    @Test
    void aTopicSessionRefusesWhatIsForQueues() throws JMSException {
        try (TopicConnection connection = provider.factory().createTopicConnection()) {
            TopicSession session = connection.createTopicSession(false, Session.CLIENT_ACKNOWLEDGE);
            assertEquals(Session.CLIENT_ACKNOWLEDGE, session.getAcknowledgeMode());

            refuse(List.of(
                    () -> session.createBrowser(null),
                    () -> session.createBrowser(null, null),
                    () -> session.createQueue("q"),
                    session::createTemporaryQueue));
        }
    }

    @Test
    void aQueueSessionRefusesWhatIsForTopics() throws JMSException {
        try (QueueConnection connection = provider.factory().createQueueConnection()) {
            QueueSession session = connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);

            refuse(List.of(
                    () -> session.createDurableSubscriber(null, "n"),
                    () -> session.createDurableSubscriber(null, "n", null, false),
                    () -> session.createDurableConsumer(null, "n"),
                    () -> session.createDurableConsumer(null, "n", null, false),
                    () -> session.createSharedConsumer(null, "n"),
                    () -> session.createSharedConsumer(null, "n", null),
                    () -> session.createSharedDurableConsumer(null, "n"),
                    () -> session.createSharedDurableConsumer(null, "n", null),
                    session::createTemporaryTopic,
                    () -> session.createTopic("t"),
                    () -> session.unsubscribe("n"),
                    () -> connection.createSharedConnectionConsumer(null, "n", null, null, 1),
                    () -> connection.createDurableConnectionConsumer(null, "n", null, null, 1),
                    () -> connection.createSharedDurableConnectionConsumer(null, "n", null, null, 1)));
        }
    }

    @Test
    void queuesNeedABroker() throws JMSException {
        try (QueueConnection connection = provider.factory().createQueueConnection()) {
            QueueSession session = connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
            var queue = session.createQueue("orders");

            assertThat(List.<Executable>of(
                            () -> session.createReceiver(queue),
                            () -> session.createReceiver(queue, null),
                            () -> session.createSender(queue),
                            () -> session.createSender(null).send(queue, session.createMessage()),
                            () -> session.createBrowser(queue)))
                    .allSatisfy(call -> assertThatThrownBy(call::execute).hasMessageContaining("broker.url"));
        }
    }

    @Test
    void closedSessionsSayClosedFirst() throws JMSException {
        QueueConnection queues = provider.factory().createQueueConnection();
        TopicConnection topics = provider.factory().createTopicConnection();
        QueueSession queueSession = queues.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
        TopicSession topicSession = topics.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
        queues.close();
        topics.close();

        assertThatThrownBy(() -> queueSession.createTopic("t")).hasMessageContaining("closed");
        assertThatThrownBy(() -> topicSession.createQueue("q")).hasMessageContaining("closed");
        assertThatThrownBy(() -> queues.createSharedConnectionConsumer(null, "n", null, null, 1))
                .hasMessageContaining("closed");
    }

    private static void refuse(List<Executable> calls) {
        assertThat(calls).allSatisfy(call -> assertThrows(IllegalStateException.class, call));
    }
}
