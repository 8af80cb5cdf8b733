package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.Topic;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Each connection trusts the classes on its own list, and reads objects when it is asked to. Rules J1 and J2. */
class ReceivedObjectTest extends JmsFixture {
    private static final String TRUSTING = "jms.deserialization.allowList=" + ReceivedObjectTest.class.getName();

    /** Counts how often one is deserialised, by any thread. */
    static final class Spy implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        private static final AtomicInteger READINGS = new AtomicInteger();

        @Serial
        private void readObject(ObjectInputStream in) {
            READINGS.incrementAndGet();
        }
    }

    @Test
    void theListOfTheReceivingConnectionCounts() throws JMSException {
        MessageConsumer trusting = provider.connection("jms.deserialization.allowList=com.acme.Order,%20java.util.*")
                .createSession()
                .createConsumer(topic);
        producer.send(session.createObjectMessage(new ArrayList<>(List.of(1))));

        assertThat(((ObjectMessage) trusting.receiveNoWait()).getObject()).isEqualTo(List.of(1));
        ObjectMessage refused = (ObjectMessage) consumer.receiveNoWait();
        assertThatThrownBy(refused::getObject)
                .isInstanceOf(MessageFormatException.class)
                .hasMessageContaining("java.util.ArrayList")
                .hasMessageContaining("jms.deserialization.allowList");
    }

    @Test
    void aListOfEverythingIsRefused() {
        assertThatThrownBy(() -> provider.connection("jms.deserialization.allowList=*"))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("jms.deserialization.allowList")
                .hasMessageContaining("com.acme.Order");
    }

    /** Depth, references and arrays, counted to the last one; of the references one is the array, and three are classes. */
    @Test
    void theLimitsAreThoseOfTheDocumentation() throws JMSException {
        Session own = provider.connection(TRUSTING).createSession();
        MessageConsumer trusting = own.createConsumer(topic);
        for (Serializable largest : new Serializable[] {arrays(12), new Integer[4_092], new byte[65_536]}) {
            producer.send(session.createObjectMessage(filled(largest)));
            assertThat(((ObjectMessage) trusting.receiveNoWait()).getObject()).isNotNull();
        }
        for (Serializable tooLarge : new Serializable[] {arrays(13), new Integer[4_093], new byte[65_537]}) {
            producer.send(session.createObjectMessage(filled(tooLarge)));
            ObjectMessage received = (ObjectMessage) trusting.receiveNoWait();
            assertThatThrownBy(received::getObject).hasMessageContaining("REJECTED");
        }
    }

    private static Object[] arrays(int depth) {
        return depth == 1 ? new Object[0] : new Object[] {arrays(depth - 1)};
    }

    /** Numbers that are all different are as many references. */
    private static Serializable filled(Serializable array) {
        if (array instanceof Integer[] numbers) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = i;
            }
        }
        return array;
    }

    @Test
    void nothingButAskingForTheBodyDeserialises() throws Exception {
        PgmConnection trusting = provider.connection(TRUSTING);
        Session recovering = trusting.createSession(Session.CLIENT_ACKNOWLEDGE);
        Session transacted = trusting.createSession(Session.SESSION_TRANSACTED);
        TemporaryQueue queue = recovering.createTemporaryQueue();
        MessageConsumer selecting = recovering.createConsumer(topic, "n = 1 AND body IS NULL", true);
        MessageConsumer rolledBack = transacted.createConsumer(topic);
        MessageConsumer shared = trusting.createSession().createSharedConsumer(topic, "shared");
        BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        trusting.createSession().createConsumer(topic).setMessageListener(message -> hear(message, heard));
        ObjectMessage sent = session.createObjectMessage(new Spy());
        sent.setIntProperty("n", 1);
        Spy.READINGS.set(0);

        producer.send(sent);
        session.createProducer(queue).send(sent);

        for (MessageConsumer each : List.of(selecting, rolledBack, shared)) {
            look(each.receiveNoWait());
        }
        recovering.recover();
        transacted.rollback();
        for (MessageConsumer each : List.of(selecting, rolledBack)) {
            Message again = each.receiveNoWait();
            assertThat(deliveryCount(again)).isEqualTo(2);
            look(again);
        }
        look(heard.take());
        look(heard.take());
        QueueBrowser browser = recovering.createBrowser(queue, "n = 1");
        look((Message) browser.getEnumeration().nextElement());
        MessageConsumer ofQueue = recovering.createConsumer(queue, "n = 1");
        ObjectMessage received = (ObjectMessage) ofQueue.receiveNoWait();
        look(received);
        look(forwarded(received));
        look(forwarded(foreign()));
        assertThat(Spy.READINGS).hasValue(0);

        assertThat(received.getObject()).isInstanceOf(Spy.class);
        assertThat(received.getBody(Spy.class)).isNotNull();
        assertThat(received.isBodyAssignableTo(Spy.class)).isTrue();
        assertThat(Spy.READINGS).as("or this tests nothing").hasValue(3);
    }

    /** Refuses the first delivery, so that there is another one, and a line of the log. */
    private static void hear(Message message, BlockingQueue<Message> heard) {
        heard.add(message);
        try {
            if (!message.getJMSRedelivered()) {
                throw new IllegalStateException("refused once: " + message);
            }
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    /** All there is but the body. */
    private static void look(Message message) throws JMSException {
        assertThat(message).isInstanceOf(ObjectMessage.class).hasSameHashCodeAs(message);
        assertThat(String.valueOf(message)).isNotEmpty();
        Enumeration<?> names = message.getPropertyNames();
        while (names.hasMoreElements()) {
            assertThat(message.getStringProperty((String) names.nextElement())).isNotNull();
        }
        assertThat(message.getJMSMessageID()).isNotNull();
    }

    /** What comes when this is sent on. */
    private Message forwarded(Message message) throws JMSException {
        Topic onward = session.createTopic("onward");
        MessageConsumer last = session.createConsumer(onward);
        session.createProducer(onward).send(message);
        Message received = last.receiveNoWait();
        last.close();
        return received;
    }

    /** Another provider's; how that reads its objects is not ours to say. */
    private static ObjectMessage foreign() {
        return (ObjectMessage) Proxy.newProxyInstance(
                ReceivedObjectTest.class.getClassLoader(),
                new Class<?>[] {ObjectMessage.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getObject" -> new Spy();
                    case "getPropertyNames" -> Collections.emptyEnumeration();
                    default -> method.getReturnType() == int.class ? (Object) 0 : null;
                });
    }
}
