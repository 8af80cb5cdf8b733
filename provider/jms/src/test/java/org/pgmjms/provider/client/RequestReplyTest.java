package org.pgmjms.provider.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueReceiver;
import jakarta.jms.QueueRequestor;
import jakarta.jms.QueueSender;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicRequestor;
import jakarta.jms.TopicSession;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.loss.MessageLossException;
import org.pgmjms.provider.testing.Call;

/** Jakarta Messaging 3.1, sections 3.4.4, 4.1.9 and 4.2.8. */
class RequestReplyTest extends JmsFixture {

    @Test
    void everyKindOfReplyToArrivesAsItself() throws Exception {
        for (Destination replyTo : List.of(
                session.createTopic("replies"),
                session.createQueue("replies"),
                session.createTemporaryTopic(),
                session.createTemporaryQueue())) {
            Message request = session.createMessage();
            request.setJMSReplyTo(replyTo);
            producer.send(request);

            Destination received = consumer.receiveNoWait().getJMSReplyTo();

            assertEquals(replyTo, received);
            assertEquals(replyTo.getClass(), received.getClass());
        }
    }

    @Test
    void aReplyReachesTheTemporaryQueueThatTheRequestNames() throws Exception {
        Session asking = provider.connection().createSession();
        TemporaryQueue replies = asking.createTemporaryQueue();
        Message request = asking.createTextMessage("question");
        request.setJMSReplyTo(replies);
        asking.createProducer(topic).send(request);

        answerOne(consumer, session.createProducer(null));

        Message reply = asking.createConsumer(replies, "JMSCorrelationID = '" + request.getJMSMessageID() + "'")
                .receiveNoWait();
        assertEquals("answer to question", text(reply));
    }

    @Test
    void theRequestorMayConsumeFromAReceivedNameOfItsOwnQueue() throws Exception {
        TemporaryQueue replies = session.createTemporaryQueue();
        Message request = session.createMessage();
        request.setJMSReplyTo(replies);
        producer.send(request);
        Queue named = (Queue) consumer.receiveNoWait().getJMSReplyTo();

        session.createProducer(named).send(session.createTextMessage("a"));

        assertEquals("a", text(session.createConsumer(named).receiveNoWait()));
    }

    @Test
    void aTopicRequestorGetsItsReply() throws Exception {
        listen(provider.connection().createSession());
        try (TopicConnection asking = provider.factory().createTopicConnection()) {
            asking.start();
            TopicSession own = asking.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
            TopicRequestor requestor = new TopicRequestor(own, topic);

            assertEquals("answer to one", text(requestor.request(own.createTextMessage("one"))));
            assertEquals("answer to two", text(requestor.request(own.createTextMessage("two"))));

            requestor.close();
            assertThrows(IllegalStateException.class, own::createMessage);
        }
    }

    @Test
    void aTopicRequestorIsToldOfALostReplyInsteadOfWaitingForEver() throws Exception {
        MessageConsumer requests = session.createConsumer(session.createTopic("ask"));
        try (TopicConnection asking = provider.factory().createTopicConnection()) {
            asking.start();
            TopicSession own = asking.createTopicSession(false, Session.AUTO_ACKNOWLEDGE);
            TopicRequestor requestor = new TopicRequestor(own, own.createTopic("ask"));
            Call<Message> request = new Call<>(() -> requestor.request(own.createTextMessage("question")));
            provider.clock().awaitParked(request.thread());
            provider.network().loseNext(1);
            answerOne(requests, session.createProducer(null));

            provider.network().reportLosses();

            Exception failure = assertThrows(Exception.class, request::result);
            assertInstanceOf(MessageLossException.class, failure.getCause());
        }
    }

    @Test
    void aQueueRequestorAsksATemporaryQueueWhoseNameCameByTopic() throws Exception {
        TemporaryQueue requests = session.createTemporaryQueue();
        Session answering = connection.createSession();
        MessageProducer replying = answering.createProducer(null);
        answering.createConsumer(requests).setMessageListener(request -> answer(answering, replying, request));
        Message offer = session.createMessage();
        offer.setJMSReplyTo(requests);
        try (QueueConnection asking = provider.factory().createQueueConnection()) {
            MessageConsumer offers = provider.connection().createSession().createConsumer(topic);
            producer.send(offer);
            Queue asked = (Queue) offers.receiveNoWait().getJMSReplyTo();
            asking.start();
            QueueSession own = asking.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
            QueueRequestor requestor = new QueueRequestor(own, asked);

            assertEquals("answer to one", text(requestor.request(own.createTextMessage("one"))));
            assertEquals("answer to two", text(requestor.request(own.createTextMessage("two"))));

            requestor.close();
        }
    }

    @Test
    void theLegacyQueueClassesWorkOnTemporaryQueues() throws Exception {
        try (QueueConnection own = provider.factory().createQueueConnection()) {
            own.start();
            QueueSession queues = own.createQueueSession(true, Session.AUTO_ACKNOWLEDGE);
            TemporaryQueue queue = queues.createTemporaryQueue();
            QueueReceiver receiver = queues.createReceiver(queue, "JMSPriority > 3");
            QueueSender sender = queues.createSender(queue);
            QueueSender anonymous = queues.createSender(null);
            assertEquals(queue, receiver.getQueue());
            assertEquals(queue, sender.getQueue());
            assertNull(anonymous.getQueue());

            sender.send(queues.createTextMessage("a"));
            sender.send(queues.createTextMessage("low"), DeliveryMode.NON_PERSISTENT, 1, 0);
            anonymous.send(queue, queues.createTextMessage("b"));
            anonymous.send(queue, queues.createTextMessage("c"), DeliveryMode.NON_PERSISTENT, 4, 0);
            assertNull(receiver.receiveNoWait());
            queues.commit();

            for (String expected : List.of("a", "b", "c")) {
                assertEquals(expected, text(receiver.receiveNoWait()));
            }
            assertNull(receiver.receiveNoWait());
            assertTrue(queues.createBrowser(queue).getEnumeration().hasMoreElements(), "the low one is left");
            receiver.close();
            queues.rollback();
            QueueReceiver all = queues.createReceiver(queue);
            assertEquals("a", text(all.receiveNoWait()));
        }
    }

    @Test
    void contextsAskAndAnswer() throws Exception {
        listen(provider.connection().createSession());
        try (JMSContext context = provider.factory().createContext()) {
            TemporaryTopic replies = context.createTemporaryTopic();
            JMSConsumer receiver = context.createConsumer(replies);

            context.createProducer().setJMSReplyTo(replies).send(topic, "question");

            assertEquals("answer to question", receiver.receiveBody(String.class));
        }
    }

    private void listen(Session answering) throws JMSException {
        MessageProducer replying = answering.createProducer(null);
        answering.createConsumer(topic).setMessageListener(request -> answer(answering, replying, request));
    }

    private void answerOne(MessageConsumer requests, MessageProducer replying) throws JMSException {
        answer(session, replying, requests.receiveNoWait());
    }

    private static void answer(Session session, MessageProducer replying, Message request) {
        try {
            TextMessage reply = session.createTextMessage("answer to " + text(request));
            reply.setJMSCorrelationID(request.getJMSMessageID());
            replying.send(request.getJMSReplyTo(), reply);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }
}
