package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueRequestor;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Section 4.1 on named queues: what they keep, for whom, and what they share with topics in one session. */
class StoredQueueTest extends JmsContract {
    private Connection connection;
    private Session session;
    private Queue queue;

    @BeforeEach
    void open() throws JMSException {
        connection = startedConnection();
        session = connection.createSession();
        queue = session.createQueue(uniqueName());
    }

    private void sendNumbered(int... numbers) throws JMSException {
        try (MessageProducer producer = session.createProducer(queue)) {
            for (int number : numbers) {
                Message message = session.createTextMessage("" + number);
                message.setIntProperty("n", number);
                producer.send(message);
            }
        }
    }

    @Test
    @Spec("4.1.2")
    @NeedsBroker
    void eachMessageGoesToOneConsumer() throws JMSException {
        MessageConsumer first = session.createConsumer(queue);
        MessageConsumer second = session().createConsumer(queue);
        sendNumbered(1, 2, 3, 4);

        List<String> all = new ArrayList<>();
        for (int i = 0; i < 4 || all.size() < 4 && i < 200; i++) {
            Message message = (i % 2 == 0 ? first : second).receive(A_WHILE_MS);
            if (message != null) {
                all.add(text(message));
            }
        }
        assertThat(all).containsExactlyInAnyOrder("1", "2", "3", "4");
    }

    @Test
    @Spec("4.1.2")
    @NeedsBroker
    void whatIsNotSelectedStaysForOthers() throws JMSException {
        MessageConsumer even = session.createConsumer(queue, "n = 2 OR n = 4");
        sendNumbered(1, 2, 3, 4);

        assertThat(receiveTexts(even, 2)).containsExactly("2", "4");
        even.close();

        assertThat(receiveTexts(session.createConsumer(queue), 2)).containsExactly("1", "3");
    }

    @Test
    @Spec("4.1.2")
    @NeedsBroker
    void keepsItsMessagesForConnectionsToCome() throws JMSException {
        sendNumbered(1, 2);
        connection.close();

        assertThat(receiveTexts(session().createConsumer(queue), 2)).containsExactly("1", "2");
    }

    @Test
    @Spec("6.2.7")
    @NeedsBroker
    void aRollbackPutsMessagesBackToTheirPlace() throws JMSException {
        Session transacted = connection.createSession(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = transacted.createConsumer(queue);
        sendNumbered(1, 2, 3);
        receiveTexts(consumer, 2);

        transacted.rollback();

        assertThat(deliveries(consumer, 2)).containsExactly("1/2", "2/2");
        assertThat(receiveText(consumer)).isEqualTo("3");
        transacted.commit();
    }

    @Test
    @Spec("6.2.10")
    @NeedsBroker
    void recoverDeliversAgainWhatWasNotAcknowledged() throws JMSException {
        Session client = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = client.createConsumer(queue);
        sendNumbered(1, 2);
        consumer.receive(SOON_MS).acknowledge();
        receiveText(consumer);

        client.recover();

        Message again = consumer.receive(SOON_MS);
        assertThat(delivery(again)).isEqualTo("2/2");
        again.acknowledge();
    }

    @Test
    @Spec("6.2")
    @NeedsBroker
    void whatWasNotAcknowledgedComesToTheNextConsumer() throws JMSException {
        Session client = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = client.createConsumer(queue);
        sendNumbered(1);
        receiveText(consumer);

        client.close();

        assertThat(deliveries(session.createConsumer(queue), 1)).containsExactly("1/2");
    }

    @Test
    @Spec("6.2.7")
    @NeedsBroker
    void nothingIsSentBeforeTheCommit() throws JMSException {
        Session transacted = connection.createSession(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = session.createConsumer(queue);
        sendTexts(transacted, queue, "rolled back");
        transacted.rollback();
        sendTexts(transacted, queue, "committed");

        assertThat(consumer.receive(A_WHILE_MS)).isNull();
        transacted.commit();

        assertThat(receiveText(consumer)).isEqualTo("committed");
    }

    @Test
    @Spec("6.2.7")
    @NeedsBroker
    void oneTransactionCoversQueuesAndTopics() throws JMSException {
        Topic topic = topic(session);
        MessageConsumer news = session.createConsumer(topic);
        MessageConsumer done = session.createConsumer(session.createQueue(queue.getQueueName() + ".done"));
        Session transacted = connection.createSession(Session.SESSION_TRANSACTED);
        MessageConsumer orders = transacted.createConsumer(queue);
        sendNumbered(1);

        for (String outcome : List.of("first", "second")) {
            assertThat(receiveText(orders)).isEqualTo("1");
            sendTexts(transacted, topic, outcome);
            sendTexts(transacted, session.createQueue(queue.getQueueName() + ".done"), outcome);
            if (outcome.equals("first")) {
                transacted.rollback();
            }
        }
        transacted.commit();

        assertThat(receiveText(news)).isEqualTo("second");
        assertThat(receiveText(done)).isEqualTo("second");
        assertThat(orders.receiveNoWait()).isNull();
    }

    @Test
    @Spec("6.2.6")
    @NeedsBroker
    void listenersOfOneSessionHearQueuesAndTopicsOneAfterTheOther() throws Exception {
        Topic topic = topic(session);
        Session listening = connection.createSession();
        Deliveries deliveries = new Deliveries();
        listening.createConsumer(queue).setMessageListener(deliveries);
        listening.createConsumer(topic).setMessageListener(deliveries);

        sendTexts(session, queue, "of the queue");
        sendTexts(session, topic, "of the topic");

        assertThat(deliveries.next(2)).containsExactlyInAnyOrder("of the queue/1", "of the topic/1");
    }

    @Test
    @Spec("4.1.6")
    @NeedsBroker
    void aBrowserLooksWithoutTaking() throws JMSException {
        sendNumbered(1, 2, 3);

        try (QueueBrowser all = session.createBrowser(queue);
                QueueBrowser some = session.createBrowser(queue, "n > 1")) {
            assertThat(browse(all)).containsExactly("1", "2", "3");
            assertThat(browse(some)).containsExactly("2", "3");
            assertThat(some.getMessageSelector()).isEqualTo("n > 1");
            assertThat(all.getQueue()).isEqualTo(queue);
        }

        assertThat(receiveTexts(session.createConsumer(queue), 3)).containsExactly("1", "2", "3");
    }

    private static List<String> browse(QueueBrowser browser) throws JMSException {
        List<String> texts = new ArrayList<>();
        Enumeration<?> messages = browser.getEnumeration();
        while (messages.hasMoreElements()) {
            texts.add(text((Message) messages.nextElement()));
        }
        return texts;
    }

    @Test
    @Spec("3.4")
    @Spec("3.5")
    @NeedsBroker
    void aMessageArrivesAsItWasSent() throws JMSException {
        MapMessage sent = session.createMapMessage();
        sent.setLong("price", 3981);
        sent.setBytes("blob", new byte[] {1, 2});
        sent.setStringProperty("side", "buy");
        sent.setJMSType("order");
        sent.setJMSCorrelationID("desk-7");
        sent.setJMSReplyTo(session.createQueue(queue.getQueueName() + ".replies"));
        MessageProducer producer = session.createProducer(queue);
        producer.send(sent, DeliveryMode.NON_PERSISTENT, 7, 60_000);

        MapMessage received =
                (MapMessage) session().createConsumer(queue, "side = 'buy'").receive(SOON_MS);

        assertThat(received.getLong("price")).isEqualTo(3981);
        assertThat(received.getBytes("blob")).containsExactly(1, 2);
        assertThat(received.getStringProperty("side")).isEqualTo("buy");
        assertThat(strings(received.getPropertyNames()))
                .filteredOn(name -> !name.startsWith("JMSX"))
                .containsExactly("side");
        assertThat(received.getJMSType()).isEqualTo("order");
        assertThat(received.getJMSCorrelationID()).isEqualTo("desk-7");
        assertThat(received.getJMSReplyTo()).isEqualTo(sent.getJMSReplyTo());
        assertThat(received.getJMSDestination()).isEqualTo(queue);
        assertThat(received.getJMSMessageID()).isEqualTo(sent.getJMSMessageID()).startsWith("ID:");
        assertThat(received.getJMSTimestamp()).isEqualTo(sent.getJMSTimestamp());
        assertThat(received.getJMSExpiration()).isEqualTo(sent.getJMSExpiration());
        assertThat(received.getJMSDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
        assertThat(received.getJMSPriority()).isEqualTo(7);
        assertThat(received.getJMSRedelivered()).isFalse();
    }

    @Test
    @Spec("3.4.9")
    @NeedsBroker
    void anExpiredMessageIsNotDelivered() throws Exception {
        try (MessageProducer producer = session.createProducer(queue)) {
            producer.send(session.createTextMessage("short"), DeliveryMode.PERSISTENT, 4, 1);
        }
        long until = System.currentTimeMillis() + 10;
        while (System.currentTimeMillis() < until) {
            Thread.onSpinWait();
        }

        assertNothingLeft(session, queue, session.createConsumer(queue));
    }

    @Test
    @Spec("4.1.7")
    @NeedsBroker
    void aRequestToAQueueIsAnsweredByATemporaryOne() throws Exception {
        session.createConsumer(queue).setMessageListener(request -> {
            try (JMSContext answers = context()) {
                answers.createProducer().send(request.getJMSReplyTo(), text(request) + " pong");
            } catch (JMSException failed) {
                throw new AssertionError(failed);
            }
        });
        QueueConnection client =
                closedLater(closedLater(provider.queueFactory()).createQueueConnection());
        client.start();
        QueueSession asking = client.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
        QueueRequestor requestor = new QueueRequestor(asking, queue);

        assertThat(text(requestor.request(asking.createTextMessage("one")))).isEqualTo("one pong");
        requestor.close();
    }

    @Test
    @Spec("2.8")
    @NeedsBroker
    void theSimplifiedApiSendsAndReceives() throws JMSException {
        JMSContext sender = context();
        JMSContext receiver = context(JMSContext.CLIENT_ACKNOWLEDGE);

        sender.createProducer().setProperty("n", 1).setDeliveryDelay(1).send(queue, "order");

        assertThat(receiver.createConsumer(queue, "n = 1").receiveBody(String.class, SOON_MS))
                .isEqualTo("order");
        receiver.acknowledge();
    }
}
