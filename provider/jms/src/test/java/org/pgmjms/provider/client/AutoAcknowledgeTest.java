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
import jakarta.jms.MessageListener;
import jakarta.jms.Session;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.MessageLossException;

/** AUTO_ACKNOWLEDGE and DUPS_OK_ACKNOWLEDGE: Jakarta Messaging 3.1, sections 6.2.10 and 8.7. */
class AutoAcknowledgeTest extends JmsFixture {
    private final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
    private int failures;

    @Override
    String options() {
        return "jms.redelivery.max=2";
    }

    @Test
    void whatWasReceivedDoesNotComeAgain() throws JMSException {
        send("a", "b");
        consumer.receiveNoWait();

        session.recover();

        assertEquals("b", text(consumer.receiveNoWait()));
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void acknowledgeDoesNothingButIsRefusedWhenClosed() throws JMSException {
        send("a");
        Message message = consumer.receiveNoWait();
        message.acknowledge();
        session.close();

        assertThrows(IllegalStateException.class, message::acknowledge);
    }

    @ParameterizedTest
    @ValueSource(ints = {Session.AUTO_ACKNOWLEDGE, Session.DUPS_OK_ACKNOWLEDGE})
    void aMessageWhoseListenerThrowsComesAgainAtOnce(int mode) throws Exception {
        MessageConsumer failing = connection.createSession(mode).createConsumer(topic);
        failing.setMessageListener(failing(1));

        send("a", "b");

        Message first = heard.take();
        assertEquals("a", text(first));
        assertFalse(first.getJMSRedelivered());
        assertEquals(1, deliveryCount(first));
        Message again = heard.take();
        assertEquals("a", text(again));
        assertTrue(again.getJMSRedelivered());
        assertEquals(2, deliveryCount(again));
        Message next = heard.take();
        assertEquals("b", text(next));
        assertEquals(1, deliveryCount(next));
    }

    @Test
    void aListenerThatKeepsThrowingLosesTheMessageWithAReport() throws Exception {
        BlockingQueue<JMSException> exceptions = new LinkedBlockingQueue<>();
        connection.setExceptionListener(exceptions::add);
        consumer.setMessageListener(failing(3));

        send("a", "b");

        assertEquals(1, deliveryCount(heard.take()));
        assertEquals(2, deliveryCount(heard.take()));
        assertEquals(3, deliveryCount(heard.take()));
        Message next = heard.take();
        assertEquals("b", text(next));
        assertEquals(1, next.getLongProperty("JMS_PGM_GapBefore"));
        LossReport report = ((MessageLossException) exceptions.take()).getReport();
        assertEquals(new LossReport(topic, report.source(), 1, 1, 1, LossCause.REDELIVERY_EXHAUSTED), report);
    }

    @Test
    void anErrorOfTheListenerCountsAsAFailure() throws Exception {
        consumer.setMessageListener(message -> {
            heard.add(message);
            if (failures++ == 0) {
                throw new AssertionError("on purpose");
            }
        });

        send("a");

        assertEquals(1, deliveryCount(heard.take()));
        assertEquals(2, deliveryCount(heard.take()));
    }

    @Test
    void recoverInsideTheListenerDeliversTheMessageOnceMore() throws Exception {
        consumer.setMessageListener(message -> {
            heard.add(message);
            if (failures++ == 0) {
                recover();
            }
        });

        send("a", "b");

        assertEquals("a", text(heard.take()));
        Message again = heard.take();
        assertEquals("a", text(again));
        assertTrue(again.getJMSRedelivered());
        assertEquals("b", text(heard.take()));
    }

    @Test
    void recoverAndThenThrowDeliversTheMessageOnlyOnceMore() throws Exception {
        consumer.setMessageListener(message -> {
            heard.add(message);
            if (failures++ == 0) {
                recover();
                throw new IllegalArgumentException("on purpose");
            }
        });

        send("a", "b");

        assertEquals("a", text(heard.take()));
        assertEquals(2, deliveryCount(heard.take()));
        assertEquals("b", text(heard.take()));
    }

    private MessageListener failing(int times) {
        return message -> {
            heard.add(message);
            if (failures++ < times) {
                throw new IllegalArgumentException("on purpose");
            }
        };
    }

    private void recover() {
        try {
            session.recover();
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }
}
