package org.pgmjms.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicRequestor;
import jakarta.jms.TopicSession;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Requests and replies between two transports, as between two processes: their settings differ, so that each has its own
 * sockets and sources.
 */
class RequestReplyOnLoopbackTest {
    private static final String NETWORK = "epgm://lo;239.192.91.10:17594?pgm.linger=0";
    private static final int REQUESTS = 200;

    private final PgmConnectionFactory here = new PgmConnectionFactory(NETWORK + "&pgm.simulatedLoss=2,seed=1");
    private final PgmConnectionFactory there = new PgmConnectionFactory(NETWORK + "&pgm.simulatedLoss=2,seed=2");

    @Test
    void repliesReachATemporaryQueueOfAnotherProcessThoughPacketsAreLost() throws Exception {
        try (Connection responder = responder("ask.queue");
                Connection requestor = here.createConnection()) {
            Session session = requestor.createSession();
            TemporaryQueue replies = session.createTemporaryQueue();
            exchange(requestor, session, "ask.queue", replies);
            assertNotNull(responder);
        }
    }

    @Test
    void repliesReachATemporaryTopicOfAnotherProcessThoughPacketsAreLost() throws Exception {
        try (Connection responder = responder("ask.topic");
                Connection requestor = here.createConnection()) {
            Session session = requestor.createSession();
            TemporaryTopic replies = session.createTemporaryTopic();
            exchange(requestor, session, "ask.topic", replies);
            assertNotNull(responder);
        }
    }

    @Test
    void aTopicRequestorGetsItsReply() throws Exception {
        try (Connection responder = responder("ask.requestor");
                TopicConnection requestor = here.createTopicConnection()) {
            requestor.start();
            awaitResponder(requestor, "ask.requestor");
            TopicSession session = requestor.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
            TopicRequestor asking = new TopicRequestor(session, session.createTopic("ask.requestor"));

            for (int i = 0; i < 20; i++) {
                Message reply = asking.request(session.createTextMessage("question " + i));

                assertEquals("answer to question " + i, ((TextMessage) reply).getText());
            }

            asking.close();
            assertNotNull(responder);
        }
    }

    @Test
    void aReceivedReplyToOpensNoChannelThatTheFactoryDoesNotKnow() throws Exception {
        BlockingQueue<Exception> refusals = new LinkedBlockingQueue<>();
        try (Connection responder = there.createConnection();
                Connection requestor = here.createConnection()) {
            Session answering = responder.createSession();
            MessageProducer replying = answering.createProducer(null);
            MessageConsumer requests = answering.createConsumer(answering.createTopic("ask.elsewhere"));
            requests.setMessageListener(request -> {
                try {
                    replying.send(request.getJMSReplyTo(), answering.createMessage());
                } catch (JMSException e) {
                    refusals.add(e);
                }
            });
            responder.start();
            Session session = requestor.createSession();
            Message request = session.createMessage();
            request.setJMSReplyTo(session.createTopic("replies?group=239.192.91.99&port=17599"));
            MessageProducer producer = session.createProducer(session.createTopic("ask.elsewhere"));
            Exception refused = null;
            while (refused == null) {
                producer.send(request);
                refused = refusals.poll(100, TimeUnit.MILLISECONDS);
            }
            assertThat(refused).isInstanceOf(InvalidDestinationException.class).hasMessageContaining("239.192.91.99");
        }
    }

    private Connection responder(String topic) throws JMSException {
        Connection connection = there.createConnection();
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(null);
        session.createConsumer(session.createTopic(topic)).setMessageListener(request -> {
            try {
                Message reply = session.createTextMessage("answer to " + ((TextMessage) request).getText());
                reply.setJMSCorrelationID(request.getJMSMessageID());
                producer.send(request.getJMSReplyTo(), reply);
            } catch (JMSException e) {
                throw new AssertionError(e);
            }
        });
        connection.start();
        return connection;
    }

    /** Asks until there is an answer: the responder discovers a source when it hears of it. */
    private static void awaitResponder(Connection connection, String topic) throws JMSException {
        Session session = connection.createSession();
        TemporaryQueue replies = session.createTemporaryQueue();
        MessageConsumer consumer = session.createConsumer(replies);
        MessageProducer producer = session.createProducer(session.createTopic(topic));
        Message reply;
        do {
            Message request = session.createTextMessage("are you there?");
            request.setJMSReplyTo(replies);
            producer.send(request);
            reply = consumer.receive(200);
        } while (reply == null);
        session.close();
        replies.delete();
    }

    private static void exchange(Connection connection, Session session, String topic, Destination replies)
            throws JMSException {
        MessageConsumer consumer = session.createConsumer(replies);
        Topic asked = session.createTopic(topic);
        MessageProducer producer = session.createProducer(asked);
        connection.start();
        awaitResponder(connection, topic);
        List<String> ids = new CopyOnWriteArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            TextMessage request = session.createTextMessage("question " + i);
            request.setJMSReplyTo(replies);
            producer.send(request);
            ids.add(request.getJMSMessageID());
        }
        for (int i = 0; i < REQUESTS; i++) {
            TextMessage reply = assertInstanceOf(TextMessage.class, consumer.receive());
            assertEquals("answer to question " + i, reply.getText());
            assertEquals(ids.get(i), reply.getJMSCorrelationID());
            assertEquals(replies, reply.getJMSDestination());
        }
        assertThat(consumer.receiveNoWait()).isNull();
    }
}
