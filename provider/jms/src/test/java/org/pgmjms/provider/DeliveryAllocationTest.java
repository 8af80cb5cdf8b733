package org.pgmjms.provider;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.testing.Allocations;
import org.pgmjms.provider.client.ClientRuntime;
import org.pgmjms.provider.client.Dispatcher;
import org.pgmjms.provider.client.SerialLane;
import org.pgmjms.provider.client.Workers;
import org.pgmjms.provider.link.Engines;
import org.pgmjms.provider.link.ShortCircuit;

/**
 * From the engine's call to the return of the listener, a message takes its copy of the received bytes, the objects that
 * the application holds, and one note of the session; per batch an announcement. The lengths are those of a 64-bit
 * HotSpot with compressed references.
 */
@Tag("allocation")
class DeliveryAllocationTest implements Workers {
    private static final int BATCH = 100;
    private static final int BATCHES = 20;

    private static final int ARRAY = 16;
    private static final int STRING = 24;

    /** On the wire before the body: flags, timestamp, number of the message, connection. */
    private static final int HEADER = 24;

    /** InboundMessage 48, FrameContent 32: what is kept for a redelivery, beside the bytes. */
    private static final int ENCODED = 80;

    /** Pending: how often it was delivered, and to whom. */
    private static final int NOTE = 40;

    /** PgmTextMessage 40, MessageHeaders 96, MessageId 24, MessageProperties 48. */
    private static final int MESSAGE = 208;

    /** Where a BytesMessage is read. */
    private static final int BODY_READER = 32;

    /**
     * A place in the queue between the threads, and shares of what is announced for each batch and packet, of which the
     * compiler takes more or less away: less than a note.
     */
    private static final int QUEUE = 39;

    private final ShortCircuit engine = new ShortCircuit();
    private final List<Dispatcher.Deliveries> sessions = new ArrayList<>();
    private final byte[] into = new byte[1000];
    private Connection connection;
    private Session session;
    private MessageProducer producer;
    private long sent;
    private long heard;

    private interface Reading {
        void read(Message message) throws JMSException;
    }

    @BeforeEach
    void open() throws JMSException {
        ClientRuntime machine = ClientRuntime.of(new Engines(() -> engine, Thread::new));
        ClientRuntime runtime = new ClientRuntime(
                machine.links(),
                machine.clock(),
                this,
                machine.clientIds(),
                machine.sharedSubscriptions(),
                machine.persistentWarnings(),
                machine.branches());
        connection = TestProvider.factory("epgm://lo;239.192.0.1:7500?pgm.linger=0&jms.joinTimeout=0", runtime)
                .createConnection();
        connection.start();
        session = connection.createSession();
        Session sending = connection.createSession();
        producer = sending.createProducer(sending.createTopic("quotes.us"));
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
    }

    @AfterEach
    void close() throws JMSException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 240, 1000})
    void aMessageOfBytesTakesItsBytesOnce(int length) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(new byte[length]);

        assertTakes(
                array(HEADER + length) + ENCODED + NOTE + MESSAGE + BODY_READER,
                message,
                received -> ((BytesMessage) received).readBytes(into));
    }

    @Test
    void aTextThatNobodyAsksForIsNotDecoded() throws JMSException {
        assertTakes(
                array(HEADER + 240) + ENCODED + NOTE + MESSAGE,
                session.createTextMessage("x".repeat(240)),
                Message::getJMSTimestamp);
    }

    @Test
    void aTextThatIsAskedForTakesItsString() throws JMSException {
        assertTakes(
                array(HEADER + 240) + ENCODED + NOTE + MESSAGE + STRING + array(240),
                session.createTextMessage("x".repeat(240)),
                received -> ((TextMessage) received).getText());
    }

    private static int array(int length) {
        return ARRAY + (length + Long.BYTES - 1 & -Long.BYTES);
    }

    private void assertTakes(int expected, Message message, Reading reading) throws JMSException {
        session.createConsumer(session.createTopic("quotes.us")).setMessageListener(listener(reading));
        long most = (long) (expected + QUEUE) * BATCHES * BATCH;

        long least = Allocations.leastOf(most + 1, () -> taken(message));

        assertThat(heard).isEqualTo(sent);
        assertThat(least / (BATCHES * BATCH)).isLessThanOrEqualTo(expected + QUEUE);
    }

    private MessageListener listener(Reading reading) {
        return message -> {
            try {
                reading.read(message);
                heard++;
            } catch (JMSException e) {
                throw new AssertionError(e);
            }
        };
    }

    /** The bytes that receiving takes; {@link SendAllocationTest} knows of sending. */
    private long taken(Message message) throws JMSException {
        long taken = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            for (int i = 0; i < BATCH; i++) {
                producer.send(message);
                sent++;
            }
            engine.fill();
            taken += Allocations.of(this::deliverAll);
        }
        return taken;
    }

    private void deliverAll() {
        engine.deliver();
        for (int i = 0; i < sessions.size(); i++) {
            while (sessions.get(i).deliverRound()) {
                // more may be there
            }
        }
    }

    @Override
    public Dispatcher dispatcher(String name, Dispatcher.Deliveries deliveries) {
        sessions.add(deliveries);
        return new Dispatcher() {
            @Override
            public void wake() {
                // the test knows
            }

            @Override
            public void close() {
                sessions.remove(deliveries);
            }
        };
    }

    @Override
    public SerialLane lane(String name) {
        return new SerialLane() {
            @Override
            public void execute(Runnable task) {
                task.run();
            }

            @Override
            public boolean isCurrent() {
                return false;
            }

            @Override
            public void close(long deadlineNs) {
                // nothing waits
            }
        };
    }
}
