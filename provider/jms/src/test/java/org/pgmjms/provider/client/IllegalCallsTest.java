package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.ServerSessionPool;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, with which exception, and in which order: design "Order of checks", specification 6.1.8, 6.2.15. */
class IllegalCallsTest extends JmsFixture {

    @Test
    void whatNeedsABrokerSaysSo() throws JMSException {
        Queue queue = session.createQueue("orders");
        connection.close();
        PgmConnection identified = provider.connection("jms.clientId=desk");
        PgmSession own = (PgmSession) identified.createSession();

        assertThat(List.<Executable>of(
                        () -> own.createProducer(queue),
                        () -> own.createProducer(null).send(queue, own.createMessage()),
                        () -> own.createConsumer(queue),
                        () -> own.createBrowser(queue),
                        () -> own.createBrowser(queue, null),
                        () -> own.createDurableConsumer(topic, "kept"),
                        () -> own.createDurableConsumer(topic, "kept", null, false),
                        () -> own.createDurableSubscriber(topic, "kept"),
                        () -> own.createDurableSubscriber(topic, "kept", null, false),
                        () -> own.createSharedDurableConsumer(topic, "kept"),
                        () -> own.createSharedDurableConsumer(topic, "kept", null)))
                .allSatisfy(call -> assertThatThrownBy(call::execute)
                        .isExactlyInstanceOf(JMSException.class)
                        .hasMessageContaining("broker.url"));
    }

    @Test
    void aConnectionConsumerNeedsAPoolAndRoomForAMessage() {
        ServerSessionPool pool = () -> null;

        assertThat(List.<Executable>of(
                        () -> connection.createConnectionConsumer(topic, null, null, 1),
                        () -> connection.createConnectionConsumer(topic, null, pool, 0),
                        () -> connection.createSharedConnectionConsumer(topic, "s", null, null, 1),
                        () -> connection.createSharedConnectionConsumer(topic, " ", null, pool, 1),
                        () -> connection.createSharedDurableConnectionConsumer(topic, "s", null, pool, 1)))
                .allSatisfy(call -> assertThatThrownBy(call::execute).isExactlyInstanceOf(JMSException.class));
        assertThrows(
                IllegalStateException.class,
                () -> connection.createDurableConnectionConsumer(topic, "s", null, pool, 1));
        assertEquals(1, provider.network().subscriptions());
    }

    @Test
    void anEmptySelectorIsNone() throws JMSException {
        assertNull(session.createConsumer(topic, "").getMessageSelector());
        assertNull(session.createConsumer(topic, null).getMessageSelector());
    }

    @Test
    void destinationsThatAreNullOrForeignAreInvalid() {
        Topic foreignTopic = () -> "quotes.us";

        assertThat(List.<Executable>of(
                        () -> session.createConsumer(null),
                        () -> session.createConsumer(foreignTopic),
                        () -> session.createConsumer(null, "a selector comes later"),
                        () -> session.createSharedConsumer(null, "shared"),
                        () -> session.createDurableConsumer(null, "kept"),
                        () -> session.createSharedDurableConsumer(foreignTopic, "kept"),
                        () -> session.createBrowser(null),
                        () -> session.createProducer(foreignTopic),
                        () -> session.createTopic(""),
                        () -> session.createTopic(null),
                        () -> session.createTopic("a?format=x"),
                        () -> session.createQueue(""),
                        () -> session.unsubscribe("unknown"),
                        () -> connection.createConnectionConsumer(null, null, null, 1)))
                .allSatisfy(call -> assertThatThrownBy(call::execute).isInstanceOf(InvalidDestinationException.class));
    }

    @Test
    void anUnsharedDurableSubscriptionNeedsAClientIdBeforeABroker() {
        assertThrows(IllegalStateException.class, () -> session.createDurableConsumer(topic, "kept"));
        assertThrows(IllegalStateException.class, () -> session.createDurableSubscriber(topic, "kept"));
    }

    @Test
    void commitAndRollbackNeedATransaction() {
        assertThrows(IllegalStateException.class, session::commit);
        assertThrows(IllegalStateException.class, session::rollback);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4, 99})
    void thereAreNoOtherSessionModes(int mode) {
        assertThrows(JMSException.class, () -> connection.createSession(mode));
        assertThrows(JMSException.class, () -> connection.createSession(false, mode));
    }

    @Test
    void aSessionWithoutTransactionCannotAskForTransactedAcknowledgement() {
        assertThrows(JMSException.class, () -> connection.createSession(false, Session.SESSION_TRANSACTED));
    }

    @Test
    void aClosedConsumerRefusesEverythingButClose() throws JMSException {
        consumer.close();

        refuse(List.of(
                consumer::receive,
                consumer::receiveNoWait,
                () -> consumer.receive(1),
                consumer::getMessageListener,
                () -> consumer.setMessageListener(null),
                consumer::getMessageSelector,
                () -> ((PgmMessageConsumer) consumer).setLossListener(null),
                () -> ((PgmMessageConsumer) consumer).getLossListener()));
        assertDoesNotThrow(consumer::close);
    }

    @Test
    void aClosedProducerRefusesEverythingButClose() throws JMSException {
        producer.close();

        refuse(producerCalls());
        assertDoesNotThrow(producer::close);
    }

    private List<Executable> producerCalls() {
        return List.of(
                () -> producer.send(null),
                () -> producer.send(null, 1, 4, 0),
                () -> producer.send(topic, null),
                () -> producer.send(topic, null, 1, 4, 0),
                () -> producer.send(null, (jakarta.jms.CompletionListener) null),
                producer::getDestination,
                producer::getDeliveryMode,
                () -> producer.setDeliveryMode(1),
                producer::getPriority,
                () -> producer.setPriority(1),
                producer::getTimeToLive,
                () -> producer.setTimeToLive(1),
                producer::getDeliveryDelay,
                () -> producer.setDeliveryDelay(0),
                producer::getDisableMessageID,
                () -> producer.setDisableMessageID(true),
                producer::getDisableMessageTimestamp,
                () -> producer.setDisableMessageTimestamp(true));
    }

    @Test
    void aClosedSessionRefusesEverythingButClose() throws JMSException {
        session.close();

        refuse(sessionCalls());
        refuse(List.of(consumer::receiveNoWait, consumer::getMessageListener));
        assertDoesNotThrow(session::close);
        assertDoesNotThrow(consumer::close);
    }

    private List<Executable> sessionCalls() {
        return List.of(
                session::createMessage,
                session::createTextMessage,
                () -> session.createTextMessage("a"),
                session::createBytesMessage,
                session::createMapMessage,
                session::createObjectMessage,
                () -> session.createObjectMessage("a"),
                session::createStreamMessage,
                session::getTransacted,
                session::getAcknowledgeMode,
                session::commit,
                session::rollback,
                session::recover,
                session::getMessageListener,
                () -> session.setMessageListener(null),
                () -> session.createProducer(null),
                () -> session.createConsumer(null),
                () -> session.createConsumer(null, "x"),
                () -> session.createConsumer(null, "x", true),
                () -> session.createSharedConsumer(null, "x"),
                () -> session.createDurableConsumer(null, "x"),
                () -> session.createDurableSubscriber(null, "x"),
                () -> session.createSharedDurableConsumer(null, "x"),
                () -> session.createQueue(""),
                () -> session.createTopic(""),
                () -> session.createBrowser(null),
                session::createTemporaryQueue,
                session::createTemporaryTopic,
                () -> session.unsubscribe("x"));
    }

    @Test
    void aClosedConnectionRefusesEverythingButClose() throws JMSException {
        connection.close();

        refuse(sessionCalls());
        refuse(producerCalls());
        refuse(List.of(
                connection::createSession,
                () -> connection.createSession(99),
                () -> connection.createSession(true, 1),
                connection::start,
                connection::stop,
                connection::getClientID,
                () -> connection.setClientID("x"),
                connection::getMetaData,
                connection::getExceptionListener,
                () -> connection.setExceptionListener(null),
                connection::getLossListener,
                () -> connection.setLossListener(null),
                () -> connection.createConnectionConsumer(null, null, null, 1)));
        assertDoesNotThrow(connection::close);
        assertDoesNotThrow(session::close);
        assertDoesNotThrow(producer::close);
        assertEquals(0, provider.network().openLinks());
        assertEquals(0, provider.network().subscriptions());
    }

    private static void refuse(List<Executable> calls) {
        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(call::execute).isInstanceOf(IllegalStateException.class));
    }
}
