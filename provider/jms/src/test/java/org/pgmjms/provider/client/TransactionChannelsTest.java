package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import jakarta.jms.TopicPublisher;
import jakarta.jms.TopicSession;
import jakarta.jms.TransactionRolledBackException;
import jakarta.jms.TransactionRolledBackRuntimeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions over several groups, and those of the other APIs: Jakarta Messaging 3.1, section 6.2.7. */
class TransactionChannelsTest extends JmsFixture {
    private static final String[] GROUPS = {"239.192.7.1", "239.192.7.2"};

    private final Topic[] topics = new Topic[2];
    private final MessageConsumer[] observers = new MessageConsumer[2];
    private MessageProducer anonymous;

    @Override
    int mode() {
        return Session.SESSION_TRANSACTED;
    }

    @BeforeEach
    void openTwoGroups() throws JMSException {
        for (int i = 0; i < 2; i++) {
            topics[i] = session.createTopic("t" + i + "?group=" + GROUPS[i]);
            observers[i] = connection.createSession().createConsumer(topics[i]);
        }
        anonymous = session.createProducer(null);
    }

    private void sendToBoth(String text) throws JMSException {
        for (Topic each : topics) {
            anonymous.send(each, session.createTextMessage(text));
        }
    }

    @Test
    void aCommitReachesAllGroups() throws JMSException {
        sendToBoth("a");
        sendToBoth("b");
        session.commit();

        for (MessageConsumer each : observers) {
            assertEquals("a", text(each.receiveNoWait()));
            assertEquals("b", text(each.receiveNoWait()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aCommitOverTwoGroupsOfWhichOneIsFullSendsNothingAndDeliversAgain(int full) throws JMSException {
        send("request");
        consumer.receiveNoWait();
        sendToBoth("a");
        provider.network().full(GROUPS[full], true);

        assertThatThrownBy(session::commit)
                .isInstanceOf(TransactionRolledBackException.class)
                .hasMessageContaining(GROUPS[full]);

        assertEquals(0, provider.network().openReservations());
        provider.network().full(GROUPS[full], false);
        Message again = consumer.receiveNoWait();
        assertEquals("request", text(again));
        assertTrue(again.getJMSRedelivered());
        assertEquals(2, deliveryCount(again));
        sendToBoth("b");
        session.commit();
        for (MessageConsumer each : observers) {
            assertEquals("b", text(each.receiveNoWait()));
            assertNull(each.receiveNoWait());
        }
        session.rollback();
        assertNull(consumer.receiveNoWait());
    }

    @Test
    void aTransactedContextCommitsAndRollsBack() throws JMSException {
        try (JMSContext context = provider.factory().createContext(JMSContext.SESSION_TRANSACTED)) {
            assertTrue(context.getTransacted());
            assertEquals(JMSContext.SESSION_TRANSACTED, context.getSessionMode());
            JMSConsumer own = context.createConsumer(topic);
            context.createProducer().send(topics[0], "a");
            send("request");
            assertEquals("request", own.receiveBody(String.class, 1));
            context.rollback();
            context.createProducer().send(topics[0], "b");
            assertEquals(2, deliveryCount(own.receiveNoWait()));
            context.commit();
            context.acknowledge();
            assertThrows(IllegalStateRuntimeException.class, context::recover);
            provider.network().full(GROUPS[0], true);
            context.createProducer().send(topics[0], "c");
            assertThrows(TransactionRolledBackRuntimeException.class, context::commit);
            provider.network().full(GROUPS[0], false);
            context.createProducer().send(topics[0], "d");
        }

        assertEquals("b", text(observers[0].receiveNoWait()));
        assertNull(observers[0].receiveNoWait());
    }

    @Test
    void anAutomaticContextHasNothingToCommit() {
        try (JMSContext context = provider.factory().createContext()) {
            assertThrows(IllegalStateRuntimeException.class, context::commit);
            assertThrows(IllegalStateRuntimeException.class, context::rollback);
        }
    }

    @Test
    void aBodyThatCannotBeHadCountsAsReceivedInATransaction() throws JMSException {
        try (JMSContext context = provider.factory().createContext(JMSContext.SESSION_TRANSACTED)) {
            JMSConsumer own = context.createConsumer(topic);
            send("a", "b");
            assertThrows(MessageFormatRuntimeException.class, () -> own.receiveBody(byte[].class, 1));
            assertEquals("b", own.receiveBody(String.class, 1));
            context.rollback();

            Message again = own.receiveNoWait();
            assertEquals("a", text(again));
            assertEquals(2, deliveryCount(again));
        }
    }

    @Test
    void legacySessionsHaveTransactions() throws JMSException {
        try (var legacy = provider.factory().createTopicConnection()) {
            TopicSession own = legacy.createTopicSession(true, Session.AUTO_ACKNOWLEDGE);
            assertTrue(own.getTransacted());
            TopicPublisher publisher = own.createPublisher(topics[0]);
            publisher.publish(own.createTextMessage("a"));
            own.rollback();
            publisher.publish(own.createTextMessage("b"));
            own.commit();
        }
        assertEquals("b", text(observers[0].receiveNoWait()));
        assertNull(observers[0].receiveNoWait());
        try (var legacy = provider.factory().createQueueConnection()) {
            QueueSession own = legacy.createQueueSession(true, Session.AUTO_ACKNOWLEDGE);
            assertTrue(own.getTransacted());
            own.commit();
            own.rollback();
        }
    }
}
