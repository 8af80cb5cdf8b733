package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.MessageLossException;

/** Consumers that are slower than their messages come. */
class OverrunTest extends JmsFixture {
    private final BlockingQueue<JMSException> exceptions = new LinkedBlockingQueue<>();

    @Override
    String options() {
        return "jms.prefetch.messages=2";
    }

    @Test
    void theOldestMessagesGiveWayAndAreReportedExactly() throws Exception {
        connection.setExceptionListener(exceptions::add);
        send("a", "b", "c", "d", "e");

        Message next = consumer.receiveNoWait();

        assertEquals("d", text(next));
        assertEquals(3, next.getLongProperty("JMS_PGM_GapBefore"));
        LossReport report = ((MessageLossException) exceptions.take()).getReport();
        assertEquals(new LossReport(topic, report.source(), 1, 3, 3, LossCause.CONSUMER_OVERRUN), report);
    }

    @Test
    void anOverrunIsRecordedByFlightRecorder(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("overrun.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("org.pgmjms.SlowConsumer");
            recording.start();
            send("a", "b", "c", "d", "e");
            consumer.receiveNoWait();
            recording.stop();
            recording.dump(file);
        }

        assertThat(RecordingFile.readAllEvents(file))
                .filteredOn(event -> event.getEventType().getName().equals("org.pgmjms.SlowConsumer"))
                .filteredOn(event -> event.getString("destination").equals(topic.toString()))
                .extracting(event -> event.getLong("count"))
                .containsExactly(3L);
    }

    @Test
    void theSenderNeverWaitsForAListenerThatHangs() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        consumer.setMessageListener(message -> {
            try {
                entered.countDown();
                leave.await();
                heard.add(text(message));
            } catch (JMSException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        send("first");
        entered.await();

        for (int i = 0; i < 1_000; i++) {
            send("m" + i);
        }
        leave.countDown();

        assertEquals("first", heard.take());
        assertEquals("m998", heard.take());
        assertEquals("m999", heard.take());
    }

    @Test
    void disconnectClosesAReceivingConsumerAfterWhatItHas() throws Exception {
        PgmConnection strict = provider.connection("jms.prefetch.messages=2&jms.overrunPolicy=disconnect");
        strict.setExceptionListener(exceptions::add);
        MessageConsumer own = strict.createSession().createConsumer(topic);
        MessageConsumer bystander = strict.createSession().createConsumer(topic);
        strict.createSession().createProducer(topic).send(session.createTextMessage("a"));
        assertEquals("a", text(bystander.receiveNoWait()));
        for (String text : new String[] {"b", "c"}) {
            strict.createSession().createProducer(topic).send(session.createTextMessage(text));
        }

        assertEquals("a", text(own.receiveNoWait()));
        assertEquals("b", text(own.receiveNoWait()));
        JMSException closed = assertThrows(JMSException.class, own::receiveNoWait);
        assertThat(closed).hasMessageContaining("jms.overrunPolicy");
        assertThrows(IllegalStateException.class, own::receiveNoWait);
        assertEquals(
                LossReport.UNKNOWN,
                ((MessageLossException) exceptions.take()).getReport().count());
        assertEquals("b", text(bystander.receiveNoWait()));
    }

    @Test
    void disconnectClosesAListeningConsumer() throws Exception {
        PgmConnection strict = provider.connection("jms.prefetch.messages=2&jms.overrunPolicy=disconnect");
        strict.setExceptionListener(exceptions::add);
        PgmMessageConsumer own = (PgmMessageConsumer) strict.createSession().createConsumer(topic);
        strict.stop();
        for (String text : new String[] {"a", "b", "c"}) {
            strict.createSession().createProducer(topic).send(session.createTextMessage(text));
        }
        BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        own.setMessageListener(heard::add);

        strict.start();

        assertEquals("a", text(heard.take()));
        assertEquals("b", text(heard.take()));
        exceptions.take();
        strict.close();
        assertTrue(own.isClosed());
        assertTrue(heard.isEmpty());
    }
}
