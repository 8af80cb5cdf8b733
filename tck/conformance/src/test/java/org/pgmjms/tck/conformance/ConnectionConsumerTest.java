package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionConsumer;
import jakarta.jms.Destination;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Section 11.2: connection consumers, which hand messages to the sessions of an application server's pool. */
class ConnectionConsumerTest extends JmsContract {
    private static final String NONE = "makes no connection consumer";
    private static final String OPTIONAL = "11.1";
    private static final int MANY = 100;

    private final Deliveries deliveries = new Deliveries();
    private SessionPool pool;
    private Connection connection;
    private Session session;
    private String name;
    private Topic topic;

    @BeforeEach
    void open() throws JMSException {
        connection = connection();
        connection.setClientID(uniqueName());
        connection.start();
        session = connection.createSession();
        name = uniqueName();
        topic = topic(session);
        pool = closedLater(new SessionPool());
    }

    private SessionPool poolOf(int sessions, int mode) throws JMSException {
        for (int i = 0; i < sessions; i++) {
            pool.with(connection.createSession(mode), deliveries);
        }
        return pool;
    }

    private SessionPool poolOf(int sessions) throws JMSException {
        return poolOf(sessions, Session.AUTO_ACKNOWLEDGE);
    }

    /** A session with a listener that may use it, alone in the pool. */
    private Deliveries poolOfOne(int mode, Then then) throws JMSException {
        Session own = connection.createSession(mode);
        Deliveries heard = new Deliveries(message -> then.on(own, message));
        pool.with(own, heard);
        return heard;
    }

    /** What a listener does with its session and a message. */
    @FunctionalInterface
    private interface Then {
        void on(Session own, Message message) throws Exception;
    }

    private ConnectionConsumer to(Destination destination, int maxMessages) throws JMSException {
        return made(connection.createConnectionConsumer(destination, null, pool, maxMessages));
    }

    /** The facility is optional: there may be none. */
    private static ConnectionConsumer made(ConnectionConsumer consumer) {
        assertThat(consumer).isNotNull();
        return consumer;
    }

    private static String[] texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toArray(String[]::new);
    }

    private static String[] deliveredOnce(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i + "/1").toArray(String[]::new);
    }

    /** Every message comes once, whichever of several sessions gets it. */
    private void assertSharedOut(Destination destination, ConnectionConsumer consumer) throws Exception {
        assertThat(consumer.getServerSessionPool()).isSameAs(pool);
        sendTexts(session, destination, texts(MANY));

        assertThat(deliveries.next(MANY)).containsExactlyInAnyOrder(deliveredOnce(MANY));
        consumer.close();
        assertThat(deliveries.waiting()).isZero();
    }

    @Test
    @Spec("11.2")
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void eachMessageOfATopicGoesToOneSessionOfThePool() throws Exception {
        poolOf(4);
        assertSharedOut(topic, to(topic, 3));
    }

    @Test
    @Spec("11.2")
    @NeedsBroker
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void eachMessageOfAQueueGoesToOneSessionOfThePool() throws Exception {
        Destination queue = session.createQueue(name);
        poolOf(4);
        assertSharedOut(queue, to(queue, 3));
    }

    @Test
    @Spec("11.2")
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void eachMessageOfATemporaryQueueGoesToOneSessionOfThePool() throws Exception {
        Destination queue = session.createTemporaryQueue();
        poolOf(4);
        assertSharedOut(queue, to(queue, 3));
    }

    @Test
    @Spec("11.2")
    @Spec("8.3.2")
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void eachMessageOfASharedSubscriptionGoesToOneSessionOfThePool() throws Exception {
        poolOf(2);
        ConnectionConsumer other = made(connection.createSharedConnectionConsumer(topic, name, null, pool, 3));
        assertSharedOut(topic, made(connection.createSharedConnectionConsumer(topic, name, null, pool, 3)));
        other.close();
    }

    @Test
    @Spec("11.2")
    @Spec("8.3.4")
    @NeedsBroker
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void eachMessageOfASharedDurableSubscriptionGoesToOneSessionOfThePool() throws Exception {
        poolOf(3);
        ConnectionConsumer other = made(connection.createSharedDurableConnectionConsumer(topic, name, null, pool, 3));
        assertSharedOut(topic, made(connection.createSharedDurableConnectionConsumer(topic, name, null, pool, 3)));
        other.close();
        session.unsubscribe(name);
    }

    @Test
    @Spec("11.2")
    @Spec("8.3.3")
    @NeedsBroker
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void aDurableSubscriptionKeepsWhatCameWithoutItsConnectionConsumer() throws Exception {
        poolOf(2);
        made(connection.createDurableConnectionConsumer(topic, name, null, pool, 1))
                .close();
        sendTexts(session, topic, texts(MANY));

        ConnectionConsumer again = made(connection.createDurableConnectionConsumer(topic, name, null, pool, 1));

        assertThat(deliveries.next(MANY)).containsExactlyInAnyOrder(deliveredOnce(MANY));
        again.close();
        session.unsubscribe(name);
    }

    @Test
    @Spec("11.2")
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void oneSessionGetsMessagesInTheirOrder() throws Exception {
        poolOf(1);
        to(topic, 7);
        sendTexts(session, topic, texts(MANY));

        assertThat(deliveries.next(MANY)).containsExactly(deliveredOnce(MANY));
    }

    @Test
    @Spec("11.2")
    @NeedsBroker
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void oneSessionGetsTheMessagesOfAQueueInTheirOrder() throws Exception {
        Destination queue = session.createQueue(name);
        sendTexts(session, queue, texts(MANY));
        poolOf(1);
        to(queue, 7);

        assertThat(deliveries.next(MANY)).containsExactly(deliveredOnce(MANY));
    }

    @Test
    @Spec("11.2")
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void aSessionIsLoadedWithWhatHasGatheredButNoMoreThanAllowed() throws Exception {
        to(topic, 4);
        MessageConsumer beside = session.createConsumer(topic);
        sendTexts(session, topic, texts(10));
        receiveTexts(beside, 10);

        poolOf(1);

        assertThat(deliveries.next(10)).containsExactly(deliveredOnce(10));
        await().until(() -> pool.idle() == 1);
        assertThat(pool.loads()).allSatisfy(load -> assertThat(load).hasSizeLessThanOrEqualTo(4));
        assertThat(pool.loads().get(0)).containsExactly("m0", "m1", "m2", "m3");
    }

    @Test
    @Spec("11.2")
    @NeedsBroker
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void aSessionThatIsBusyKeepsNoMessageOfAQueueFromTheOthers() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        Deliveries blocked = poolOfOne(Session.AUTO_ACKNOWLEDGE, (own, message) -> busy.await());
        Destination queue = session.createQueue(name);
        sendTexts(session, queue, texts(MANY));
        to(queue, MANY);
        List<String> first = blocked.next(1);

        poolOf(1);

        assertThat(deliveries.next(MANY - 1)).doesNotContainAnyElementsOf(first);
        busy.countDown();
        await().until(() -> pool.idle() > 0);
        assertThat(blocked.waiting()).isZero();
    }

    @Test
    @Spec("11.2")
    @Spec("3.8.1")
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void onlyWhatTheSelectorAcceptsIsHandedOver() throws Exception {
        poolOf(2);
        made(connection.createConnectionConsumer(topic, "n > 1", pool, 2));
        sendNumbers(topic);

        assertThat(deliveries.next(2)).containsExactlyInAnyOrder("2/1", "3/1");
        assertThat(deliveries.waiting()).isZero();
    }

    @Test
    @Spec("11.2")
    @Spec("3.8.1")
    @NeedsBroker
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void onlyWhatTheSelectorAcceptsIsHandedOverFromAQueue() throws Exception {
        Destination queue = session.createQueue(name);
        poolOf(2);
        made(connection.createConnectionConsumer(queue, "n > 1", pool, 2));
        sendNumbers(queue);

        assertThat(deliveries.next(2)).containsExactlyInAnyOrder("2/1", "3/1");
        assertThat(receiveTexts(session.createConsumer(queue), 2)).containsExactly("0", "1");
    }

    private void sendNumbers(Destination destination) throws JMSException {
        try (MessageProducer producer = session.createProducer(destination)) {
            for (int n = 0; n < 4; n++) {
                Message message = session.createTextMessage(String.valueOf(n));
                message.setIntProperty("n", n);
                producer.send(message);
            }
        }
    }

    @Test
    @Spec("11.2")
    @Spec("8.7")
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void whatAListenerThrowsOnComesAgain() throws Exception {
        assertComesAgainAfterAnException(topic);
    }

    @Test
    @Spec("11.2")
    @Spec("8.7")
    @NeedsBroker
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void whatAListenerThrowsOnComesAgainFromAQueue() throws Exception {
        assertComesAgainAfterAnException(session.createQueue(name));
    }

    private void assertComesAgainAfterAnException(Destination destination) throws Exception {
        Deliveries heard = poolOfOne(Session.AUTO_ACKNOWLEDGE, (own, message) -> {
            if (Deliveries.is(message, "b") && !message.getJMSRedelivered()) {
                throw new java.lang.IllegalStateException("thrown by a test");
            }
        });
        to(destination, 10);
        sendTexts(session, destination, "a", "b", "c");

        assertThat(heard.next(4)).containsExactly("a/1", "b/1", "b/2", "c/1");
    }

    @Test
    @Spec("11.2")
    @Spec("6.2.10")
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void aSessionThatRecoversGetsItsMessagesAgain() throws Exception {
        assertRecovers(topic);
    }

    @Test
    @Spec("11.2")
    @Spec("6.2.10")
    @NeedsBroker
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void aSessionThatRecoversGetsItsMessagesOfAQueueAgain() throws Exception {
        assertRecovers(session.createQueue(name));
    }

    private void assertRecovers(Destination destination) throws Exception {
        Deliveries heard = poolOfOne(Session.CLIENT_ACKNOWLEDGE, (own, message) -> {
            if (Deliveries.is(message, "b") && !message.getJMSRedelivered()) {
                own.recover();
            } else if (Deliveries.is(message, "c")) {
                message.acknowledge();
            }
        });
        to(destination, 10);
        sendTexts(session, destination, "a", "b", "c", "d");

        assertThat(heard.next(6)).containsExactly("a/1", "b/1", "a/2", "b/2", "c/1", "d/1");
    }

    @Test
    @Spec("11.2")
    @Spec("6.2.7")
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void aTransactionIsTheSessionsOwn() throws Exception {
        assertTransacted(topic);
    }

    @Test
    @Spec("11.2")
    @Spec("6.2.7")
    @NeedsBroker
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void aTransactionOnAQueueIsTheSessionsOwn() throws Exception {
        assertTransacted(session.createQueue(name));
    }

    /** What is rolled back comes again and has sent nothing; what is committed does not, and has. */
    private void assertTransacted(Destination destination) throws Exception {
        Topic replies = topic(session);
        MessageConsumer replied = session.createConsumer(replies);
        Deliveries heard = poolOfOne(Session.SESSION_TRANSACTED, (own, message) -> {
            sendTexts(own, replies, delivery(message));
            if (Deliveries.is(message, "b") && !message.getJMSRedelivered()) {
                own.rollback();
            } else {
                own.commit();
            }
        });
        to(destination, 10);
        sendTexts(session, destination, "a", "b", "c");

        assertThat(heard.next(4)).containsExactly("a/1", "b/1", "b/2", "c/1");
        assertThat(receiveTexts(replied, 3)).containsExactly("a/1", "b/2", "c/1");
    }

    @Test
    @Spec("11.2")
    @Spec("6.2.7")
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void whatIsRolledBackAfterTheRunIsHandedOverAgain() throws Exception {
        assertHandedOverAgain(topic);
    }

    @Test
    @Spec("11.2")
    @Spec("6.2.7")
    @NeedsBroker
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void whatIsRolledBackAfterTheRunIsHandedOverAgainFromAQueue() throws Exception {
        assertHandedOverAgain(session.createQueue(name));
    }

    private void assertHandedOverAgain(Destination destination) throws Exception {
        Session own = connection.createSession(Session.SESSION_TRANSACTED);
        pool.with(own, deliveries);
        ConnectionConsumer consumer = to(destination, 1);
        sendTexts(session, destination, "a");
        assertThat(deliveries.next(1)).containsExactly("a/1");
        await().until(() -> !pool.loads().isEmpty());

        own.rollback();

        assertThat(deliveries.next(1)).containsExactly("a/2");
        own.commit();
        consumer.close();
    }

    @Test
    @Spec("11.2")
    @Spec("6.1.5")
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void nothingIsDeliveredWhileTheConnectionIsStopped() throws Exception {
        assertStops(topic);
    }

    @Test
    @Spec("11.2")
    @Spec("6.1.5")
    @NeedsBroker
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void nothingIsDeliveredFromAQueueWhileTheConnectionIsStopped() throws Exception {
        assertStops(session.createQueue(name));
    }

    private void assertStops(Destination destination) throws Exception {
        poolOf(2);
        to(destination, 2);
        sendTexts(session, destination, "before");
        assertThat(deliveries.next(1)).containsExactly("before/1");

        connection.stop();
        Session sending = session();
        sendTexts(sending, destination, texts(5));

        deliveries.assertNoneFor(A_WHILE_MS);
        connection.start();
        assertThat(deliveries.next(5)).containsExactlyInAnyOrder(deliveredOnce(5));
    }

    @Test
    @Spec("11.2")
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void aClosedConnectionConsumerTakesNothing() throws Exception {
        poolOf(2);
        ConnectionConsumer consumer = to(topic, 2);
        MessageConsumer beside = session.createConsumer(topic);
        sendTexts(session, topic, "a");
        assertThat(deliveries.next(1)).containsExactly("a/1");

        consumer.close();
        consumer.close();
        sendTexts(session, topic, "b");

        assertThat(receiveTexts(beside, 2)).containsExactly("a", "b");
        assertThat(deliveries.waiting()).isZero();
    }

    @Test
    @Spec("11.2")
    @NeedsBroker
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void aClosedConnectionConsumerLeavesAQueueToOthers() throws Exception {
        Destination queue = session.createQueue(name);
        poolOf(2);
        ConnectionConsumer consumer = to(queue, 2);
        sendTexts(session, queue, "a");
        assertThat(deliveries.next(1)).containsExactly("a/1");

        consumer.close();
        sendTexts(session, queue, texts(3));

        assertThat(receiveTexts(session.createConsumer(queue), 3)).containsExactly(texts(3));
        assertThat(deliveries.waiting()).isZero();
    }

    @Test
    @Spec("11.2")
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void closingDoesNotWaitForThePool() throws Exception {
        ConnectionConsumer consumer = to(topic, 1);
        MessageConsumer beside = session.createConsumer(topic);
        sendTexts(session, topic, "a");
        receiveTexts(beside, 1);

        consumer.close();
        connection.close();

        assertThatThrownBy(consumer::getServerSessionPool).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec("11.2")
    @Spec("6.1.7")
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void aSessionOfAnotherProviderIsReportedAndCostsNoMessage() throws Exception {
        BlockingQueue<JMSException> told = new LinkedBlockingQueue<>();
        connection.setExceptionListener(told::add);
        Session foreign = (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> null);
        pool.withForeign(foreign);
        poolOf(1);
        to(topic, 1);
        sendTexts(session, topic, "a");

        assertThat(deliveries.next(1)).containsExactly("a/1");
        assertThat(told.poll(SOON_MS, TimeUnit.MILLISECONDS))
                .hasMessageContaining(foreign.getClass().getName());
    }

    @Test
    @Spec("11.2")
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void aSessionOfAnotherConnectionIsReported() throws Exception {
        BlockingQueue<JMSException> told = new LinkedBlockingQueue<>();
        connection.setExceptionListener(told::add);
        pool.with(session(), deliveries);
        to(topic, 1);
        sendTexts(session, topic, "a");

        assertThat(told.poll(SOON_MS, TimeUnit.MILLISECONDS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another connection");
        assertThat(deliveries.waiting()).isZero();
    }

    @Test
    @Spec("11.2")
    @Differs(
            on = Provider.ARTEMIS,
            how = "lets a session with a listener of its own have consumers",
            allowedBy = OPTIONAL)
    void aSessionWithAListenerOfItsOwnReceivesInNoOtherWay() throws JMSException {
        Session own = connection.createSession();
        assertThat(own.getMessageListener()).isNull();

        own.setMessageListener(deliveries);

        assertThat(own.getMessageListener()).isSameAs(deliveries);
        assertThatThrownBy(() -> own.createConsumer(topic)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> own.createSharedConsumer(topic, name)).isInstanceOf(IllegalStateException.class);
        own.setMessageListener(null);
        own.createConsumer(topic);
        assertThatThrownBy(() -> own.setMessageListener(deliveries)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec("11.2")
    void aSessionWithNothingToDeliverReturnsFromRun() throws JMSException {
        Session own = connection.createSession();
        own.setMessageListener(deliveries);

        own.run();

        assertThat(deliveries.waiting()).isZero();
    }

    @Test
    @Spec("11.2")
    @Spec("10.3")
    @Differs(on = Provider.ARTEMIS, how = NONE, allowedBy = OPTIONAL)
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> connection.createConnectionConsumer(null, null, pool, 1))
                .isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> connection.createSharedConnectionConsumer(null, name, null, pool, 1))
                .isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> connection.createDurableConnectionConsumer(null, name, null, pool, 1))
                .isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> connection.createSharedDurableConnectionConsumer(null, name, null, pool, 1))
                .isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> connection.createConnectionConsumer(topic, "n = ", pool, 1))
                .isInstanceOf(InvalidSelectorException.class);
        assertThatThrownBy(() -> connection.createSharedConnectionConsumer(topic, name, "n = ", pool, 1))
                .isInstanceOf(InvalidSelectorException.class);
        assertThatThrownBy(() -> connection.createConnectionConsumer(topic, null, null, 1))
                .isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> connection.createConnectionConsumer(topic, null, pool, 0))
                .isInstanceOf(JMSException.class);
    }
}
