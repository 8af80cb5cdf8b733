package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.destination.PgmTemporaryQueue;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossPolicy;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.MessageLossException;

/** What a temporary queue loses, cannot hold, or drops, and how that is told. */
class TemporaryQueueLossTest extends JmsFixture {
    private TemporaryQueue queue;
    private MessageProducer toQueue;

    @BeforeEach
    void makeQueue() throws JMSException {
        queue = session.createTemporaryQueue();
        toQueue = session.createProducer(queue);
    }

    @Test
    void lossesAreReportedInTheirPlaces() throws Exception {
        BlockingQueue<LossReport> reports = new LinkedBlockingQueue<>();
        connection.setLossListener(reports::add);
        put("a");
        provider.network().loseNext(2);
        put("lost", "lost too", "b");
        MessageConsumer own = reporting(session, queue);

        assertEquals("a", text(own.receiveNoWait()));
        assertTrue(reports.isEmpty());
        Message second = own.receiveNoWait();

        assertEquals("b", text(second));
        assertEquals(2, second.getLongProperty("JMS_PGM_GapBefore"));
        assertEquals(2, reports.take().count());
    }

    @Test
    void aReceiveThrowsTheLossAndThenGoesOn() throws Exception {
        MessageConsumer own = session.createConsumer(queue);
        put("a");
        provider.network().loseNext(3);
        put("lost", "lost", "lost", "b");
        assertEquals("a", text(own.receiveNoWait()));

        MessageLossException lost = assertThrows(MessageLossException.class, own::receiveNoWait);

        assertEquals(3, lost.getReport().count());
        assertEquals(queue, lost.getReport().destination());
        assertEquals("b", text(own.receiveNoWait()));
    }

    @Test
    void whatComesAfterALossIsNotDeliveredBeforeItIsToldThoughItsPriorityIsHigher() throws Exception {
        MessageConsumer own = session.createConsumer(queue);
        toQueue.setPriority(1);
        put("low");
        provider.network().loseNext(1);
        put("lost");
        toQueue.setPriority(9);
        put("high");

        assertEquals("low", text(own.receiveNoWait()));
        assertThrows(MessageLossException.class, own::receiveNoWait);
        assertEquals("high", text(own.receiveNoWait()));
    }

    @Test
    void theOldestGiveWayWhenItIsFullAndAreReportedExactly() throws Exception {
        BlockingQueue<LossReport> reports = new LinkedBlockingQueue<>();
        PgmConnection small = provider.connection("jms.temporaryQueue.maxBytes=1KiB");
        small.setLossListener(reports::add);
        Session own = small.createSession();
        TemporaryQueue bounded = own.createTemporaryQueue();
        MessageProducer filling = own.createProducer(bounded);
        for (int i = 0; i < 100; i++) {
            filling.send(own.createTextMessage("m" + i));
        }
        MessageConsumer receiver = reporting(own, bounded);

        Message first = receiver.receiveNoWait();
        List<String> rest = drain(receiver);

        int kept = rest.size() + 1;
        assertThat(kept).isBetween(2, 6);
        assertEquals("m" + (100 - kept), text(first));
        assertEquals("m99", rest.get(rest.size() - 1));
        LossReport report = reports.take();
        assertEquals(
                new LossReport(bounded, report.source(), 1, 100 - kept, 100 - kept, LossCause.CONSUMER_OVERRUN),
                report);
        assertEquals(100 - kept, first.getLongProperty("JMS_PGM_GapBefore"));
        small.close();
        assertTrue(reports.isEmpty());
    }

    @Test
    void theNewestAreDroppedUnderThatPolicy() throws Exception {
        BlockingQueue<LossReport> reports = new LinkedBlockingQueue<>();
        PgmConnection small = provider.connection("jms.temporaryQueue.maxBytes=1KiB&jms.overrunPolicy=dropNewest");
        small.setLossListener(reports::add);
        Session own = small.createSession();
        TemporaryQueue bounded = own.createTemporaryQueue();
        MessageProducer filling = own.createProducer(bounded);
        for (int i = 0; i < 100; i++) {
            filling.send(own.createTextMessage("m" + i));
        }
        MessageConsumer receiver = reporting(own, bounded);

        List<String> got = drain(receiver);

        assertEquals("m0", got.get(0));
        assertEquals(100, got.size() + reports.take().count());
        filling.send(own.createTextMessage("room again"));
        Message next = receiver.receiveNoWait();
        assertEquals("room again", text(next));
        small.close();
        assertTrue(reports.isEmpty());
    }

    @Test
    void unacknowledgedMessagesAreNeverDropped() throws Exception {
        BlockingQueue<LossReport> reports = new LinkedBlockingQueue<>();
        PgmConnection small = provider.connection("jms.temporaryQueue.maxBytes=1KiB");
        small.setLossListener(reports::add);
        Session own = small.createSession(Session.CLIENT_ACKNOWLEDGE);
        TemporaryQueue bounded = own.createTemporaryQueue();
        MessageProducer filling = own.createProducer(bounded);
        MessageConsumer receiver = reporting(own, bounded);
        filling.send(own.createTextMessage("x".repeat(2_000)));
        Message large = receiver.receiveNoWait();

        filling.send(own.createTextMessage("no room"));
        assertNull(receiver.receiveNoWait());
        large.acknowledge();
        filling.send(own.createTextMessage("room"));

        assertEquals(1, reports.take().count());
        Message next = receiver.receiveNoWait();
        assertEquals("room", text(next));
        assertEquals(1, next.getLongProperty("JMS_PGM_GapBefore"));
    }

    @Test
    void disconnectClosesItsConsumers() throws Exception {
        PgmConnection small = provider.connection("jms.temporaryQueue.maxBytes=1KiB&jms.overrunPolicy=disconnect");
        Session own = small.createSession();
        TemporaryQueue bounded = own.createTemporaryQueue();
        MessageConsumer receiver = reporting(own, bounded);
        MessageProducer filling = own.createProducer(bounded);
        for (int i = 0; i < 20; i++) {
            filling.send(own.createTextMessage("m" + i));
        }

        List<String> got = new ArrayList<>();
        JMSException cutOff = assertThrows(JMSException.class, () -> {
            while (true) {
                got.add(text(receiver.receiveNoWait()));
            }
        });

        assertThat(cutOff).hasMessageContaining("jms.overrunPolicy");
        assertThat(got).startsWith("m0", "m1").hasSizeLessThan(7);
        assertThrows(IllegalStateException.class, receiver::receiveNoWait);
    }

    @Test
    void aThousandLossesThatNobodyHearsAreOneReport() throws Exception {
        BlockingQueue<LossReport> reports = new LinkedBlockingQueue<>();
        connection.setLossListener(reports::add);
        for (int i = 1; i <= 2_500; i++) {
            provider.network()
                    .report(new LossReport(
                            ((PgmTemporaryQueue) queue).carrier(), "source-1", i, i, 1, LossCause.NAK_RETRIES));
        }

        assertNull(reporting(session, queue).receiveNoWait());

        LossReport report = reports.take();
        assertEquals(2_500, report.count());
        assertEquals(queue, report.destination());
        connection.close();
        assertTrue(reports.isEmpty());
    }

    /** A consumer whose receives do not throw losses. */
    private static MessageConsumer reporting(Session session, TemporaryQueue queue) throws JMSException {
        PgmMessageConsumer consumer = (PgmMessageConsumer) session.createConsumer(queue);
        consumer.setLossPolicy(LossPolicy.REPORT);
        return consumer;
    }

    private void put(String... texts) throws JMSException {
        for (String text : texts) {
            toQueue.send(session.createTextMessage(text));
        }
    }

    private static List<String> drain(MessageConsumer consumer) throws JMSException {
        List<String> texts = new ArrayList<>();
        for (Message next = consumer.receiveNoWait(); next != null; next = consumer.receiveNoWait()) {
            texts.add(text(next));
        }
        return texts;
    }
}
