package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.MessageLossException;

/** Sessions that never acknowledge: what they keep is bounded. Jakarta Messaging 3.1, section 6.2.10. */
class BackPressureTest extends JmsFixture {
    private static final int KEPT = 1_000;
    private static final int WAITING = 500;
    /** Far below what the messages that are sent would take, far above the bounds and what else a test leaves behind. */
    private static final long ALLOWED_GROWTH_BYTES = 64L << 20;

    private static final String BODY = "x".repeat(200);

    @Override
    String options() {
        return "jms.maxUnacknowledged=" + KEPT + "&jms.prefetch.messages=" + WAITING;
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @ParameterizedTest
    @CsvSource({"2, 1000000", "0, 300000"})
    void whatIsNeverAcknowledgedIsKeptWithinBoundsAndTheRestReportedExactly(int mode, int sent) throws Exception {
        BlockingQueue<JMSException> exceptions = new LinkedBlockingQueue<>();
        connection.setExceptionListener(exceptions::add);
        consumer.close();
        Session keeping = connection.createSession(mode);
        MessageConsumer own = keeping.createConsumer(topic);
        TextMessage message = keeping.createTextMessage(BODY);
        long before = usedBytes();
        for (int i = 1; i <= sent; i++) {
            message.setIntProperty("number", i);
            producer.send(message);
            if (i <= KEPT) {
                assertNumber(i, 1, own.receiveNoWait());
            }
        }

        assertThatThrownBy(own::receiveNoWait).isInstanceOf(ResourceAllocationException.class);
        assertThat(usedBytes() - before).isLessThan(ALLOWED_GROWTH_BYTES);
        deliverAgain(keeping);
        Message last = null;
        for (int i = 1; i <= KEPT; i++) {
            last = own.receiveNoWait();
            assertNumber(i, 2, last);
        }
        assertThat(exceptions).isEmpty();
        acknowledge(keeping, last);
        for (int i = sent - WAITING + 1; i <= sent; i++) {
            assertNumber(i, 1, own.receiveNoWait());
        }
        assertNull(own.receiveNoWait());
        LossReport report = ((MessageLossException) exceptions.take()).getReport();
        long lost = sent - KEPT - WAITING;
        assertEquals(
                new LossReport(topic, report.source(), KEPT + 1, sent - WAITING, lost, LossCause.CONSUMER_OVERRUN),
                report);
        assertTrue(exceptions.isEmpty());
    }

    private static void assertNumber(int number, int deliveries, Message message) throws JMSException {
        assertEquals(number, message.getIntProperty("number"));
        assertEquals(deliveries, deliveryCount(message));
        assertEquals(deliveries > 1, message.getJMSRedelivered());
    }

    private static void deliverAgain(Session session) throws JMSException {
        if (session.getTransacted()) {
            session.rollback();
        } else {
            session.recover();
        }
    }

    private static void acknowledge(Session session, Message last) throws JMSException {
        if (session.getTransacted()) {
            session.commit();
        } else {
            last.acknowledge();
        }
    }

    @Test
    void bytesAreABoundToo() throws Exception {
        PgmConnection small = provider.connection("jms.maxUnacknowledgedBytes=1KiB");
        MessageConsumer own = small.createSession(Session.CLIENT_ACKNOWLEDGE).createConsumer(topic);
        send(BODY, BODY, BODY, BODY);
        Message last = null;
        for (int i = 0; i < 3; i++) {
            last = own.receiveNoWait();
        }

        assertThatThrownBy(own::receiveNoWait).hasMessageContaining("jms.maxUnacknowledgedBytes");
        last.acknowledge();
        assertEquals(BODY, text(own.receiveNoWait()));
    }

    @Test
    void aListenerThatNeverCommitsStopsAtTheBoundAndGoesOnAfterARollback() throws Exception {
        PgmConnection small = provider.connection("jms.maxUnacknowledged=2");
        BlockingQueue<JMSException> exceptions = new LinkedBlockingQueue<>();
        small.setExceptionListener(exceptions::add);
        Session keeping = small.createSession(true, 0);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        keeping.createConsumer(topic).setMessageListener(message -> {
            try {
                heard.add(text(message) + deliveryCount(message));
            } catch (JMSException e) {
                throw new AssertionError(e);
            }
        });
        send("a", "b", "c");
        assertEquals("a1", heard.take());
        assertEquals("b1", heard.take());
        assertThat(exceptions.take()).hasMessageContaining("commit or roll back");

        keeping.rollback();

        assertEquals("a2", heard.take());
        assertEquals("b2", heard.take());
        assertThat(exceptions.take()).hasMessageContaining("commit or roll back");
        keeping.commit();
        assertEquals("c1", heard.take());
    }
}
