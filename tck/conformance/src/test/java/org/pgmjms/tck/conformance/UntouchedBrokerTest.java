package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.tck.conformance.JmsContract.SOON_MS;
import static org.pgmjms.tck.conformance.JmsContract.receiveText;
import static org.pgmjms.tck.conformance.JmsContract.sendTexts;
import static org.pgmjms.tck.conformance.JmsContract.text;
import static org.pgmjms.tck.conformance.JmsContract.uniqueName;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.provider.PgmConnectionFactory;

/** A topic that is not kept, and what is temporary, cost no call to the companion broker. */
@ExtendWith(Providers.class)
class UntouchedBrokerTest {
    @RegisterExtension
    private final OpenConnections connections = new OpenConnections();

    private final CallSpy spy = new CallSpy();
    private Connection connection;
    private Topic topic;
    private Queue queue;

    @BeforeEach
    void open() throws JMSException {
        PgmConnectionFactory factory = new PgmConnectionFactory(Providers.URL);
        factory.setBrokerTopics("!news.>");
        factory.setBrokerConnectionFactory(spy.on(Providers.brokerFactory()));
        connection = connections.started(factory, uniqueName());
        Session session = connection.createSession();
        topic = session.createTopic("news." + uniqueName());
        queue = session.createQueue(uniqueName());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Session.AUTO_ACKNOWLEDGE,
                Session.DUPS_OK_ACKNOWLEDGE,
                Session.CLIENT_ACKNOWLEDGE,
                Session.SESSION_TRANSACTED
            })
    void nobodyConnectsToABrokerThatNobodyNeeds(int mode) throws Exception {
        useTopics(connection.createSession(mode));
        connection.stop();
        connection.start();
        connection.close();

        assertThat(spy.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Session.AUTO_ACKNOWLEDGE, Session.CLIENT_ACKNOWLEDGE, Session.SESSION_TRANSACTED})
    void aSessionThatUsesQueuesCallsTheBrokerForThemOnly(int mode) throws Exception {
        Session session = connection.createSession(mode);
        MessageConsumer orders = session.createConsumer(queue);
        sendTexts(session, queue, "an order");
        endOf(session, null);
        Message order = orders.receive(SOON_MS);
        assertThat(text(order)).isEqualTo("an order");
        endOf(session, order);
        orders.close();
        assertThat(spy.calls()).contains("MessageProducer.send", "Session.createConsumer");
        spy.forget();

        useTopics(session);

        assertThat(spy.calls()).isEmpty();
    }

    @Test
    void listenersOnTopicsLookForNothingAtTheBroker() throws Exception {
        Session session = connection.createSession();
        sendTexts(session, queue, "an order");
        Deliveries heard = new Deliveries();
        session.createConsumer(topic).setMessageListener(heard);
        spy.forget();

        Session publishing = connection.createSession();
        for (String each : List.of("a", "b", "c")) {
            sendTexts(publishing, topic, each);
            assertThat(heard.next(1)).containsExactly(each + "/1");
        }

        assertThat(spy.calls()).isEmpty();
    }

    private void useTopics(Session session) throws Exception {
        MessageConsumer plain = session.createConsumer(topic, "n IS NULL", false);
        MessageConsumer shared = session.createSharedConsumer(topic, "s");
        List<Destination> temporary = List.of(session.createTemporaryTopic(), session.createTemporaryQueue());
        sendTexts(session, topic, "a");
        endOf(session, null);
        assertThat(receiveText(plain)).isEqualTo("a");
        Message last = shared.receive(SOON_MS);
        assertThat(text(last)).isEqualTo("a");
        if (isKept(session)) {
            takeBack(session);
            assertThat(receiveText(plain)).isEqualTo("a");
            last = shared.receive(SOON_MS);
            assertThat(text(last)).isEqualTo("a");
        }
        endOf(session, last);
        for (Destination each : temporary) {
            MessageConsumer consumer = session.createConsumer(each);
            sendTexts(session, each, "to " + each);
            endOf(session, null);
            Message got = consumer.receive(SOON_MS);
            assertThat(text(got)).isEqualTo("to " + each);
            endOf(session, got);
            consumer.close();
        }
        plain.close();
        shared.close();
    }

    private static boolean isKept(Session session) throws JMSException {
        return session.getTransacted() || session.getAcknowledgeMode() == Session.CLIENT_ACKNOWLEDGE;
    }

    private static void takeBack(Session session) throws JMSException {
        if (session.getTransacted()) {
            session.rollback();
        } else {
            session.recover();
        }
    }

    /** What was sent goes out, and what was received is acknowledged, with this as the last of it. */
    private static void endOf(Session session, Message last) throws JMSException {
        if (session.getTransacted()) {
            session.commit();
        } else if (last != null) {
            last.acknowledge();
        }
    }
}
