package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgmjms.tck.conformance.JmsContract.SOON_MS;
import static org.pgmjms.tck.conformance.JmsContract.deliveries;
import static org.pgmjms.tck.conformance.JmsContract.delivery;
import static org.pgmjms.tck.conformance.JmsContract.receiveText;
import static org.pgmjms.tck.conformance.JmsContract.receiveTexts;
import static org.pgmjms.tck.conformance.JmsContract.sendTexts;
import static org.pgmjms.tck.conformance.JmsContract.strings;
import static org.pgmjms.tck.conformance.JmsContract.text;
import static org.pgmjms.tck.conformance.JmsContract.uniqueName;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.MessageProducer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueRequestor;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.tck.kit.Spec;

/** Named queues: kept by a companion broker, used together with topics on the group, seen by other clients of the broker. */
@ExtendWith(Providers.class)
class NamedQueueTest {
    @RegisterExtension
    private final OpenConnections connections = new OpenConnections();

    private Connection connection;
    private Session session;
    private Queue queue;

    @BeforeEach
    void open() throws JMSException {
        connection = connections.started(factory());
        session = connection.createSession();
        queue = session.createQueue(uniqueName());
    }

    private static PgmConnectionFactory factory() {
        PgmConnectionFactory factory = new PgmConnectionFactory(Providers.URL);
        factory.setJmsDeserializationAllowList("java.util.*");
        factory.setBrokerConnectionFactory(Providers.brokerFactory());
        return factory;
    }

    /** A session of somebody who knows the broker, and nothing of this provider. */
    private Session foreignSession() throws JMSException {
        return connections.started(Providers.brokerFactory()).createSession();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Session.AUTO_ACKNOWLEDGE,
                Session.DUPS_OK_ACKNOWLEDGE,
                Session.CLIENT_ACKNOWLEDGE,
                Session.SESSION_TRANSACTED
            })
    @Spec("6.2.10")
    void whatWasAcknowledgedDoesNotComeAgain(int mode) throws JMSException {
        Session receiving = connection.createSession(mode);
        MessageConsumer consumer = receiving.createConsumer(queue);
        sendTexts(session, queue, "a", "b", "c");

        assertThat(receiveText(consumer)).isEqualTo("a");
        Message second = consumer.receive(SOON_MS);
        second.acknowledge();
        if (receiving.getTransacted()) {
            receiving.commit();
        }
        receiving.close();

        assertThat(deliveries(session.createConsumer(queue), 1)).containsExactly("c/1");
    }

    @Test
    @Spec("6.2.10")
    void whatWasNotAcknowledgedComesAgain() throws JMSException {
        Session client = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = client.createConsumer(queue);
        sendTexts(session, queue, "a", "b", "c");
        receiveTexts(consumer, 2);

        client.recover();
        assertThat(deliveries(consumer, 2)).containsExactly("a/2", "b/2");
        client.close();

        MessageConsumer next = session.createConsumer(queue);
        assertThat(deliveries(next, 2)).containsExactly("a/3", "b/3");
        assertThat(receiveText(next)).isEqualTo("c");
    }

    @Test
    @Spec("8.7")
    void aListenerThatThrowsGetsTheMessageAgain() throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        session.createConsumer(queue).setMessageListener(message -> {
            try {
                String delivery = delivery(message);
                got.add(delivery);
                if (delivery.equals("a/1")) {
                    throw new IllegalStateException("the first time");
                }
            } catch (JMSException e) {
                got.add(e.toString());
            }
        });

        sendTexts(connection.createSession(), queue, "a");

        assertThat(taken(got, 2)).containsExactly("a/1", "a/2");
    }

    private static List<String> taken(BlockingQueue<String> got, int count) throws InterruptedException {
        List<String> all = new ArrayList<>();
        while (all.size() < count) {
            String next = got.poll(SOON_MS, TimeUnit.MILLISECONDS);
            assertThat(next).as("after %s", all).isNotNull();
            all.add(next);
        }
        return all;
    }

    @Test
    @Spec("6.2.7")
    void aTransactionIsOfTopicAndQueue() throws JMSException {
        Topic topic = session.createTopic(uniqueName());
        Session transacted = connection.createSession(Session.SESSION_TRANSACTED);
        MessageConsumer fromTopic = transacted.createConsumer(topic);
        MessageConsumer fromQueue = transacted.createConsumer(queue);
        Queue answers = session.createQueue(uniqueName());
        sendTexts(session, topic, "news");
        sendTexts(session, queue, "order");

        assertThat(deliveries(fromTopic, 1)).containsExactly("news/1");
        assertThat(deliveries(fromQueue, 1)).containsExactly("order/1");
        sendTexts(transacted, answers, "undone");
        transacted.rollback();
        assertThat(deliveries(fromQueue, 1)).containsExactly("order/2");
        assertThat(deliveries(fromTopic, 1)).containsExactly("news/2");
        sendTexts(transacted, topic, "done");
        sendTexts(transacted, answers, "done");
        try (MessageConsumer early = session.createConsumer(answers)) {
            assertThat(early.receiveNoWait()).isNull();
        }
        transacted.commit();

        assertThat(receiveText(session.createConsumer(answers))).isEqualTo("done");
        assertThat(deliveries(fromTopic, 1)).containsExactly("done/1");
        transacted.commit();
        transacted.close();
        assertThat(session.createConsumer(queue).receiveNoWait()).isNull();
    }

    @Test
    @Spec("6.2.10")
    void oneAcknowledgementIsOfTopicAndQueue() throws JMSException {
        Topic topic = session.createTopic(uniqueName());
        Session client = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer fromTopic = client.createConsumer(topic);
        MessageConsumer fromQueue = client.createConsumer(queue);
        sendTexts(session, topic, "news", "more");
        sendTexts(session, queue, "order", "another");
        assertThat(receiveText(fromQueue)).isEqualTo("order");
        fromTopic.receive(SOON_MS).acknowledge();

        assertThat(deliveries(fromTopic, 1)).containsExactly("more/1");
        assertThat(deliveries(fromQueue, 1)).containsExactly("another/1");
        client.recover();

        assertThat(deliveries(fromTopic, 1)).containsExactly("more/2");
        assertThat(deliveries(fromQueue, 1)).containsExactly("another/2");
    }

    @Test
    @Spec("8.7")
    void listenersOfOneSessionHearTopicAndQueue() throws Exception {
        Topic topic = session.createTopic(uniqueName());
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        for (MessageConsumer consumer : List.of(session.createConsumer(topic), session.createConsumer(queue))) {
            consumer.setMessageListener(message -> {
                try {
                    got.add(text(message));
                } catch (JMSException e) {
                    got.add(e.toString());
                }
            });
        }
        Session sending = connection.createSession();

        sendTexts(sending, topic, "a");
        sendTexts(sending, queue, "b");
        assertThat(taken(got, 2)).containsExactlyInAnyOrder("a", "b");
        sendTexts(sending, queue, "c");

        assertThat(taken(got, 1)).containsExactly("c");
    }

    @Test
    @Spec("3.4")
    @Spec("3.5")
    void headersAndPropertiesAreTheSameOnBothSides() throws JMSException {
        TextMessage sent = session.createTextMessage("text");
        sent.setJMSType("type");
        sent.setJMSCorrelationID("correlation");
        sent.setIntProperty("n", 7);
        sent.setStringProperty("s", "seven");
        MessageProducer producer = session.createProducer(queue);
        producer.send(sent, DeliveryMode.NON_PERSISTENT, 7, 60_000);

        QueueBrowser browser = foreignSession().createBrowser(queueOf(foreignSession()));
        // Who sends a message that need not be stored does not wait for the broker to have it.
        Enumeration<?> waiting = Awaitility.await().until(browser::getEnumeration, found -> found.hasMoreElements());
        Message browsed = (Message) waiting.nextElement();
        Message received = session.createConsumer(queue).receive(SOON_MS);

        for (Message each : List.of(browsed, received)) {
            assertThat(each.getJMSMessageID()).isEqualTo(sent.getJMSMessageID()).startsWith("ID:");
            assertThat(each.getJMSTimestamp()).isEqualTo(sent.getJMSTimestamp()).isPositive();
            assertThat(each.getJMSExpiration())
                    .isEqualTo(sent.getJMSExpiration())
                    .isPositive();
            assertThat(each.getJMSPriority()).isEqualTo(7);
            assertThat(each.getJMSDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
            assertThat(each.getJMSType()).isEqualTo("type");
            assertThat(each.getJMSCorrelationID()).isEqualTo("correlation");
            assertThat(each.getIntProperty("n")).isEqualTo(7);
            assertThat(text(each)).isEqualTo("text");
        }
        assertThat(received.getJMSDestination()).isEqualTo(queue);
        assertThat(received.getJMSDeliveryTime()).isEqualTo(sent.getJMSDeliveryTime());
        assertThat(strings(received.getPropertyNames())).containsExactlyInAnyOrder("JMSXDeliveryCount", "n", "s");
    }

    private Queue queueOf(Session any) throws JMSException {
        return any.createQueue(queue.getQueueName());
    }

    @Test
    @Spec("3.11")
    void everyKindOfBodyGoesThroughTheBroker() throws JMSException {
        MessageProducer producer = session.createProducer(queue);
        MapMessage map = session.createMapMessage();
        map.setBytes("bytes", new byte[] {1, 2});
        map.setChar("char", 'x');
        map.setObject("null", null);
        StreamMessage stream = session.createStreamMessage();
        stream.writeLong(1L << 40);
        stream.writeString("s");
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeUTF("utf");
        producer.send(session.createMessage());
        producer.send(session.createTextMessage());
        producer.send(map);
        producer.send(stream);
        producer.send(bytes);
        producer.send(session.createObjectMessage(new ArrayList<>(List.of("x"))));
        producer.send(session.createObjectMessage(null));
        MessageConsumer consumer = session.createConsumer(queue);

        assertThat(consumer.receive(SOON_MS).getJMSMessageID()).isNotNull();
        assertThat(receiveText(consumer)).isNull();
        MapMessage mapGot = (MapMessage) consumer.receive(SOON_MS);
        assertThat(mapGot.getBytes("bytes")).containsExactly(1, 2);
        assertThat(mapGot.getChar("char")).isEqualTo('x');
        assertThat(mapGot.itemExists("null")).isTrue();
        StreamMessage streamGot = (StreamMessage) consumer.receive(SOON_MS);
        assertThat(streamGot.readLong()).isEqualTo(1L << 40);
        assertThat(streamGot.readString()).isEqualTo("s");
        assertThat(((BytesMessage) consumer.receive(SOON_MS)).readUTF()).isEqualTo("utf");
        assertThat(((ObjectMessage) consumer.receive(SOON_MS)).getObject()).isEqualTo(List.of("x"));
        assertThat(((ObjectMessage) consumer.receive(SOON_MS)).getObject()).isNull();
    }

    @Test
    @Spec("3.4.7")
    void aRequestAndItsReplyFindEachOtherAcrossClients() throws JMSException {
        Session foreign = foreignSession();
        Queue replies = session.createQueue(uniqueName());
        TextMessage request = session.createTextMessage("request");
        request.setJMSReplyTo(replies);
        session.createProducer(queue).send(request);

        Message asked = foreign.createConsumer(queueOf(foreign)).receive(SOON_MS);
        TextMessage reply = foreign.createTextMessage("reply to " + text(asked));
        reply.setJMSCorrelationID(asked.getJMSMessageID());
        foreign.createProducer(asked.getJMSReplyTo()).send(reply);

        MessageConsumer answers =
                session.createConsumer(replies, "JMSCorrelationID = '" + request.getJMSMessageID() + "'");
        assertThat(receiveText(answers)).isEqualTo("reply to request");
    }

    @Test
    @Spec("3.4.6")
    void aForeignClientGetsItsReplyInItsTemporaryQueue() throws JMSException {
        Session foreign = foreignSession();
        Queue mine = foreign.createTemporaryQueue();
        TextMessage request = foreign.createTextMessage("request");
        request.setJMSReplyTo(mine);
        foreign.createProducer(queueOf(foreign)).send(request);

        Message asked = session.createConsumer(queue).receive(SOON_MS);
        assertThat(asked.getJMSMessageID()).isEqualTo(request.getJMSMessageID());
        TextMessage reply = session.createTextMessage("reply");
        reply.setJMSCorrelationID(asked.getJMSMessageID());
        session.createProducer(asked.getJMSReplyTo()).send(reply);

        Message got = foreign.createConsumer(mine).receive(SOON_MS);
        assertThat(text(got)).isEqualTo("reply");
        assertThat(got.getJMSCorrelationID()).isEqualTo(request.getJMSMessageID());
    }

    @Test
    @Spec("9.2")
    void aRequestorsTemporaryQueueSurvivesTheWayThroughTheBroker() throws Exception {
        session.createConsumer(queue).setMessageListener(request -> {
            try {
                Session own = connection.createSession();
                own.createProducer(request.getJMSReplyTo()).send(own.createTextMessage("reply to " + text(request)));
            } catch (JMSException e) {
                throw new AssertionError(e);
            }
        });
        try (QueueConnection other = factory().createQueueConnection()) {
            other.start();
            QueueSession asking = other.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
            QueueRequestor requestor = new QueueRequestor(asking, queue);

            assertThat(text(requestor.request(asking.createTextMessage("request"))))
                    .isEqualTo("reply to request");
        }
    }

    @Test
    @Spec("3.8")
    void selectorsMayAskForIdentifiers() throws JMSException {
        MessageProducer producer = session.createProducer(queue);
        TextMessage first = session.createTextMessage("first");
        TextMessage second = session.createTextMessage("second");
        producer.send(first);
        producer.send(second);

        MessageConsumer consumer =
                session.createConsumer(queue, "JMSMessageID = '" + second.getJMSMessageID() + "' AND JMSTimestamp > 0");

        assertThat(receiveText(consumer)).isEqualTo("second");
        consumer.close();
        assertThat(receiveText(session.createConsumer(queue))).isEqualTo("first");
    }

    @Test
    @Spec("4.1.6")
    void aBrowserSeesWhatOtherClientsSent() throws JMSException {
        sendTexts(session, queue, "a");
        Session foreign = foreignSession();
        sendTexts(foreign, queueOf(foreign), "b");

        try (QueueBrowser browser = session.createBrowser(queue)) {
            List<String> seen = new ArrayList<>();
            Enumeration<?> waiting = browser.getEnumeration();
            while (waiting.hasMoreElements()) {
                seen.add(text((Message) waiting.nextElement()));
            }
            assertThat(seen).containsExactly("a", "b");
            assertThat(browser.getQueue()).isEqualTo(queue);
        }
        assertThat(receiveTexts(session.createConsumer(queue), 2)).containsExactly("a", "b");
    }

    @Test
    @Spec("7.3")
    void asynchronousSendsKeepOneOrder() throws Exception {
        Topic topic = session.createTopic(uniqueName());
        MessageProducer producer = session.createProducer(null);
        BlockingQueue<String> completed = new LinkedBlockingQueue<>();
        CompletionListener listener = new CompletionListener() {
            @Override
            public void onCompletion(Message message) {
                try {
                    completed.add(text(message));
                } catch (JMSException e) {
                    completed.add(e.toString());
                }
            }

            @Override
            public void onException(Message message, Exception exception) {
                completed.add(exception.toString());
            }
        };

        for (int i = 0; i < 6; i++) {
            producer.send(i % 2 == 0 ? queue : topic, session.createTextMessage("" + i), listener);
        }

        assertThat(taken(completed, 6)).containsExactly("0", "1", "2", "3", "4", "5");
        assertThat(receiveTexts(session.createConsumer(queue), 3)).containsExactly("0", "2", "4");
    }

    @Test
    @Spec("6.1.5")
    void aStoppedConnectionTakesNothing() throws JMSException {
        MessageConsumer consumer = session.createConsumer(queue);
        connection.stop();
        Session foreign = foreignSession();
        sendTexts(foreign, queueOf(foreign), "a");

        assertThat(consumer.receiveNoWait()).isNull();
        connection.start();

        assertThat(receiveText(consumer)).isEqualTo("a");
    }

    @Test
    @Spec("8.5")
    void anInterruptEndsAReceive() throws JMSException {
        MessageConsumer consumer = session.createConsumer(queue);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> consumer.receive(SOON_MS)).hasMessageContaining("interrupted");

        assertThat(Thread.interrupted()).isTrue();
        sendTexts(session, queue, "a");
        assertThat(receiveText(consumer)).isEqualTo("a");
    }

    @Test
    @Spec("8.6")
    void aBodyThatIsNotWhatWasAskedForCanBeAskedForAgain() throws JMSException {
        try (JMSContext context = factory().createContext()) {
            JMSConsumer consumer = context.createConsumer(queue);
            JMSConsumer ofAnother = context.createConsumer(context.createQueue(queue.getQueueName() + ".other"));
            sendTexts(session, queue, "a", "b");
            sendTexts(session, session.createQueue(queue.getQueueName() + ".other"), "c");

            assertThatThrownBy(() -> consumer.receiveBody(Map.class, SOON_MS))
                    .isInstanceOf(MessageFormatRuntimeException.class);
            assertThat(delivery(consumer.receive(SOON_MS))).isEqualTo("a/1");
            assertThatThrownBy(() -> consumer.receiveBody(Map.class, SOON_MS))
                    .isInstanceOf(MessageFormatRuntimeException.class);
            assertThat(text(ofAnother.receive(SOON_MS))).isEqualTo("c");
        }

        assertThat(receiveText(session.createConsumer(queue))).isEqualTo("b");
    }

    @Test
    @Spec("3.11")
    void largeBodiesGoThroughTheBroker() throws JMSException {
        MessageProducer producer = session.createProducer(queue);
        byte[] body = new byte[1 << 20];
        body[body.length - 1] = 7;
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeBytes(body);
        producer.send(bytes);
        producer.send(session.createTextMessage("x".repeat(1 << 20)));
        producer.send(session.createObjectMessage(new ArrayList<>(List.of("y".repeat(1 << 20)))));
        MessageConsumer consumer = session.createConsumer(queue);

        assertThat(consumer.receive(SOON_MS).getBody(byte[].class)).isEqualTo(body);
        assertThat(receiveText(consumer)).hasSize(1 << 20);
        assertThat(((ObjectMessage) consumer.receive(SOON_MS)).getObject()).isEqualTo(List.of("y".repeat(1 << 20)));
    }
}
