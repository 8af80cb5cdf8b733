package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Chapter 7 without asynchronous sends: producers of the classic API. */
class ProducerTest extends JmsContract {
    private Connection connection;
    private Session session;
    private Topic topic;
    private MessageConsumer consumer;

    @BeforeEach
    void open() throws JMSException {
        connection = startedConnection();
        session = connection.createSession();
        topic = topic(session);
        consumer = session.createConsumer(topic);
    }

    @Test
    @Spec("7.1")
    void aProducerWithoutDestinationTakesItAtEachSend() throws JMSException {
        MessageProducer producer = session.createProducer(null);

        producer.send(topic, session.createTextMessage("x"));

        assertThat(producer.getDestination()).isNull();
        assertThat(receiveText(consumer)).isEqualTo("x");
        assertThatThrownBy(() -> producer.send(session.createTextMessage("nowhere")))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> producer.send(session.createTextMessage("nowhere"), DeliveryMode.PERSISTENT, 4, 0))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @Spec("7.1")
    void aProducerWithADestinationTakesNoOther() throws JMSException {
        MessageProducer producer = session.createProducer(topic);

        assertThat(producer.getDestination()).isEqualTo(topic);
        assertThatThrownBy(() -> producer.send(topic, session.createTextMessage("x")))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @Spec("7.2")
    @Spec("10.3")
    void aNullDestinationIsRefused() throws JMSException {
        MessageProducer producer = session.createProducer(null);

        assertThatThrownBy(() -> producer.send(null, session.createTextMessage("x")))
                .isInstanceOf(InvalidDestinationException.class);
        assertThatThrownBy(() -> session.createConsumer(null)).isInstanceOf(InvalidDestinationException.class);
    }

    @Test
    @Spec("7.2")
    @Differs(on = Provider.ARTEMIS, how = "throws NullPointerException", allowedBy = "7.2")
    void aNullMessageIsRefused() throws JMSException {
        MessageProducer producer = session.createProducer(topic);

        assertThatThrownBy(() -> producer.send(null)).isInstanceOf(JMSException.class);
    }

    @Test
    @Spec("7.4")
    @Spec("7.7")
    @Spec("3.4.10")
    void theDefaultsArePersistentAndPriorityFour() throws JMSException {
        MessageProducer producer = session.createProducer(topic);

        assertThat(producer.getDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
        assertThat(producer.getPriority()).isEqualTo(4);
        assertThat(producer.getTimeToLive()).isZero();
        assertThat(producer.getDeliveryDelay()).isZero();
        assertThat(producer.getDisableMessageID()).isFalse();
        assertThat(producer.getDisableMessageTimestamp()).isFalse();
    }

    @Test
    @Spec("7.4")
    void theProducersOptionsApplyToWhatItSends() throws JMSException {
        MessageProducer producer = session.createProducer(topic);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.setPriority(8);
        producer.setTimeToLive(50_000);

        producer.send(session.createTextMessage("x"));

        Message received = consumer.receive(SOON_MS);
        assertThat(received.getJMSDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
        assertThat(received.getJMSPriority()).isEqualTo(8);
        assertSameTime(received.getJMSExpiration(), received.getJMSTimestamp() + 50_000);
    }

    @Test
    @Spec("7.4")
    void theOptionsOfASendGoBeforeThoseOfTheProducer() throws JMSException {
        MessageProducer producer = session.createProducer(topic);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.setPriority(8);
        producer.setTimeToLive(50_000);

        producer.send(session.createTextMessage("x"), DeliveryMode.PERSISTENT, 2, 0);

        Message received = consumer.receive(SOON_MS);
        assertThat(received.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
        assertThat(received.getJMSPriority()).isEqualTo(2);
        assertThat(received.getJMSExpiration()).isZero();
        assertThat(producer.getPriority()).isEqualTo(8);
    }

    @Test
    @Spec("7.4")
    @Spec("3.4.10")
    void impossibleOptionsAreRefused() throws JMSException {
        MessageProducer producer = session.createProducer(topic);

        assertThatThrownBy(() -> producer.setPriority(10)).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> producer.setPriority(-1)).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> producer.setDeliveryMode(3)).isInstanceOf(JMSException.class);
    }

    @Test
    @Spec("7.4")
    void impossibleOptionsOfASendAreRefused() throws JMSException {
        MessageProducer producer = session.createProducer(topic);

        assertThatThrownBy(() -> producer.send(session.createMessage(), 3, 4, 0))
                .isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> producer.send(session.createMessage(), DeliveryMode.PERSISTENT, 10, 0))
                .isInstanceOf(JMSException.class);
    }

    @Test
    @Spec("7.8")
    @Spec("3.4.9")
    void anExpiredMessageIsNotDelivered() throws Exception {
        MessageProducer producer = session.createProducer(topic);
        Deliveries listener = new Deliveries();
        connection.stop();
        connection.createSession().createConsumer(topic).setMessageListener(listener);
        sendAndExpire(producer);
        producer.send(session.createTextMessage("long"), DeliveryMode.NON_PERSISTENT, 4, 60_000);

        connection.start();

        assertThat(receiveText(consumer)).isEqualTo("long");
        assertThat(listener.next(1)).containsExactly("long/1");
    }

    private void sendAndExpire(MessageProducer producer) throws JMSException {
        Message brief = session.createTextMessage("brief");
        producer.send(brief, DeliveryMode.NON_PERSISTENT, 4, 30);
        long expiration = brief.getJMSExpiration();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .until(() -> System.currentTimeMillis() > expiration + 10);
    }

    @Test
    @Spec("7.8")
    @Spec("8.5")
    void everyKindOfReceiveSkipsWhatHasExpired() throws JMSException {
        MessageProducer producer = session.createProducer(topic);
        connection.stop();
        sendAndExpire(producer);
        connection.start();

        assertThat(consumer.receiveNoWait()).isNull();
        connection.stop();
        sendAndExpire(producer);
        connection.start();
        long beforeNs = System.nanoTime();
        assertThat(consumer.receive(A_WHILE_MS)).isNull();
        assertThat(System.nanoTime() - beforeNs).isGreaterThan((A_WHILE_MS - 20) * 1_000_000L);
        assertNothingLeft(session, topic, consumer);
    }

    @Test
    @Spec("7.9")
    @Spec("3.4.13")
    void aDelayedMessageComesAtItsTimeAndNotBefore() throws JMSException {
        MessageProducer producer = session.createProducer(topic);
        producer.setDeliveryDelay(150);
        assertThat(producer.getDeliveryDelay()).isEqualTo(150);
        producer.send(session.createTextMessage("later"));
        producer.setDeliveryDelay(0);
        producer.send(session.createTextMessage("now"));

        assertThat(receiveText(consumer)).isEqualTo("now");
        Message later = consumer.receive(SOON_MS);
        assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(later.getJMSDeliveryTime());
        assertThat(text(later)).isEqualTo("later");
    }

    @Test
    @Spec("7.9")
    void aDelayedMessageGoesOnlyToWhomWasThereWhenItWasSent() throws JMSException {
        MessageProducer producer = session.createProducer(topic);
        producer.setDeliveryDelay(100);
        producer.send(session.createTextMessage("later"));

        MessageConsumer late = session.createConsumer(topic);

        assertThat(receiveText(consumer)).isEqualTo("later");
        assertNothingLeft(session, topic, late);
    }

    @Test
    @Spec("7.9")
    void delayedMessagesComeInTheOrderOfTheirTimes() throws JMSException {
        MessageProducer producer = session.createProducer(topic);
        for (int delayMs : new int[] {200, 100, 150}) {
            producer.setDeliveryDelay(delayMs);
            producer.send(session.createTextMessage("" + delayMs));
        }

        assertThat(receiveTexts(consumer, 3)).containsExactly("100", "150", "200");
    }

    @Test
    @Spec("3.4.10")
    @Spec("6.2.9.2")
    void oneOrderWithinAPriority() throws JMSException {
        MessageProducer producer = session.createProducer(topic);
        connection.stop();
        for (int i = 0; i < 20; i++) {
            producer.send(session.createTextMessage("" + i), DeliveryMode.NON_PERSISTENT, i % 2 == 0 ? 2 : 8, 0);
        }
        connection.start();

        List<String> received = receiveTexts(consumer, 20);

        for (int parity : new int[] {0, 1}) {
            assertThat(received.stream().mapToInt(Integer::parseInt).filter(i -> i % 2 == parity))
                    .isSorted()
                    .hasSize(10);
        }
    }
}
