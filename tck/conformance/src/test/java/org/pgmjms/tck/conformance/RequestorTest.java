package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueRequestor;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicRequestor;
import jakarta.jms.TopicSession;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Sections 4.1.7 and 4.2.10: the requestors of the legacy domains. */
class RequestorTest extends JmsContract {

    private static void answer(Session service, Message request) {
        try {
            service.createProducer(request.getJMSReplyTo()).send(service.createTextMessage(text(request) + " pong"));
        } catch (JMSException failed) {
            throw new AssertionError(failed);
        }
    }

    private TopicSession topicSession() throws JMSException {
        TopicConnection connection =
                closedLater(closedLater(provider.topicFactory()).createTopicConnection());
        connection.start();
        return connection.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    private QueueConnection queueConnection() throws JMSException {
        QueueConnection connection =
                closedLater(closedLater(provider.queueFactory()).createQueueConnection());
        connection.start();
        return connection;
    }

    @Test
    @Spec("4.2.10")
    void aTopicRequestorGetsItsReplies() throws Exception {
        TopicSession service = topicSession();
        Topic topic = topic(service);
        service.createSubscriber(topic).setMessageListener(request -> answer(service, request));
        TopicSession client = topicSession();
        TopicRequestor requestor = new TopicRequestor(client, topic);

        assertThat(text(requestor.request(client.createTextMessage("one")))).isEqualTo("one pong");
        assertThat(text(requestor.request(client.createTextMessage("two")))).isEqualTo("two pong");
        requestor.close();

        assertThatThrownBy(() -> client.createTextMessage("closed")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec("4.1.7")
    void aQueueRequestorGetsItsReplies() throws Exception {
        QueueConnection connection = queueConnection();
        QueueSession service = connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
        Queue queue = service.createTemporaryQueue();
        service.createReceiver(queue).setMessageListener(request -> answer(service, request));
        QueueSession client = queueConnection().createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
        QueueRequestor requestor = new QueueRequestor(client, queue);

        assertThat(text(requestor.request(client.createTextMessage("one")))).isEqualTo("one pong");
        assertThat(text(requestor.request(client.createTextMessage("two")))).isEqualTo("two pong");
        requestor.close();
    }

    @Test
    @Spec("4.2.10")
    @Spec("4.1.7")
    void aRequestorNeedsADestination() throws JMSException {
        TopicSession topics = topicSession();
        QueueSession queues = queueConnection().createQueueSession(false, Session.AUTO_ACKNOWLEDGE);

        assertThatThrownBy(() -> new TopicRequestor(topics, null)).isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> new QueueRequestor(queues, null)).isInstanceOf(InvalidDestinationException.class);
    }
}
