package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Chapter 6.1: connections. */
abstract class ConnectionContract extends JmsContract {

    @Test
    @Spec("6.1.4")
    void nothingIsDeliveredBeforeStart() throws JMSException {
        Connection connection = connection();
        Session session = connection.createSession();
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        sendTexts(session, topic, "early");

        assertThat(consumer.receive(A_WHILE_MS)).isNull();
        connection.start();

        assertThat(receiveText(consumer)).isEqualTo("early");
    }

    @Test
    @Spec("6.1.5")
    void stopHoldsDeliveryAndStartResumesIt() throws JMSException {
        Connection connection = startedConnection();
        Session session = connection.createSession();
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);

        connection.stop();
        sendTexts(session, topic, "held");

        assertThat(consumer.receive(A_WHILE_MS)).isNull();
        connection.start();
        assertThat(receiveText(consumer)).isEqualTo("held");
    }

    @Test
    @Spec("6.1.5")
    void aStoppedConnectionStillSends() throws JMSException {
        Session listening = startedConnection().createSession();
        Topic topic = topic(listening);
        MessageConsumer consumer = listening.createConsumer(topic);

        sendTexts(connection().createSession(), topic, "sent");

        assertThat(receiveText(consumer)).isEqualTo("sent");
    }

    @Test
    @Spec("6.1.2")
    void theClientIdentifierIsSetFirstOrNotAtAll() throws JMSException {
        Connection late = connection();
        late.createSession();
        Connection twice = connection();
        twice.setClientID("conformance-twice");

        assertThat(twice.getClientID()).isEqualTo("conformance-twice");
        assertThatThrownBy(() -> late.setClientID("conformance-late")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> twice.setClientID("conformance-again")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec("6.1.2")
    void aClientIdentifierInUseIsRefused() throws JMSException {
        connection().setClientID("conformance-used");
        Connection second = connection();

        assertThatThrownBy(() -> second.setClientID("conformance-used"))
                .isInstanceOf(jakarta.jms.InvalidClientIDException.class);
    }

    @Test
    @Spec("6.1.6")
    void theMetaDataNameTheVersionAndTheDefinedProperties() throws JMSException {
        ConnectionMetaData data = connection().getMetaData();

        assertThat(data.getJMSMajorVersion()).isEqualTo(3);
        assertThat(data.getJMSVersion()).startsWith("3.");
        assertThat(data.getJMSProviderName()).isNotBlank();
        assertThat(data.getProviderVersion()).isNotBlank();
        assertThat(strings(data.getJMSXPropertyNames())).contains("JMSXGroupID", "JMSXGroupSeq", "JMSXDeliveryCount");
    }

    @Test
    @Spec("6.1.8")
    void closingTwiceIsSilent() throws JMSException {
        Connection connection = connection();
        connection.close();

        assertThatCode(connection::close).doesNotThrowAnyException();
    }

    @Test
    @Spec("6.1.8")
    void closingTheConnectionClosesAllThatCameFromIt() throws JMSException {
        Connection connection = startedConnection();
        Session session = connection.createSession();
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        MessageProducer producer = session.createProducer(topic);

        connection.close();

        assertThatThrownBy(connection::start).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.createTextMessage("x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(consumer::receiveNoWait).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> producer.setPriority(3)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec("6.1.8")
    void closingEndsAReceiveThatWaits() throws Exception {
        Connection connection = startedConnection();
        Session session = connection.createSession();
        MessageConsumer consumer = session.createConsumer(topic(session));
        CompletableFuture<Object> received = new CompletableFuture<>();
        Thread other = new Thread(() -> {
            try {
                received.complete(consumer.receive());
            } catch (JMSException failed) {
                received.completeExceptionally(failed);
            }
        });
        other.start();
        Awaitility.await()
                .until(() ->
                        other.getState() == Thread.State.WAITING || other.getState() == Thread.State.TIMED_WAITING);

        connection.close();

        assertThat(received.get(SOON_MS, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    @Spec("6.1.7")
    void theExceptionListenerIsTheOneThatWasSet() throws JMSException {
        Connection connection = connection();
        jakarta.jms.ExceptionListener listener = failure -> {};

        connection.setExceptionListener(listener);

        assertThat(connection.getExceptionListener()).isSameAs(listener);
    }
}
