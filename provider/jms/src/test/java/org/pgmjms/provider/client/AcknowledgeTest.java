package org.pgmjms.provider.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** CLIENT_ACKNOWLEDGE and recover: Jakarta Messaging 3.1, sections 3.6, 6.2.10 and 6.2.11. */
class AcknowledgeTest extends JmsFixture {

    @Override
    int mode() {
        return Session.CLIENT_ACKNOWLEDGE;
    }

    @Override
    String options() {
        return "jms.maxUnacknowledged=100";
    }

    @Test
    void recoverDeliversAgainFromTheFirstUnacknowledgedMessageInOrder() throws JMSException {
        send("a", "b", "c", "d");
        consumer.receiveNoWait();
        consumer.receiveNoWait();
        consumer.receiveNoWait();

        session.recover();

        for (String expected : new String[] {"a", "b", "c"}) {
            Message again = consumer.receiveNoWait();
            assertEquals(expected, text(again));
            assertTrue(again.getJMSRedelivered());
            assertEquals(2, deliveryCount(again));
        }
        Message first = consumer.receiveNoWait();
        assertEquals("d", text(first));
        assertFalse(first.getJMSRedelivered());
        assertEquals(1, deliveryCount(first));
    }

    @Test
    void acknowledgingOneAcknowledgesAllThatWereDelivered() throws JMSException {
        send("a", "b", "c");
        consumer.receiveNoWait();
        Message second = consumer.receiveNoWait();

        second.acknowledge();
        session.recover();

        assertEquals("c", text(consumer.receiveNoWait()));
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void acknowledgingTheFirstAcknowledgesTheLaterOnesOfTheSessionToo() throws JMSException {
        Topic otherTopic = session.createTopic("other");
        MessageConsumer other = session.createConsumer(otherTopic);
        send("a");
        connection.createSession().createProducer(otherTopic).send(session.createTextMessage("x"));
        Message first = consumer.receiveNoWait();
        other.receiveNoWait();

        first.acknowledge();
        session.recover();

        assertNull(consumer.receiveNoWait());
        assertNull(other.receiveNoWait());
    }

    @Test
    void partOfAMixtureIsDeliveredAgain() throws JMSException {
        send("a", "b", "c");
        consumer.receiveNoWait().acknowledge();
        consumer.receiveNoWait();

        session.recover();

        assertEquals("b", text(consumer.receiveNoWait()));
        assertEquals("c", text(consumer.receiveNoWait()));
    }

    @Test
    void theDeliveryCountGrowsWithEachRecovery() throws JMSException {
        send("a");
        for (int count = 1; count <= 5; count++) {
            assertEquals(count, deliveryCount(consumer.receiveNoWait()));
            session.recover();
        }
    }

    @Test
    void aRedeliveredMessageIsAsItWasSent() throws JMSException {
        send("a");
        Message changed = consumer.receiveNoWait();
        changed.clearBody();
        changed.clearProperties();
        changed.setStringProperty("mine", "x");

        session.recover();

        Message again = consumer.receiveNoWait();
        assertEquals("a", text(again));
        assertFalse(again.propertyExists("mine"));
    }

    @Test
    void acknowledgeOfAClosedSessionIsRefused() throws JMSException {
        send("a");
        Message message = consumer.receiveNoWait();
        session.close();

        assertThrows(IllegalStateException.class, message::acknowledge);
        assertEquals("a", text(message));
    }

    @Test
    void acknowledgeOfAClosedConnectionIsRefused() throws JMSException {
        send("a");
        Message message = consumer.receiveNoWait();
        connection.close();

        assertThrows(IllegalStateException.class, message::acknowledge);
    }

    @Test
    void acknowledgeAfterTheCloseOfTheConsumerIsAllowed() throws JMSException {
        send("a");
        Message message = consumer.receiveNoWait();
        consumer.close();

        message.acknowledge();
        session.recover();
    }

    @Test
    void nothingIsDeliveredAgainToAnotherConsumer() throws JMSException {
        send("a");
        consumer.receiveNoWait();
        consumer.close();

        session.recover();

        assertNull(session.createConsumer(topic).receiveNoWait());
    }

    @Test
    void acknowledgeOfASentMessageDoesNothing() throws JMSException {
        Message sent = session.createTextMessage("a");
        sent.acknowledge();
        producer.send(sent);
        sent.acknowledge();

        assertEquals("a", text(consumer.receiveNoWait()));
    }

    @Test
    void tooManyUnacknowledgedMessagesStopTheDeliveryUntilAcknowledged() throws JMSException {
        for (int i = 0; i <= 100; i++) {
            send("m" + i);
        }
        Message last = null;
        for (int i = 0; i < 100; i++) {
            last = consumer.receiveNoWait();
        }

        JMSException refused = assertThrows(JMSException.class, consumer::receiveNoWait);
        assertTrue(refused.getMessage().contains("jms.maxUnacknowledged"), refused.getMessage());
        last.acknowledge();
        assertEquals("m100", text(consumer.receiveNoWait()));
    }

    @Test
    void aListenerAtTheLimitIsToldOnceAndGoesOnAfterAcknowledge() throws Exception {
        BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        BlockingQueue<JMSException> exceptions = new LinkedBlockingQueue<>();
        connection.setExceptionListener(exceptions::add);
        consumer.setMessageListener(heard::add);
        for (int i = 0; i <= 100; i++) {
            send("m" + i);
        }
        Message last = null;
        for (int i = 0; i < 100; i++) {
            last = heard.take();
        }

        assertTrue(exceptions.take().getMessage().contains("jms.maxUnacknowledged"));
        last.acknowledge();

        assertEquals("m100", text(heard.take()));
        assertTrue(exceptions.isEmpty());
    }

    @Test
    void aListenerThatThrowsGetsTheNextMessageAndTheFirstOnlyAfterRecover() throws Exception {
        BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        consumer.setMessageListener(message -> {
            heard.add(message);
            throw new IllegalArgumentException("on purpose");
        });

        send("a", "b");

        assertEquals("a", text(heard.take()));
        assertEquals("b", text(heard.take()));
        session.recover();
        Message again = heard.take();
        assertEquals("a", text(again));
        assertEquals(2, deliveryCount(again));
    }

    @Test
    void recoverInsideTheListenerDeliversTheSameMessageNext() throws Exception {
        BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        consumer.setMessageListener(message -> {
            heard.add(message);
            recoverOnFirstDelivery(message);
        });

        send("a", "b");

        assertEquals("a", text(heard.take()));
        Message again = heard.take();
        assertEquals("a", text(again));
        assertEquals(2, deliveryCount(again));
        assertTrue(again.getJMSRedelivered());
        assertEquals("b", text(heard.take()));
    }

    private void recoverOnFirstDelivery(Message message) {
        try {
            if (text(message).equals("a") && deliveryCount(message) == 1) {
                session.recover();
            }
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void tenThousandMessagesComeAgainInOrder() throws JMSException {
        PgmConnection large = provider.connection();
        Session recovering = large.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer all = recovering.createConsumer(topic);
        for (int i = 0; i < 10_000; i++) {
            send("m" + i);
        }
        for (int round = 1; round <= 3; round++) {
            for (int i = 0; i < 10_000; i++) {
                Message message = all.receiveNoWait();
                assertEquals("m" + i, text(message));
                assertEquals(round, deliveryCount(message));
            }
            recovering.recover();
        }
    }
}
