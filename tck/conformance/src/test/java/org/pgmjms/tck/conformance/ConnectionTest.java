package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.ExceptionListener;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Sections 6.1.1 to 6.1.7: connections until they are closed. */
class ConnectionTest extends JmsContract {

    @Test
    @Spec("6.1.1")
    void aConnectionIsMadeForAUser() throws JMSException {
        Connection connection = closedLater(factory().createConnection("user", "password"));
        connection.start();
        Session session = connection.createSession();

        assertThat(text(roundTrip(session, session.createTextMessage("x")))).isEqualTo("x");
    }

    @Test
    @Spec("6.1.2")
    void theClientIdentifierIsSetFirstOrNotAtAll() throws JMSException {
        Connection late = connection();
        late.createSession();
        Connection started = startedConnection();
        Connection twice = connection();
        twice.setClientID("conformance-twice");

        assertThat(twice.getClientID()).isEqualTo("conformance-twice");
        assertThat(late.getClientID()).isNull();
        assertThatThrownBy(() -> late.setClientID("conformance-late")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> started.setClientID("conformance-late")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> twice.setClientID("conformance-again")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec("6.1.2")
    @Spec("10.3")
    void aClientIdentifierInUseIsRefusedUntilItIsFree() throws JMSException {
        Connection first = connection();
        first.setClientID("conformance-used");
        Connection second = connection();

        assertThatThrownBy(() -> second.setClientID("conformance-used")).isInstanceOf(InvalidClientIDException.class);
        first.close();

        assertThatCode(() -> connection().setClientID("conformance-used")).doesNotThrowAnyException();
    }

    @Test
    @Spec("6.1.4")
    void nothingIsDeliveredBeforeStart() throws Exception {
        Connection connection = connection();
        Session session = connection.createSession();
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        Deliveries listener = new Deliveries();
        connection.createSession().createConsumer(topic).setMessageListener(listener);
        sendTexts(connection.createSession(), topic, "early");

        assertThat(consumer.receive(A_WHILE_MS)).isNull();
        assertThat(listener.waiting()).isZero();
        connection.start();

        assertThat(receiveText(consumer)).isEqualTo("early");
        assertThat(listener.next(1)).containsExactly("early/1");
    }

    @Test
    @Spec("6.1.4")
    void aConnectionThatIsNotStartedSends() throws JMSException {
        Session listening = session();
        Topic topic = topic(listening);
        MessageConsumer consumer = listening.createConsumer(topic);

        sendTexts(connection().createSession(), topic, "sent");

        assertThat(receiveText(consumer)).isEqualTo("sent");
    }

    @Test
    @Spec("6.1.5")
    void stopHoldsDeliveryAndStartResumesIt() throws Exception {
        Connection connection = startedConnection();
        Session session = connection.createSession();
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        Deliveries listener = new Deliveries();
        connection.createSession().createConsumer(topic).setMessageListener(listener);

        connection.stop();
        sendTexts(session, topic, "held");

        assertThat(consumer.receiveNoWait()).isNull();
        assertThat(consumer.receive(A_WHILE_MS)).isNull();
        assertThat(listener.waiting()).isZero();
        connection.start();
        assertThat(receiveText(consumer)).isEqualTo("held");
        assertThat(listener.next(1)).containsExactly("held/1");
    }

    @Test
    @Spec("6.1.5")
    void startingAndStoppingTwiceIsIgnored() throws JMSException {
        Connection connection = startedConnection();

        connection.start();
        connection.stop();
        connection.stop();

        assertThatCode(connection::start).doesNotThrowAnyException();
    }

    @Test
    @Spec("6.1.5")
    void stopWaitsForTheListenerThatRuns() throws Exception {
        Connection connection = startedConnection();
        Session session = connection.createSession();
        Topic topic = topic(session);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch stopping = new CountDownLatch(1);
        AtomicInteger finished = new AtomicInteger();
        session.createConsumer(topic).setMessageListener(new Deliveries(message -> {
            entered.countDown();
            stopping.await();
            sendTexts(session, session.createTopic(topic.getTopicName() + ".next"), "still works");
            finished.incrementAndGet();
        }));
        sendTexts(connection.createSession(), topic, "first", "second");
        assertThat(entered.await(SOON_MS, TimeUnit.MILLISECONDS)).isTrue();
        Threads.whenWaiting(Thread.currentThread(), stopping::countDown);

        connection.stop();

        assertThat(finished).hasValue(1);
    }

    @Test
    @Spec("6.1.5")
    void stopFromAListenerIsRefusedOrStops() throws Exception {
        Connection connection = connection();
        Session session = connection.createSession();
        Topic topic = topic(session);
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        session.createConsumer(topic).setMessageListener(message -> {
            try {
                connection.stop();
                outcome.complete(null);
            } catch (JMSException refused) {
                outcome.complete(refused);
            }
        });
        connection.start();

        sendTexts(connection.createSession(), topic, "x");

        Throwable refused = outcome.get(SOON_MS, TimeUnit.MILLISECONDS);
        assertThat(refused == null || refused instanceof IllegalStateException).isTrue();
    }

    @Test
    @Spec("6.1.6")
    @Spec("3.5.9")
    void theMetaDataNameTheVersionAndTheDefinedProperties() throws JMSException {
        ConnectionMetaData data = connection().getMetaData();

        assertThat(data.getJMSMajorVersion()).isEqualTo(3);
        assertThat(data.getJMSVersion()).isEqualTo(data.getJMSMajorVersion() + "." + data.getJMSMinorVersion());
        assertThat(data.getJMSProviderName()).isNotBlank();
        assertThat(data.getProviderVersion()).isNotBlank();
        assertThat(data.getProviderMajorVersion()).isNotNegative();
        assertThat(data.getProviderMinorVersion()).isNotNegative();
        assertThat(strings(data.getJMSXPropertyNames())).contains("JMSXGroupID", "JMSXGroupSeq", "JMSXDeliveryCount");
    }

    @Test
    @Spec("6.1.6")
    void theVersionOfTheApiIsThatOfThisSpecification() throws JMSException {
        assertThat(connection().getMetaData().getJMSVersion()).isEqualTo("3.1");
    }

    @Test
    @Spec("6.1.7")
    void theExceptionListenerIsTheOneThatWasSet() throws JMSException {
        Connection connection = connection();
        ExceptionListener listener = failure -> {};

        assertThat(connection.getExceptionListener()).isNull();
        connection.setExceptionListener(listener);

        assertThat(connection.getExceptionListener()).isSameAs(listener);
    }

    @Test
    @Spec("6.1.7")
    void whatACallThrowsIsNotToldToTheListener() throws JMSException {
        Connection connection = startedConnection();
        AtomicInteger told = new AtomicInteger();
        connection.setExceptionListener(failure -> told.incrementAndGet());
        Session session = connection.createSession();

        assertThatThrownBy(() -> session.createConsumer(null)).isInstanceOf(JMSException.class);
        assertThatThrownBy(session::commit).isInstanceOf(JMSException.class);
        roundTrip(session, session.createMessage());

        assertThat(told).hasValue(0);
    }
}
