package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Section 8.3.2: shared non-durable subscriptions. */
class SharedSubscriptionTest extends JmsContract {
    private Connection connection;
    private Session session;
    private Topic topic;
    private String name;

    @BeforeEach
    void open() throws JMSException {
        connection = startedConnection();
        session = connection.createSession();
        topic = topic(session);
        name = uniqueName();
    }

    @Test
    @Spec("8.3.2")
    @Spec("4.2.2")
    void eachMessageGoesToOneOfTheConsumers() throws Exception {
        BlockingQueue<String> all = new LinkedBlockingQueue<>();
        for (int i = 0; i < 3; i++) {
            (i == 0 ? connection : startedConnection())
                    .createSession()
                    .createSharedConsumer(topic, name)
                    .setMessageListener(new Deliveries(message -> all.add(text(message))));
        }
        MessageConsumer other = session.createConsumer(topic);

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            expected.add("" + i);
        }
        sendTexts(session, topic, expected.toArray(new String[0]));

        List<String> got = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            got.add(all.poll(SOON_MS, TimeUnit.MILLISECONDS));
        }
        assertThat(got).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(receiveTexts(other, 30)).isEqualTo(expected);
        assertThat(all).isEmpty();
    }

    @Test
    @Spec("8.3.2")
    void differentNamesAreDifferentSubscriptions() throws JMSException {
        MessageConsumer one = session.createSharedConsumer(topic, name);
        MessageConsumer other = session.createSharedConsumer(topic, uniqueName());

        sendTexts(session, topic, "x");

        assertThat(receiveText(one)).isEqualTo("x");
        assertThat(receiveText(other)).isEqualTo("x");
    }

    @Test
    @Spec("8.3.2")
    void theClientIdentifierIsPartOfTheName() throws JMSException {
        Connection identified = connection();
        identified.setClientID(uniqueName());
        identified.start();
        MessageConsumer one = identified.createSession().createSharedConsumer(topic, name);
        MessageConsumer other = session.createSharedConsumer(topic, name);

        sendTexts(session, topic, "x");

        assertThat(receiveText(one)).isEqualTo("x");
        assertThat(receiveText(other)).isEqualTo("x");
    }

    @Test
    @Spec("8.3.2")
    void anotherTopicOrSelectorIsRefusedWhileThereIsAConsumer() throws JMSException {
        MessageConsumer first = session.createSharedConsumer(topic, name, "n = 1");
        Topic elsewhere = topic(session);

        assertThatThrownBy(() -> session.createSharedConsumer(elsewhere, name, "n = 1"))
                .isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> session.createSharedConsumer(topic, name, "n = 2"))
                .isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> session.createSharedConsumer(topic, name)).isInstanceOf(JMSException.class);
        MessageConsumer same = session.createSharedConsumer(topic, name, "n = 1");
        first.close();
        same.close();
        provider.awaitEndOfShared(name);

        assertThat(session.createSharedConsumer(elsewhere, name)).isNotNull();
    }

    @Test
    @Spec("8.3.2")
    void aContextRefusesAnotherTopicToo() throws JMSException {
        JMSContext context = context();
        context.createSharedConsumer(topic, name);

        assertThatThrownBy(() -> context.createSharedConsumer(topic(context), name))
                .isInstanceOf(JMSRuntimeException.class);
    }

    @Test
    @Spec("8.3.2")
    void theSelectorIsThatOfTheSubscription() throws JMSException {
        MessageConsumer consumer = session.createSharedConsumer(topic, name, "n = 1");
        MessageProducer producer = session.createProducer(topic);
        for (int n : new int[] {0, 1, 2, 1}) {
            Message message = session.createTextMessage("" + n);
            message.setIntProperty("n", n);
            producer.send(message);
        }

        assertThat(receiveTexts(consumer, 2)).containsExactly("1", "1");
        assertThat(consumer.receiveNoWait()).isNull();
        assertThat(consumer.getMessageSelector()).isEqualTo("n = 1");
    }

    @Test
    @Spec("8.3.2")
    void itLastsUntilItsLastConsumerIsClosed() throws JMSException {
        MessageConsumer first = session.createSharedConsumer(topic, name);
        MessageConsumer second = connection.createSession().createSharedConsumer(topic, name);
        first.close();
        sendTexts(session, topic, "for the second");
        assertThat(receiveText(second)).isEqualTo("for the second");
        sendTexts(session, topic, "nobody took it");

        second.close();
        provider.awaitEndOfShared(name);
        sendTexts(session, topic, "nobody was there");
        MessageConsumer third = session.createSharedConsumer(topic, name);

        assertNothingLeft(session, topic, third);
    }

    @Test
    @Spec("8.3.2")
    void whatAClosedSessionDidNotAcknowledgeGoesToAnother() throws JMSException {
        Session client = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer first = client.createSharedConsumer(topic, name);
        sendTexts(session, topic, "a", "b");
        assertThat(receiveText(first)).isEqualTo("a");
        MessageConsumer second = session.createSharedConsumer(topic, name);

        client.close();

        assertThat(deliveries(second, 2)).contains("a/2").anyMatch(delivery -> delivery.startsWith("b/"));
    }

    @Test
    @Spec("8.3.2")
    @Spec("6.2.7")
    void aRollbackBringsMessagesBackToTheSubscription() throws JMSException {
        Session transacted = connection.createSession(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = transacted.createSharedConsumer(topic, name);
        sendTexts(session, topic, "a", "b");
        receiveTexts(consumer, 2);

        transacted.rollback();

        assertThat(deliveries(consumer, 2)).containsExactly("a/2", "b/2");
        transacted.commit();
    }

    @Test
    @Spec("8.3.2")
    @Spec("10.3")
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> session.createSharedConsumer(null, name))
                .isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> session.createSharedConsumer(topic, name, "n ="))
                .isInstanceOf(InvalidSelectorException.class);
        assertThatThrownBy(() -> session.createSharedConsumer(topic, null)).isInstanceOf(JMSException.class);
    }

    @Test
    @Spec("4.2.4")
    void aNameHasLettersDigitsAndPunctuationUpTo128Characters() throws JMSException {
        String longName = "Abc_0-9.\u00e9" + "x".repeat(128 - 9);
        MessageConsumer consumer = session.createSharedConsumer(topic, longName);

        sendTexts(session, topic, "x");

        assertThat(receiveText(consumer)).isEqualTo("x");
    }

    @Test
    @Spec("8.3.2")
    @Spec("8.4")
    void aContextSharesASubscription() throws JMSException {
        JMSContext context = context();
        JMSConsumer consumer = context.createSharedConsumer(topic, name);
        JMSConsumer selecting = context.createSharedConsumer(topic, uniqueName(), "TRUE");

        context.createProducer().send(topic, "x");

        assertThat(consumer.receiveBody(String.class, SOON_MS)).isEqualTo("x");
        assertThat(selecting.receiveBody(String.class, SOON_MS)).isEqualTo("x");
    }
}
