package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Sections 4.1.5, 4.2.7 and 6.2.2: destinations that live as long as their connection. */
class TemporaryDestinationTest extends JmsContract {
    private Connection connection;
    private Session session;

    @BeforeEach
    void open() throws JMSException {
        connection = startedConnection();
        session = connection.createSession();
    }

    @Test
    @Spec("4.2.7")
    void aTemporaryTopicReachesItsConsumersFromAnywhere() throws JMSException {
        TemporaryTopic topic = session.createTemporaryTopic();
        MessageConsumer one = session.createConsumer(topic);
        MessageConsumer other = connection.createSession().createConsumer(topic);

        sendTexts(session(), topic, "x");

        assertThat(receiveText(one)).isEqualTo("x");
        assertThat(receiveText(other)).isEqualTo("x");
    }

    @Test
    @Spec("4.1.5")
    @Spec("4.1.2")
    void aTemporaryQueueKeepsWhatComesBeforeItsConsumer() throws JMSException {
        TemporaryQueue queue = session.createTemporaryQueue();

        sendTexts(session(), queue, "a", "b");

        assertThat(receiveTexts(session.createConsumer(queue), 2)).containsExactly("a", "b");
    }

    @Test
    @Spec("6.2.2")
    void everyTemporaryDestinationIsUnique() throws JMSException {
        Set<String> names = new HashSet<>();

        for (int i = 0; i < 10; i++) {
            names.add(session.createTemporaryTopic().getTopicName());
            names.add(session.createTemporaryQueue().getQueueName());
        }

        assertThat(names).hasSize(20);
    }

    @Test
    @Spec("6.2.2")
    @Spec("4.1.5")
    void onlyItsOwnConnectionConsumesFromATemporaryQueue() throws JMSException {
        TemporaryQueue queue = session.createTemporaryQueue();
        Session other = session();

        assertThatThrownBy(() -> other.createConsumer(queue)).isInstanceOf(JMSException.class);
    }

    @Test
    @Spec("6.2.2")
    @Spec("4.2.7")
    void onlyItsOwnConnectionConsumesFromATemporaryTopic() throws JMSException {
        TemporaryTopic topic = session.createTemporaryTopic();
        Session other = session();

        assertThatThrownBy(() -> other.createConsumer(topic)).isInstanceOf(JMSException.class);
    }

    @Test
    @Spec("6.2.2")
    void itOutlivesTheSessionThatMadeIt() throws JMSException {
        TemporaryQueue queue = session.createTemporaryQueue();
        TemporaryTopic topic = session.createTemporaryTopic();

        session.close();

        Session another = connection.createSession();
        MessageConsumer ofQueue = another.createConsumer(queue);
        MessageConsumer ofTopic = another.createConsumer(topic);
        sendTexts(another, queue, "queue");
        sendTexts(another, topic, "topic");
        assertThat(receiveText(ofQueue)).isEqualTo("queue");
        assertThat(receiveText(ofTopic)).isEqualTo("topic");
    }

    @Test
    @Spec("6.2.2")
    void itIsNotDeletedWhileItHasAConsumer() throws JMSException {
        TemporaryQueue queue = session.createTemporaryQueue();
        TemporaryTopic topic = session.createTemporaryTopic();
        MessageConsumer ofQueue = session.createConsumer(queue);
        MessageConsumer ofTopic = session.createConsumer(topic);

        assertThatThrownBy(queue::delete).isInstanceOf(JMSException.class);
        assertThatThrownBy(topic::delete).isInstanceOf(JMSException.class);
        ofQueue.close();
        ofTopic.close();

        assertThatCode(queue::delete).doesNotThrowAnyException();
        assertThatCode(topic::delete).doesNotThrowAnyException();
    }

    @Test
    @Spec("6.2.2")
    @Spec("10.3")
    @Differs(on = Provider.ARTEMIS, how = "throws a plain JMSException", allowedBy = Differs.NOTHING)
    void aDeletedDestinationIsNotConsumedFrom() throws JMSException {
        TemporaryQueue queue = session.createTemporaryQueue();
        TemporaryTopic topic = session.createTemporaryTopic();

        queue.delete();
        topic.delete();

        assertThatThrownBy(() -> session.createConsumer(queue)).isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> session.createConsumer(topic)).isInstanceOf(InvalidDestinationException.class);
    }

    @Test
    @Spec("6.2.2")
    void itIsDeletedAfterItsSessionIsClosed() throws JMSException {
        TemporaryQueue queue = session.createTemporaryQueue();
        TemporaryTopic topic = session.createTemporaryTopic();
        session.createConsumer(queue);
        session.createConsumer(topic);

        session.close();

        assertThatCode(queue::delete).doesNotThrowAnyException();
        assertThatCode(topic::delete).doesNotThrowAnyException();
    }

    @Test
    @Spec("6.2.2")
    @Spec("2.16")
    void aRequestIsAnsweredWhereItSays() throws Exception {
        for (Destination replies : new Destination[] {session.createTemporaryQueue(), session.createTemporaryTopic()}) {
            MessageConsumer answers = session.createConsumer(replies);
            Session service = startedConnection().createSession();
            Destination requests = topic(service);
            service.createConsumer(requests).setMessageListener(request -> answer(service, request));
            Message request = session.createTextMessage("ping");
            request.setJMSReplyTo(replies);

            session.createProducer(requests).send(request);

            Message answer = answers.receive(SOON_MS);
            assertThat(text(answer)).isEqualTo("ping pong");
            assertThat(answer.getJMSCorrelationID()).isEqualTo(request.getJMSMessageID());
        }
    }

    private static void answer(Session service, Message request) {
        try {
            Message answer = service.createTextMessage(text(request) + " pong");
            answer.setJMSCorrelationID(request.getJMSMessageID());
            service.createProducer(request.getJMSReplyTo()).send(answer);
        } catch (JMSException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    @Spec("6.2.2")
    @Spec("2.8.2")
    void contextsOfOneConnectionShareTheirTemporaryDestinations() throws JMSException {
        JMSContext first = context();
        JMSContext second = closedLater(first.createContext(JMSContext.AUTO_ACKNOWLEDGE));
        TemporaryQueue queue = first.createTemporaryQueue();

        JMSConsumer consumer = second.createConsumer(queue);
        first.createProducer().send(queue, "x");

        assertThat(consumer.receiveBody(String.class, SOON_MS)).isEqualTo("x");
    }
}
