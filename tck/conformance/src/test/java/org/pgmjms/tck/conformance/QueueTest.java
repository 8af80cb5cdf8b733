package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Section 4.1: the semantics of queues, on temporary ones; and named ones, which need a companion broker. */
class QueueTest extends JmsContract {
    private Connection connection;
    private Session session;
    private Queue queue;

    @BeforeEach
    void open() throws JMSException {
        connection = startedConnection();
        session = connection.createSession();
        queue = session.createTemporaryQueue();
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
    void eachMessageGoesToOneConsumer() throws JMSException {
        MessageConsumer first = session.createConsumer(queue);
        MessageConsumer second = connection.createSession().createConsumer(queue);

        sendNumbered(1, 2, 3, 4);

        List<String> all = new ArrayList<>();
        for (MessageConsumer consumer : List.of(first, second, first, second, first, second, first, second)) {
            Message message = consumer.receive(all.size() < 4 ? A_WHILE_MS : 1);
            if (message != null) {
                all.add(text(message));
            }
        }
        assertThat(all).containsExactlyInAnyOrder("1", "2", "3", "4");
    }

    @Test
    @Spec("4.1.2")
    @Spec("6.2.9.1")
    void oneConsumerGetsAllInOrder() throws JMSException {
        MessageConsumer consumer = session.createConsumer(queue);

        sendNumbered(1, 2, 3, 4);

        assertThat(receiveTexts(consumer, 4)).containsExactly("1", "2", "3", "4");
    }

    @Test
    @Spec("4.1.2")
    void whatIsNotSelectedStaysForOthers() throws JMSException {
        MessageConsumer even = session.createConsumer(queue, "n = 2 OR n = 4");
        sendNumbered(1, 2, 3, 4);

        assertThat(receiveTexts(even, 2)).containsExactly("2", "4");
        even.close();

        assertThat(receiveTexts(session.createConsumer(queue), 2)).containsExactly("1", "3");
    }

    @Test
    @Spec("4.1.2")
    void whatAClosedConsumerDidNotTakeStaysInOrder() throws JMSException {
        MessageConsumer first = session.createConsumer(queue);
        sendNumbered(1, 2, 3);
        assertThat(receiveText(first)).isEqualTo("1");

        first.close();

        assertThat(receiveTexts(session.createConsumer(queue), 2)).containsExactly("2", "3");
    }

    @Test
    @Spec("6.2")
    @Spec("6.2.15")
    void whatWasNotAcknowledgedComesToTheNextConsumer() throws JMSException {
        Session client = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer first = client.createConsumer(queue);
        sendNumbered(1, 2, 3);
        first.receive(SOON_MS).acknowledge();
        assertThat(receiveText(first)).isEqualTo("2");

        client.close();

        assertThat(deliveries(session.createConsumer(queue), 2)).containsExactly("2/2", "3/1");
    }

    @Test
    @Spec("6.2.7")
    void aRollbackPutsMessagesBackToTheirPlace() throws JMSException {
        Session transacted = connection.createSession(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = transacted.createConsumer(queue);
        sendNumbered(1, 2, 3);
        receiveTexts(consumer, 2);

        transacted.rollback();

        assertThat(deliveries(consumer, 3)).containsExactly("1/2", "2/2", "3/1");
        transacted.commit();
    }

    @Test
    @Spec("4.1.6")
    void aBrowserLooksWithoutTaking() throws JMSException {
        sendNumbered(1, 2, 3);

        try (QueueBrowser browser = session.createBrowser(queue)) {
            assertThat(browse(browser, 3)).containsExactly("1", "2", "3");
            assertThat(browse(browser, 3)).containsExactly("1", "2", "3");
            assertThat(browser.getQueue()).isEqualTo(queue);
            assertThat(browser.getMessageSelector()).isNull();
        }

        assertThat(receiveTexts(session.createConsumer(queue), 3)).containsExactly("1", "2", "3");
        assertThat(browse(session.createBrowser(queue), 0)).isEmpty();
    }

    @Test
    @Spec("4.1.6")
    void aBrowserHasASelector() throws JMSException {
        sendNumbered(1, 2, 3);

        QueueBrowser browser = session.createBrowser(queue, "n > 1");

        assertThat(browse(browser, 2)).containsExactly("2", "3");
        assertThat(browser.getMessageSelector()).isEqualTo("n > 1");
        assertThatThrownBy(() -> session.createBrowser(queue, "n >")).isInstanceOf(InvalidSelectorException.class);
        assertThatThrownBy(() -> session.createBrowser(null)).isInstanceOf(InvalidDestinationException.class);
    }

    /** What a browser sees, once so many messages have arrived: a send does not wait for that. */
    private static List<String> browse(QueueBrowser browser, int count) throws JMSException {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> look(browser).size() >= count);
        return look(browser);
    }

    private static List<String> look(QueueBrowser browser) throws JMSException {
        List<String> texts = new ArrayList<>();
        Enumeration<?> messages = browser.getEnumeration();
        while (messages.hasMoreElements()) {
            texts.add(text((Message) messages.nextElement()));
        }
        return texts;
    }

    @Test
    @Spec("4.1.4")
    void aQueueIsItsName() throws JMSException {
        String name = uniqueName();
        Queue named = session.createQueue(name);

        assertThat(named.getQueueName()).isEqualTo(name);
        assertThat(named).isEqualTo(session.createQueue(name)).hasSameHashCodeAs(session.createQueue(name));
        assertThat(named.toString()).isNotBlank();
    }

    @Test
    @Spec("4.1.2")
    @Spec("4.1.8")
    @NeedsBroker
    void aNamedQueueKeepsMessages() throws JMSException {
        Queue named = session.createQueue(uniqueName());
        sendTexts(session, named, "a", "b");

        assertThat(receiveTexts(session().createConsumer(named), 2)).containsExactly("a", "b");
    }

    @Test
    @Spec("8.2")
    @NeedsBroker
    void aNamedQueueHasConsumers() throws JMSException {
        Queue named = session.createQueue(uniqueName());
        MessageConsumer consumer = session.createConsumer(named);
        sendTexts(session(), named, "a");

        assertThat(receiveText(consumer)).isEqualTo("a");
    }

    @Test
    @Spec("4.1.6")
    @NeedsBroker
    void aNamedQueueIsBrowsed() throws JMSException {
        assertThat(browse(session.createBrowser(session.createQueue(uniqueName())), 0))
                .isEmpty();
    }
}
