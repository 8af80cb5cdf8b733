package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.DeliveryMode;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueReceiver;
import jakarta.jms.QueueSender;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.Topic;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicPublisher;
import jakarta.jms.TopicSession;
import jakarta.jms.TopicSubscriber;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Sections 2.9 and 9.2: the legacy domains, and table 9-1 of what each must refuse. */
class LegacyDomainTest extends JmsContract {
    private TopicConnection topicConnection;
    private TopicSession topicSession;
    private QueueConnection queueConnection;
    private QueueSession queueSession;

    @BeforeEach
    void open() throws JMSException {
        topicConnection = closedLater(closedLater(provider.topicFactory()).createTopicConnection());
        topicConnection.start();
        topicSession = topicConnection.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
        queueConnection = closedLater(closedLater(provider.queueFactory()).createQueueConnection());
        queueConnection.start();
        queueSession = queueConnection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    @Test
    @Spec("2.9")
    @Spec("7.2")
    void aPublisherPublishesAndASubscriberReceives() throws JMSException {
        Topic topic = topic(topicSession);
        TopicSubscriber subscriber = topicSession.createSubscriber(topic);
        TopicPublisher publisher = topicSession.createPublisher(topic);
        TopicPublisher anywhere = topicSession.createPublisher(null);

        publisher.publish(topicSession.createTextMessage("one"));
        publisher.publish(topicSession.createTextMessage("two"), DeliveryMode.NON_PERSISTENT, 4, 60_000);
        anywhere.publish(topic, topicSession.createTextMessage("three"));
        anywhere.publish(topic, topicSession.createTextMessage("four"), DeliveryMode.PERSISTENT, 4, 0);

        assertThat(publisher.getTopic()).isEqualTo(topic);
        assertThat(subscriber.getTopic()).isEqualTo(topic);
        assertThat(receiveTexts(subscriber, 4)).containsExactly("one", "two", "three", "four");
    }

    @Test
    @Spec("2.9")
    @Spec("8.3.1")
    void aSubscriberHasASelectorAndNoLocal() throws JMSException {
        Topic topic = topic(topicSession);
        TopicSubscriber subscriber = topicSession.createSubscriber(topic, "n = 1", true);
        assertThat(subscriber.getNoLocal()).isTrue();
        assertThat(topicSession.createSubscriber(topic).getNoLocal()).isFalse();
        Message mine = topicSession.createTextMessage("mine");
        mine.setIntProperty("n", 1);
        topicSession.createPublisher(topic).publish(mine);
        Session other = session();
        Message theirs = other.createTextMessage("theirs");
        theirs.setIntProperty("n", 1);

        other.createProducer(topic).send(theirs);

        assertThat(receiveText(subscriber)).isEqualTo("theirs");
    }

    @Test
    @Spec("2.9")
    @Spec("8.3.1")
    @Differs(on = Provider.ARTEMIS, how = "adds what it needs for noLocal", allowedBy = Differs.NOTHING)
    void theSelectorIsTheOneThatWasGiven() throws JMSException {
        TopicSubscriber subscriber = topicSession.createSubscriber(topic(topicSession), "n = 1", true);

        assertThat(subscriber.getMessageSelector()).isEqualTo("n = 1");
    }

    @Test
    @Spec("2.9")
    void aSenderSendsAndAReceiverReceives() throws JMSException {
        TemporaryQueue queue = queueSession.createTemporaryQueue();
        QueueReceiver receiver = queueSession.createReceiver(queue);
        QueueReceiver selecting = queueSession.createReceiver(queue, "n = 1");
        QueueSender sender = queueSession.createSender(queue);
        QueueSender anywhere = queueSession.createSender(null);
        assertThat(receiver.getQueue()).isEqualTo(queue);
        assertThat(sender.getQueue()).isEqualTo(queue);
        selecting.close();

        sender.send(queueSession.createTextMessage("one"));
        anywhere.send(queue, queueSession.createTextMessage("two"));
        anywhere.send(queue, queueSession.createTextMessage("three"), DeliveryMode.NON_PERSISTENT, 4, 0);

        assertThat(receiveTexts(receiver, 3)).containsExactly("one", "two", "three");
    }

    @Test
    @Spec("9.2")
    void aTopicSessionHasNothingOfQueues() {
        assertThatThrownBy(() -> topicSession.createQueue("q")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(topicSession::createTemporaryQueue).isInstanceOf(IllegalStateException.class);
        Queue queue = queue();
        assertThatThrownBy(() -> topicSession.createBrowser(queue)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> topicSession.createBrowser(queue, "n = 1")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> topicSession.createBrowser(null)).isInstanceOf(IllegalStateException.class);
    }

    private Queue queue() {
        try {
            return queueSession.createQueue(uniqueName());
        } catch (JMSException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    @Spec("9.2")
    void aQueueSessionHasNothingOfTopics() throws JMSException {
        Topic topic = topic(topicSession);

        assertThatThrownBy(() -> queueSession.createTopic("t")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(queueSession::createTemporaryTopic).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queueSession.createDurableSubscriber(topic, "s"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queueSession.createDurableSubscriber(topic, "s", null, false))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queueSession.createDurableConsumer(topic, "s"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queueSession.createDurableConsumer(topic, "s", null, false))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queueSession.createSharedConsumer(topic, "s"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queueSession.createSharedConsumer(topic, "s", null))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queueSession.createSharedDurableConsumer(topic, "s"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queueSession.createSharedDurableConsumer(topic, "s", null))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queueSession.unsubscribe("s")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec("2.9")
    @Spec("11.2")
    @Differs(on = Provider.ARTEMIS, how = "makes no connection consumer", allowedBy = "11.1")
    void bothDomainsHaveConnectionConsumers() throws Exception {
        Deliveries deliveries = new Deliveries();
        Topic topic = topic(topicSession);
        Queue queue = queueSession.createTemporaryQueue();
        SessionPool ofTopics = closedLater(new SessionPool())
                .with(topicConnection.createTopicSession(false, Session.AUTO_ACKNOWLEDGE), deliveries);
        SessionPool ofQueues = closedLater(new SessionPool())
                .with(queueConnection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE), deliveries);

        assertThat(topicConnection.createConnectionConsumer(topic, null, ofTopics, 1))
                .isNotNull();
        assertThat(queueConnection.createConnectionConsumer(queue, null, ofQueues, 1))
                .isNotNull();
        sendTexts(topicSession, topic, "to a topic");
        sendTexts(queueSession, queue, "to a queue");

        assertThat(deliveries.next(2)).containsExactlyInAnyOrder("to a topic/1", "to a queue/1");
    }

    @Test
    @Spec("9.2")
    void aQueueConnectionHasNoDurableConnectionConsumers() throws JMSException {
        Topic topic = topic(topicSession);

        assertThatThrownBy(() -> queueConnection.createDurableConnectionConsumer(topic, "s", null, null, 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec("9.2")
    @Differs(on = Provider.ARTEMIS, how = "answers null", allowedBy = Differs.NOTHING)
    void aQueueConnectionHasNoSharedConnectionConsumers() throws JMSException {
        Topic topic = topic(topicSession);

        assertThatThrownBy(() -> queueConnection.createSharedConnectionConsumer(topic, "s", null, null, 1))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queueConnection.createSharedDurableConnectionConsumer(topic, "s", null, null, 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec("10.3")
    @Spec("2.9")
    void badArgumentsAreRefused() throws JMSException {
        Topic topic = topic(topicSession);
        Queue queue = queueSession.createTemporaryQueue();

        assertThatThrownBy(() -> topicSession.createSubscriber(null)).isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> topicSession.createSubscriber(topic, "n =", true))
                .isInstanceOf(InvalidSelectorException.class);
        assertThatThrownBy(() -> queueSession.createReceiver(null)).isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> queueSession.createReceiver(queue, "n ="))
                .isInstanceOf(InvalidSelectorException.class);
        assertThatThrownBy(() -> queueSession.createBrowser(null)).isInstanceOf(InvalidDestinationException.class);
    }

    @Test
    @Spec("2.9")
    void domainConnectionsMakeCommonSessionsToo() throws JMSException {
        Session ofTopics = topicConnection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
        Topic topic = topic(ofTopics);

        assertThat(ofTopics.getAcknowledgeMode()).isEqualTo(Session.CLIENT_ACKNOWLEDGE);
        assertThat(text(roundTrip(ofTopics, ofTopics.createTextMessage(topic.getTopicName()))))
                .isEqualTo(topic.getTopicName());
        assertThat(queueConnection.createQueueSession(true, 0).getTransacted()).isTrue();
        assertThat(topicConnection.createTopicSession(true, 0).getTransacted()).isTrue();
    }

    @Test
    @Spec("6.1.1")
    @Spec("2.9")
    void domainConnectionsAreMadeForAUser() throws JMSException {
        assertThat(closedLater(closedLater(provider.topicFactory()).createTopicConnection("user", "password")))
                .isNotNull();
        assertThat(closedLater(closedLater(provider.queueFactory()).createQueueConnection("user", "password")))
                .isNotNull();
    }
}
