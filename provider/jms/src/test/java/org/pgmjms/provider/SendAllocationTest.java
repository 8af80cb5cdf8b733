package org.pgmjms.provider;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Allocations;

/** The sending thread takes memory for messages that the application makes, and for nothing else. */
@Tag("allocation")
class SendAllocationTest {
    private static final String URL = "epgm://lo;239.192.0.77:7719";
    private static final int ROUNDS = 1000;
    private static final int BODY_BYTES = 240;
    private static final int TOPICS = 10;

    /** Message, header fields, properties, body and its array. */
    private static final int MESSAGE_BYTES = 600;

    /** Less than one byte a round: what the measurement itself takes. */
    private static final long NOISE_BYTES = ROUNDS;

    private final MessageProducer[] producers = new MessageProducer[TOPICS];
    private final byte[] body = new byte[BODY_BYTES];
    private Connection connection;
    private Session session;

    private interface Work {
        void run(int round) throws JMSException;
    }

    @BeforeEach
    void open() throws JMSException {
        connection = new PgmConnectionFactory(URL).createConnection();
        session = connection.createSession();
        for (int i = 0; i < TOPICS; i++) {
            producers[i] = session.createProducer(session.createTopic("allocation." + i));
            producers[i].setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            producers[i].setDisableMessageID(true);
        }
    }

    @AfterEach
    void close() throws JMSException {
        connection.close();
    }

    private static long allocated(Work work) throws JMSException {
        return Allocations.least(NOISE_BYTES, () -> {
            for (int i = 0; i < ROUNDS; i++) {
                work.run(i);
            }
        });
    }

    @Test
    void sendingAMessageAgainTakesNoMemory() throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(body);

        assertThat(allocated(round -> producers[round % TOPICS].send(message))).isLessThan(NOISE_BYTES);
    }

    @Test
    void sendingANewMessageTakesWhatTheMessageTakes() throws JMSException {
        long allocated = allocated(round -> {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(body);
            producers[round % TOPICS].send(message);
        });

        assertThat(allocated / ROUNDS).isLessThan(MESSAGE_BYTES);
    }
}
