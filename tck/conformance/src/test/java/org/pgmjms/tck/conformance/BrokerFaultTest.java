package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.pgmjms.tck.conformance.JmsContract.SOON_MS;
import static org.pgmjms.tck.conformance.JmsContract.receiveText;
import static org.pgmjms.tck.conformance.JmsContract.sendTexts;
import static org.pgmjms.tck.conformance.JmsContract.text;
import static org.pgmjms.tck.conformance.JmsContract.uniqueName;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionConsumer;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.tck.kit.Spec;

/** A companion broker that is not there, or goes away: topics that it does not keep go on, and who needs it hears so. */
@ExtendWith(Providers.class)
class BrokerFaultTest {
    private static final String FAILED = "PGM_3006";

    @RegisterExtension
    private final OpenConnections connections = new OpenConnections();

    private final CallSpy spy = new CallSpy();
    private final List<JMSException> told = new CopyOnWriteArrayList<>();
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private Connection connection;
    private Session session;
    private Queue queue;
    private Topic topic;

    @BeforeEach
    void open() throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("in-vm", "vm://7575");
        broker.setConfiguration(configuration);
        connection = started(null);
        session = connection.createSession();
        queue = session.createQueue(uniqueName());
        topic = session.createTopic("news." + uniqueName());
    }

    @AfterEach
    void close() throws Exception {
        connections.close();
        broker.stop();
    }

    private Connection started(String clientId) throws JMSException {
        PgmConnectionFactory factory = new PgmConnectionFactory(Providers.URL);
        factory.setBrokerTopics("!news.>");
        factory.setBrokerConnectionFactory(spy.on(new ActiveMQJMSConnectionFactory("vm://7575?reconnectAttempts=0")));
        Connection started = connections.started(factory, clientId);
        started.setExceptionListener(told::add);
        return started;
    }

    @Test
    @Spec("6.1.7")
    void aBrokerThatIsNotThereIsAskedForAgain() throws Exception {
        MessageConsumer news = session.createConsumer(topic);

        assertThatThrownBy(() -> sendTexts(session, queue, "too early")).satisfies(BrokerFaultTest::isOfBroker);
        assertThatThrownBy(() -> session.createConsumer(queue)).satisfies(BrokerFaultTest::isOfBroker);
        sendTexts(session, topic, "news");
        assertThat(receiveText(news)).isEqualTo("news");
        broker.start();
        sendTexts(session, queue, "now");

        assertThat(receiveText(session.createConsumer(queue))).isEqualTo("now");
        assertThat(told).isEmpty();
    }

    private static void isOfBroker(Throwable refusal) {
        assertThat(((JMSException) refusal).getErrorCode()).isEqualTo(FAILED);
    }

    @Test
    @Spec("6.1.7")
    void aBrokerThatGoesAwayIsToldOfOnce() throws Exception {
        broker.start();
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        for (MessageConsumer each : List.of(session.createConsumer(queue), session.createConsumer(topic))) {
            each.setMessageListener(message -> {
                try {
                    got.add(text(message));
                } catch (JMSException e) {
                    got.add(e.toString());
                }
            });
        }
        Session receiving = connection.createSession();
        MessageConsumer waiting = receiving.createConsumer(queue, "n = 1");
        Session sending = connection.createSession();
        sendTexts(sending, queue, "before");
        assertThat(got.poll(SOON_MS, TimeUnit.MILLISECONDS)).isEqualTo("before");

        broker.stop();

        assertThatThrownBy(() -> waiting.receive(SOON_MS)).satisfies(BrokerFaultTest::isOfBroker);
        assertThatThrownBy(() -> sendTexts(sending, queue, "lost")).satisfies(BrokerFaultTest::isOfBroker);
        await().until(() -> !told.isEmpty());
        sendTexts(connection.createSession(), topic, "news");
        assertThat(got.poll(SOON_MS, TimeUnit.MILLISECONDS)).isEqualTo("news");

        broker.start();
        Session again = connection.createSession();
        MessageConsumer consumer = again.createConsumer(again.createQueue(queue.getQueueName() + ".again"));
        sendTexts(again, again.createQueue(queue.getQueueName() + ".again"), "after");
        assertThat(receiveText(consumer)).isEqualTo("after");
        assertThat(told).singleElement().satisfies(BrokerFaultTest::isOfBroker);
    }

    /** The broker's client closes what it made before it tells of its connection; the application has closed nothing. */
    @Test
    @Spec("6.1.7")
    void whatTheBrokersClientHasClosedIsNotForTheApplicationToExplain() throws Exception {
        broker.start();
        sendTexts(session, queue, "before");
        Session client = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Message taken = client.createConsumer(queue).receive(SOON_MS);
        Session transacted = connection.createSession(Session.SESSION_TRANSACTED);
        sendTexts(transacted, queue, "in a transaction");

        spy.closeSessions();

        assertThatThrownBy(() -> sendTexts(session, queue, "lost")).satisfies(BrokerFaultTest::isOfBroker);
        assertThatThrownBy(() -> session.createConsumer(queue)).satisfies(BrokerFaultTest::isOfBroker);
        assertThatThrownBy(taken::acknowledge).satisfies(BrokerFaultTest::isOfBroker);
        assertThatThrownBy(transacted::commit).satisfies(BrokerFaultTest::isOfBroker);
        assertThat(receiveText(connection.createSession().createConsumer(queue)))
                .isEqualTo("before");
    }

    /** As one does that did not answer in time: the broker must not keep it and its client identifier for good. */
    @Test
    @Spec("6.1.7")
    void aConnectionThatHasFailedAndIsThereIsClosedBeforeThereIsAnother() throws Exception {
        broker.start();
        connection.close();
        Connection named = started(uniqueName());
        Session transacted = named.createSession(Session.SESSION_TRANSACTED);
        sendTexts(transacted, queue, "in a transaction");
        spy.closeSessions();
        assertThatThrownBy(transacted::commit).satisfies(BrokerFaultTest::isOfBroker);
        await().until(() -> !told.isEmpty());

        sendTexts(named.createSession(), queue, "after");

        assertThat(receiveText(named.createSession().createConsumer(queue))).isEqualTo("after");
        assertThat(told).singleElement().satisfies(BrokerFaultTest::isOfBroker);
    }

    @Test
    @Spec("6.1.7")
    @Spec("11.2")
    void aConnectionConsumerOfABrokerThatGoesAwayGivesItsSessionBack() throws Exception {
        broker.start();
        Deliveries deliveries = new Deliveries();
        try (SessionPool pool = new SessionPool().with(connection.createSession(), deliveries)) {
            ConnectionConsumer consumer = connection.createConnectionConsumer(queue, null, pool, 1);
            sendTexts(session, queue, "before");
            assertThat(deliveries.next(1)).containsExactly("before/1");
            await().until(() -> pool.loads().size() == 1 && pool.idle() == 0);

            broker.stop();

            await().until(() -> pool.idle() == 1);
            await().until(() -> !told.isEmpty());
            consumer.close();
            assertThat(told).singleElement().satisfies(BrokerFaultTest::isOfBroker);
        }
    }
}
