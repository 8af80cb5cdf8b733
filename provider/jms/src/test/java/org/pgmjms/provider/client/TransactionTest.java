package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import jakarta.jms.TransactionRolledBackException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.MessageLossException;

/** Transacted sessions: Jakarta Messaging 3.1, section 6.2.7. */
class TransactionTest extends JmsFixture {
    private static final String GROUP = "239.192.0.1";

    private MessageProducer own;
    private MessageConsumer observer;

    @Override
    int mode() {
        return Session.SESSION_TRANSACTED;
    }

    @Override
    String options() {
        return "jms.maxMessageSize=1KiB&jms.maxUnacknowledged=100";
    }

    @BeforeEach
    void sendAndObserveReplies() throws JMSException {
        Topic replies = session.createTopic("replies");
        own = session.createProducer(replies);
        observer = connection.createSession().createConsumer(replies);
    }

    private TextMessage reply(String text) throws JMSException {
        TextMessage message = session.createTextMessage(text);
        own.send(message);
        return message;
    }

    @Test
    void everyWayToAskForOneGivesOne() throws JMSException {
        for (Session each : new Session[] {
            connection.createSession(Session.SESSION_TRANSACTED),
            connection.createSession(true, Session.SESSION_TRANSACTED),
            connection.createSession(true, Session.CLIENT_ACKNOWLEDGE),
            connection.createSession(true, 99)
        }) {
            assertTrue(each.getTransacted());
            assertEquals(Session.SESSION_TRANSACTED, each.getAcknowledgeMode());
        }
        assertFalse(connection.createSession().getTransacted());
    }

    @Test
    void whatIsSentArrivesWithTheCommitInOrder() throws JMSException {
        reply("a");
        reply("b");
        assertNull(observer.receiveNoWait());

        session.commit();

        assertEquals("a", text(observer.receiveNoWait()));
        assertEquals("b", text(observer.receiveNoWait()));
        session.commit();
        assertNull(observer.receiveNoWait());
    }

    @Test
    void whatIsRolledBackIsNeverSent() throws JMSException {
        reply("a");
        session.rollback();
        reply("b");
        session.commit();

        assertEquals("b", text(observer.receiveNoWait()));
        assertNull(observer.receiveNoWait());
    }

    @Test
    void closingRollsBack() throws JMSException {
        reply("a");
        session.close();

        assertNull(observer.receiveNoWait());
        assertThrows(IllegalStateException.class, session::commit);
        assertThrows(IllegalStateException.class, session::rollback);
    }

    @Test
    void closingTheConnectionRollsBack() throws JMSException {
        PgmConnection other = provider.connection(options());
        Session transacted = other.createSession(true, 0);
        transacted.createProducer(session.createTopic("replies")).send(session.createTextMessage("a"));
        other.close();

        assertNull(observer.receiveNoWait());
    }

    @Test
    void theProducerMayBeClosedBeforeTheCommit() throws JMSException {
        reply("a");
        own.close();
        session.commit();

        assertEquals("a", text(observer.receiveNoWait()));
    }

    @Test
    void theMessageIsAsItWasWhenItWasSent() throws JMSException {
        own.setTimeToLive(60_000);
        TextMessage message = reply("first");
        String id = message.getJMSMessageID();
        long timestamp = message.getJMSTimestamp();
        long expiration = message.getJMSExpiration();
        message.setText("second");
        own.send(message);
        provider.clock().advance(Duration.ofSeconds(1));

        session.commit();

        Message first = observer.receiveNoWait();
        assertEquals("first", text(first));
        assertEquals(id, first.getJMSMessageID());
        assertEquals(timestamp, first.getJMSTimestamp());
        assertEquals(expiration, first.getJMSExpiration());
        assertEquals("second", text(observer.receiveNoWait()));
    }

    @Test
    void receivedMessagesComeAgainInOrderAfterARollback() throws JMSException {
        send("a", "b", "c");
        consumer.receiveNoWait();
        consumer.receiveNoWait();

        session.rollback();

        for (String expected : new String[] {"a", "b"}) {
            Message again = consumer.receiveNoWait();
            assertEquals(expected, text(again));
            assertTrue(again.getJMSRedelivered());
            assertEquals(2, deliveryCount(again));
        }
        Message fresh = consumer.receiveNoWait();
        assertEquals("c", text(fresh));
        assertFalse(fresh.getJMSRedelivered());
        assertEquals(1, deliveryCount(fresh));
    }

    @Test
    void receivedMessagesAreDoneWithAfterACommit() throws JMSException {
        send("a", "b");
        consumer.receiveNoWait();
        session.commit();
        session.rollback();

        assertEquals("b", text(consumer.receiveNoWait()));
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void aCommitWithoutRoomSendsNothingAndDeliversAgain() throws JMSException {
        send("request");
        consumer.receiveNoWait();
        reply("a");
        provider.network().full(GROUP, true);

        assertThatThrownBy(session::commit)
                .isInstanceOf(TransactionRolledBackException.class)
                .hasCauseInstanceOf(JMSException.class)
                .hasMessageContaining("room");
        provider.network().full(GROUP, false);

        assertEquals(0, provider.network().openReservations());
        Message again = consumer.receiveNoWait();
        assertEquals("request", text(again));
        assertTrue(again.getJMSRedelivered());
        assertEquals(2, deliveryCount(again));
        session.commit();
        assertNull(observer.receiveNoWait());
    }

    @Test
    void sendsAfterAFailedCommitBelongToTheNextTransaction() throws JMSException {
        reply("a");
        provider.network().full(GROUP, true);
        assertThrows(TransactionRolledBackException.class, session::commit);
        provider.network().full(GROUP, false);

        reply("b");
        session.commit();

        assertEquals("b", text(observer.receiveNoWait()));
        assertNull(observer.receiveNoWait());
    }

    @Test
    void aTransactionSpansChannels() throws JMSException {
        Topic raw = session.createTopic("bytes?format=raw");
        MessageConsumer bytes = connection.createSession().createConsumer(raw);
        BytesMessage message = session.createBytesMessage();
        message.writeByte((byte) 7);
        session.createProducer(raw).send(message);
        reply("a");
        assertNull(bytes.receiveNoWait());

        session.commit();

        assertEquals(7, ((BytesMessage) bytes.receiveNoWait()).readByte());
        assertEquals("a", text(observer.receiveNoWait()));
    }

    @Test
    void aSendThatMakesTheTransactionTooLargeIsRefusedAndIsNoPartOfIt() throws JMSException {
        String half = "x".repeat(500);
        reply(half);
        TextMessage second = session.createTextMessage(half);

        assertThatThrownBy(() -> own.send(second)).hasMessageContaining("jms.maxMessageSize");
        reply("small");
        session.commit();

        assertEquals(half, text(observer.receiveNoWait()));
        assertEquals("small", text(observer.receiveNoWait()));
        assertNull(observer.receiveNoWait());
        reply(half);
        session.commit();
        assertEquals(half, text(observer.receiveNoWait()));
    }

    @Test
    void acknowledgeDoesNothing() throws JMSException {
        send("a");
        consumer.receiveNoWait().acknowledge();
        session.rollback();

        assertEquals(2, deliveryCount(consumer.receiveNoWait()));
    }

    @Test
    void onlyTransactedSessionsCommitAndOnlyOthersRecover() throws JMSException {
        Session automatic = connection.createSession();

        assertThrows(IllegalStateException.class, automatic::commit);
        assertThrows(IllegalStateException.class, automatic::rollback);
        assertThrows(IllegalStateException.class, session::recover);
    }

    @Test
    void aMarkedTransactionRollsBackWithTheGapAsCause() throws JMSException {
        send("a");
        consumer.receiveNoWait();
        reply("x");
        MessageLossException gap =
                new MessageLossException(new LossReport(topic, "source", 1, 3, 3, LossCause.TRAIL_PASSED));

        assertTrue(session.markRollback(gap));

        assertThatThrownBy(session::commit)
                .isInstanceOf(TransactionRolledBackException.class)
                .hasCause(gap);
        assertEquals(2, deliveryCount(consumer.receiveNoWait()));
        session.commit();
        assertNull(observer.receiveNoWait());
        assertFalse(((PgmSession) connection.createSession()).markRollback(gap));
    }

    @Test
    void aRollbackTakesTheMarkAway() throws JMSException {
        session.markRollback(
                new MessageLossException(new LossReport(topic, "source", 1, 3, 3, LossCause.TRAIL_PASSED)));
        session.rollback();
        reply("a");
        session.commit();

        assertEquals("a", text(observer.receiveNoWait()));
    }

    @Test
    void whatAClosedConsumerGotCanStillBeCommittedAndRolledBack() throws JMSException {
        send("a");
        consumer.receiveNoWait();
        consumer.close();
        session.rollback();
        session.commit();

        assertNull(session.createConsumer(topic).receiveNoWait());
    }

    @Test
    void tooManyUnacknowledgedMessagesStopTheDeliveryUntilTheEndOfTheTransaction() throws JMSException {
        for (int i = 0; i <= 100; i++) {
            send("m" + i);
        }
        for (int i = 0; i < 100; i++) {
            assertEquals("m" + i, text(consumer.receiveNoWait()));
        }

        assertThatThrownBy(consumer::receiveNoWait).hasMessageContaining("commit or roll back");
        session.commit();
        assertEquals("m100", text(consumer.receiveNoWait()));
    }

    @Test
    void severalConsumersGetTheirOwnAgain() throws JMSException {
        Topic otherTopic = session.createTopic("other");
        MessageConsumer other = session.createConsumer(otherTopic);
        MessageProducer toOther = connection.createSession().createProducer(otherTopic);
        for (int i = 0; i < 3; i++) {
            send("a" + i);
            toOther.send(session.createTextMessage("b" + i));
            consumer.receiveNoWait();
            other.receiveNoWait();
        }

        session.rollback();

        for (int i = 0; i < 3; i++) {
            assertEquals("a" + i, text(consumer.receiveNoWait()));
            assertEquals("b" + i, text(other.receiveNoWait()));
        }
    }

    @Test
    void manyMessagesComeAgainInOrderManyTimes() throws JMSException {
        PgmConnection large = provider.connection();
        Session transacted = large.createSession(true, 0);
        MessageConsumer all = transacted.createConsumer(topic);
        MessageProducer many = large.createSession().createProducer(topic);
        for (int i = 0; i < 10_000; i++) {
            many.send(session.createTextMessage("m" + i));
        }
        for (int round = 1; round <= 8; round++) {
            for (int i = 0; i < 10_000; i++) {
                Message message = all.receiveNoWait();
                assertThat(text(message)).isEqualTo("m" + i);
                assertEquals(round, deliveryCount(message));
            }
            transacted.rollback();
        }
    }
}
