package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossListener;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.MessageLossException;
import org.pgmjms.provider.loss.SourceEvent;

/** Loss is never silent, and keeps its place in the stream: Jakarta Messaging 3.1, section 6.1.7. */
class LossTest extends JmsFixture {
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

    /** Both kinds of listener in one. */
    private final class Both implements ExceptionListener, LossListener {
        @Override
        public void onException(JMSException exception) {
            events.add(exception);
        }

        @Override
        public void onLoss(LossReport report) {
            events.add(report);
        }

        @Override
        public void onSource(SourceEvent event) {
            events.add(event);
        }
    }

    @Test
    void theExceptionListenerGetsOneExceptionForEachGap() throws Exception {
        connection.setExceptionListener(events::add);

        send("a");
        provider.network().loseNext(3);
        send("b", "c", "d", "e");

        assertEquals("a", text(consumer.receiveNoWait()));
        assertTrue(events.isEmpty());
        Message next = consumer.receiveNoWait();
        assertEquals("e", text(next));
        assertEquals(3, next.getLongProperty("JMS_PGM_GapBefore"));
        MessageLossException loss = (MessageLossException) events.take();
        assertEquals("PGM_2001", loss.getErrorCode());
        LossReport report = loss.getReport();
        assertEquals(new LossReport(topic, report.source(), 2, 4, 3, LossCause.TRAIL_PASSED), report);
        assertEquals(next.getStringProperty("JMS_PGM_Source"), report.source());
        connection.close();
        assertTrue(events.isEmpty());
    }

    @Test
    void theConnectionStaysUsable() throws Exception {
        connection.setExceptionListener(events::add);
        provider.network().loseNext(1);
        send("a", "b");
        consumer.receiveNoWait();
        events.take();

        send("c");

        Message next = consumer.receiveNoWait();
        assertEquals("c", text(next));
        assertFalse(next.propertyExists("JMS_PGM_GapBefore"));
    }

    @Test
    void aListenersStreamKeepsThePlaceOfTheGap() throws Exception {
        List<String> stream = new CopyOnWriteArrayList<>();
        BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        PgmMessageConsumer own = (PgmMessageConsumer) consumer;
        own.setLossListener(events::add);
        own.setMessageListener(message -> {
            stream.add(string(message));
            heard.add(message);
        });

        send("a");
        heard.take();
        provider.network().loseNext(2);
        send("b", "c", "d");

        heard.take();
        assertEquals(2, ((LossReport) events.take()).count());
        assertEquals(List.of("a", "d+2"), stream);
    }

    @Test
    void aLostTailIsReportedWithoutALaterMessage() throws Exception {
        connection.setExceptionListener(events::add);
        provider.network().loseNext(2);
        send("a", "b");
        provider.network().reportLosses();

        assertNull(consumer.receiveNoWait());

        assertEquals(2, ((MessageLossException) events.take()).getReport().count());
    }

    @Test
    void gapsBeforeTheSameMessageAddUpAndUnknownStaysUnknown() throws Exception {
        report(2);
        report(3);
        send("a");
        report(2);
        report(LossReport.UNKNOWN);
        report(4);
        send("b");

        assertEquals(5, consumer.receiveNoWait().getLongProperty("JMS_PGM_GapBefore"));
        assertEquals(-1, consumer.receiveNoWait().getLongProperty("JMS_PGM_GapBefore"));
    }

    @Test
    void aRedeliveredMessageStillTellsOfItsGap() throws Exception {
        Session recovering = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        var own = recovering.createConsumer(topic);
        report(2);
        send("a");
        own.receiveNoWait();

        recovering.recover();

        assertEquals(2, own.receiveNoWait().getLongProperty("JMS_PGM_GapBefore"));
    }

    @Test
    void anExpiredMessagePassesTheGapOnToTheNext() throws Exception {
        report(2);
        producer.setTimeToLive(1);
        send("expired");
        provider.clock().advance(Duration.ofMillis(2));
        producer.setTimeToLive(0);
        send("next");

        Message next = consumer.receiveNoWait();

        assertEquals("next", text(next));
        assertEquals(2, next.getLongProperty("JMS_PGM_GapBefore"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "mark"})
    void anExceptionListenerThatIsALossListenerTooIsCalledAsThat(String policy) throws Exception {
        try (PgmConnection other = provider.connection("jms.lossPolicy=" + policy)) {
            other.setExceptionListener(new Both());
            var own = other.createSession().createConsumer(topic);
            report(2);
            own.receiveNoWait();

            assertEquals(2, ((LossReport) events.take()).count());
        }
        assertTrue(events.isEmpty());
    }

    @Test
    void markKeepsTheExceptionListenerOutAndMarksTheMessage() throws Exception {
        BlockingQueue<JMSException> exceptions = new LinkedBlockingQueue<>();
        try (PgmConnection other = provider.connection("jms.lossPolicy=mark")) {
            other.setExceptionListener(exceptions::add);
            other.setLossListener(events::add);
            Session own = other.createSession();
            var marked = own.createConsumer(topic);
            report(2);
            own.createProducer(topic).send(own.createTextMessage("a"));

            Message message = marked.receiveNoWait();

            assertEquals(2, message.getLongProperty("JMS_PGM_GapBefore"));
            assertEquals(2, ((LossReport) events.take()).count());
        }
        assertTrue(exceptions.isEmpty());
    }

    @Test
    void listenersOfConsumerConnectionAndFactoryAreAllToldOnTheEventThread() throws Exception {
        PgmConnectionFactory factory = provider.factory();
        List<String> told = new CopyOnWriteArrayList<>();
        List<Thread> threads = new CopyOnWriteArrayList<>();
        factory.setLossListener(report -> {
            told.add("factory");
            threads.add(Thread.currentThread());
        });
        try (PgmConnection ofFactory = (PgmConnection) factory.createConnection()) {
            assertSame(factory.getLossListener(), ofFactory.getLossListener());
            ofFactory.start();
            PgmMessageConsumer own =
                    (PgmMessageConsumer) ofFactory.createSession().createConsumer(topic);
            own.setLossListener(report -> {
                told.add("consumer");
                threads.add(Thread.currentThread());
            });
            report(1);
            own.receiveNoWait();
            ofFactory.setLossListener(report -> told.add("connection"));
            report(1);
            own.receiveNoWait();
        }

        assertEquals(List.of("consumer", "factory", "consumer", "connection"), told);
        assertThat(threads)
                .allSatisfy(thread -> assertThat(thread.getName()).endsWith("-events"))
                .noneMatch(Thread::isAlive);
    }

    @Test
    void sourcesThatComeAndGoAreTold() throws Exception {
        connection.setLossListener(new Both());
        SourceEvent joined = new SourceEvent("source-9", SourceEvent.Kind.JOINED);
        SourceEvent ended = new SourceEvent("source-9", SourceEvent.Kind.ENDED);
        session.createConsumer(session.createTopic("another"));

        provider.network().announce(joined);
        provider.network().announce(ended);

        assertEquals(joined, events.take());
        assertEquals(ended, events.take());
        connection.close();
        assertTrue(events.isEmpty(), "each once, though there are two consumers");
    }

    @Test
    void aSourceThatIsSilentDoesNotJoinAgainForALaterConsumer() throws Exception {
        connection.setLossListener(new Both());

        for (SourceEvent.Kind kind : List.of(
                SourceEvent.Kind.JOINED,
                SourceEvent.Kind.SILENT,
                SourceEvent.Kind.JOINED,
                SourceEvent.Kind.RESUMED,
                SourceEvent.Kind.EXPIRED,
                SourceEvent.Kind.JOINED)) {
            provider.network().announce(new SourceEvent("source-9", kind));
        }
        connection.close();

        assertThat(events)
                .extracting(event -> ((SourceEvent) event).kind())
                .containsExactly(
                        SourceEvent.Kind.JOINED,
                        SourceEvent.Kind.SILENT,
                        SourceEvent.Kind.RESUMED,
                        SourceEvent.Kind.EXPIRED,
                        SourceEvent.Kind.JOINED);
    }

    @Test
    void anExceptionListenerThatThrowsDoesNotStopTheNextReport() throws Exception {
        connection.setExceptionListener(exception -> {
            events.add(exception);
            throw new IllegalArgumentException("on purpose");
        });
        report(1);
        report(2);
        consumer.receiveNoWait();

        assertEquals(1, ((MessageLossException) events.take()).getReport().count());
        assertEquals(2, ((MessageLossException) events.take()).getReport().count());
    }

    @Test
    void anExceptionListenerMayCloseItsConnection() throws Exception {
        connection.setExceptionListener(exception -> {
            try {
                connection.close();
                events.add("closed");
            } catch (JMSException e) {
                events.add(e);
            }
        });
        report(1);
        consumer.receiveNoWait();

        assertEquals("closed", events.take());
    }

    @Test
    void aFailedTransportIsToldOnce() throws Exception {
        connection.setExceptionListener(events::add);
        session.createConsumer(topic);

        provider.network().fail(new IOException("the cable is out"));

        assertThat((JMSException) events.take()).hasMessageContaining("the cable is out");
        connection.close();
        assertTrue(events.isEmpty());
    }

    private void report(long count) {
        provider.network()
                .report(new LossReport(topic, "source-1", 1, Math.max(1, count), count, LossCause.NAK_RETRIES));
    }

    private static String string(Message message) {
        try {
            return text(message)
                    + (message.propertyExists("JMS_PGM_GapBefore")
                            ? "+" + message.getLongProperty("JMS_PGM_GapBefore")
                            : "");
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }
}
