package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.tck.kit.Spec;

/** Sections 6.2.10 to 6.2.12: what is acknowledged, what comes again, in which order. */
class AcknowledgementTest extends JmsContract {

    /**
     * Three messages; some are received, the one with a number is acknowledged (0: none), the session is recovered, and what
     * is left is received. A count is only expected of what had been received.
     */
    @ParameterizedTest
    @Spec("6.2.10")
    @Spec("3.4.7")
    @Spec("3.5.11")
    @CsvSource({
        "3, 0, a/2 b/2 c/2",
        "2, 0, a/2 b/2 c/",
        "1, 0, a/2 b/ c/",
        "0, 0, a/ b/ c/",
        "3, 1, ''",
        "2, 1, c/",
        "1, 1, b/ c/",
        "3, 3, ''"
    })
    void recoverStartsAgainAfterTheLastAcknowledgement(int received, int acknowledged, String expected)
            throws JMSException {
        Session session = session(Session.CLIENT_ACKNOWLEDGE);
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        sendTexts(session, topic, "a", "b", "c");
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < received; i++) {
            messages.add(consumer.receive(SOON_MS));
        }
        if (acknowledged > 0) {
            messages.get(acknowledged - 1).acknowledge();
        }

        session.recover();

        for (String delivery : expected.isEmpty() ? new String[0] : expected.split(" ")) {
            assertThat(delivery(consumer.receive(SOON_MS))).startsWith(delivery);
        }
        assertNothingLeft(session, topic, consumer);
    }

    @Test
    @Spec("6.2.10")
    @Spec("3.5.11")
    @Differs(
            on = Provider.ARTEMIS,
            how = "counts a delivery when a message reached the client's buffer",
            allowedBy = "3.5.11",
            always = false)
    void whatWasNotReceivedIsNotCounted() throws JMSException {
        Session session = session(Session.CLIENT_ACKNOWLEDGE);
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        sendTexts(session, topic, "a", "b", "c");
        receiveText(consumer);

        session.recover();

        assertThat(deliveries(consumer, 3)).containsExactly("a/2", "b/1", "c/1");
    }

    @Test
    @Spec("6.2.10")
    void eachRecoverCounts() throws JMSException {
        Session session = session(Session.CLIENT_ACKNOWLEDGE);
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        sendTexts(session, topic, "a", "b");

        for (int i = 1; i <= 4; i++) {
            assertThat(deliveries(consumer, 2)).containsExactly("a/" + i, "b/" + i);
            session.recover();
        }
        consumer.receive(SOON_MS).acknowledge();
        session.recover();

        assertThat(receiveText(consumer)).isEqualTo("b");
    }

    @Test
    @Spec("6.2.10")
    @Spec("6.2.9.1")
    void acknowledgingCoversAllConsumersOfTheSession() throws JMSException {
        Session session = session(Session.CLIENT_ACKNOWLEDGE);
        Topic one = topic(session);
        Topic other = topic(session);
        MessageConsumer ofOne = session.createConsumer(one);
        MessageConsumer ofOther = session.createConsumer(other);
        sendTexts(session, one, "a", "c");
        sendTexts(session, other, "b");
        receiveText(ofOne);
        ofOther.receive(SOON_MS).acknowledge();

        session.recover();

        assertThat(receiveText(ofOne)).isEqualTo("c");
        assertNothingLeft(session, other, ofOther);
    }

    @Test
    @Spec("6.2.10")
    void recoverReachesAllConsumersOfTheSession() throws JMSException {
        Session session = session(Session.CLIENT_ACKNOWLEDGE);
        Topic one = topic(session);
        Topic other = topic(session);
        MessageConsumer ofOne = session.createConsumer(one);
        MessageConsumer ofOther = session.createConsumer(other);
        sendTexts(session, one, "a");
        sendTexts(session, other, "b");
        receiveText(ofOne);
        receiveText(ofOther);

        session.recover();

        assertThat(deliveries(ofOther, 1)).containsExactly("b/2");
        assertThat(deliveries(ofOne, 1)).containsExactly("a/2");
    }

    @ParameterizedTest
    @Spec("6.2.10")
    @Spec("6.2.11")
    @ValueSource(ints = {Session.AUTO_ACKNOWLEDGE, Session.DUPS_OK_ACKNOWLEDGE})
    void whatAReceiveReturnedDoesNotComeAgain(int mode) throws JMSException {
        Session session = session(mode);
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        sendTexts(session, topic, "a", "b");
        assertThat(receiveText(consumer)).isEqualTo("a");

        if (mode == Session.AUTO_ACKNOWLEDGE) {
            session.recover();
        }

        assertThat(receiveText(consumer)).isEqualTo("b");
        assertNothingLeft(session, topic, consumer);
    }

    @Test
    @Spec("6.2.10")
    void acknowledgingTwiceIsSilent() throws JMSException {
        Session session = session(Session.CLIENT_ACKNOWLEDGE);
        Message received = roundTrip(session, session.createMessage());

        received.acknowledge();

        assertThatCode(received::acknowledge).doesNotThrowAnyException();
        assertThatCode(() -> session.createMessage().acknowledge()).doesNotThrowAnyException();
    }

    @Test
    @Spec("8.8")
    @Spec("6.2.10")
    void messagesAreAcknowledgedAfterTheirConsumerIsClosed() throws JMSException {
        Session session = session(Session.CLIENT_ACKNOWLEDGE);
        Message received = roundTrip(session, session.createMessage());

        assertThatCode(received::acknowledge).doesNotThrowAnyException();
    }

    @Test
    @Spec("3.10")
    @Spec("6.2.10")
    void whatComesAgainIsTheOriginal() throws JMSException {
        Session session = session(Session.CLIENT_ACKNOWLEDGE);
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        MessageProducer producer = session.createProducer(topic);
        TextMessage text = session.createTextMessage("original");
        text.setIntProperty("n", 1);
        producer.send(text);
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeInt(7);
        producer.send(bytes);
        TextMessage received = (TextMessage) consumer.receive(SOON_MS);
        received.clearBody();
        received.setText("changed");
        received.clearProperties();
        received.setJMSType("changed");
        assertThat(((BytesMessage) consumer.receive(SOON_MS)).readInt()).isEqualTo(7);

        session.recover();

        TextMessage again = (TextMessage) consumer.receive(SOON_MS);
        assertThat(again.getText()).isEqualTo("original");
        assertThat(again.getIntProperty("n")).isEqualTo(1);
        assertThat(again.getJMSType()).isNull();
        assertThat(again.getJMSMessageID()).isEqualTo(text.getJMSMessageID());
        assertThat(((BytesMessage) consumer.receive(SOON_MS)).readInt()).isEqualTo(7);
    }

    @Test
    @Spec("6.2.10")
    @Spec("8.7")
    void recoverInsideAListenerDeliversAgain() throws Exception {
        Connection connection = connection();
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Topic topic = topic(session);
        Deliveries listener = new Deliveries(message -> {
            if (!message.getJMSRedelivered() && Deliveries.is(message, "b")) {
                session.recover();
            } else if (Deliveries.is(message, "c")) {
                message.acknowledge();
            }
        });
        session.createConsumer(topic).setMessageListener(listener);
        connection.start();

        sendTexts(connection.createSession(), topic, "a", "b", "c");

        assertThat(listener.next(4)).containsExactly("a/1", "b/1", "a/2", "b/2");
        assertThat(listener.next(1).get(0)).startsWith("c/");
    }

    @Test
    @Spec("6.2.10")
    void recoverWithNothingToRecoverIsSilent() throws JMSException {
        Session session = session();

        assertThatCode(session::recover).doesNotThrowAnyException();
    }

    @Test
    @Spec("6.2.12")
    @Spec("6.2.11")
    void aThousandAcknowledgedMessagesComeOnce() throws JMSException {
        Session session = session(Session.CLIENT_ACKNOWLEDGE);
        Topic topic = topic(session);
        MessageConsumer consumer = session.createConsumer(topic);
        MessageProducer producer = session.createProducer(topic);
        for (int i = 0; i < 1000; i++) {
            producer.send(session.createTextMessage("" + i));
        }

        for (int i = 0; i < 1000; i++) {
            Message message = consumer.receive(SOON_MS);
            assertThat(text(message)).isEqualTo("" + i);
            if (i % 100 == 99) {
                message.acknowledge();
            }
        }
        session.recover();

        assertNothingLeft(session, topic, consumer);
    }
}
