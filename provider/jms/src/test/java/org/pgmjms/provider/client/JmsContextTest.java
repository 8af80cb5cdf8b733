package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.MessageNotWriteableRuntimeException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.TestProvider;

/** The simplified API: Jakarta Messaging 3.1, sections 2.8, 6.1.4, 7.4 to 7.10 and 8.6. */
class JmsContextTest {
    private final TestProvider provider = new TestProvider();
    private JMSContext context;
    private Topic topic;
    private JMSConsumer consumer;
    private JMSProducer producer;

    @BeforeEach
    void open() {
        context = provider.factory().createContext();
        topic = context.createTopic("quotes.us");
        consumer = context.createConsumer(topic);
        producer = context.createProducer();
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void theFirstConsumerStartsTheConnection() throws JMSException {
        producer.send(topic, "a");

        assertEquals("a", ((TextMessage) consumer.receiveNoWait()).getText());
        assertTrue(context.getAutoStart());
    }

    @Test
    void withoutAutoStartTheApplicationStarts() {
        try (JMSContext own = provider.factory().createContext()) {
            own.setAutoStart(false);
            JMSConsumer waiting = own.createConsumer(topic);
            own.createProducer().send(topic, "a");

            assertNull(waiting.receiveNoWait());
            own.start();
            assertEquals("a", waiting.receiveBodyNoWait(String.class));
            own.stop();
            own.createProducer().send(topic, "b");
            assertNull(waiting.receiveBodyNoWait(String.class));
        }
    }

    @Test
    void contextsShareAConnectionThatTheLastOneCloses() {
        JMSContext second = context.createContext(JMSContext.CLIENT_ACKNOWLEDGE);
        second.createConsumer(topic);
        assertEquals(1, provider.network().openLinks());

        context.close();
        assertEquals(1, provider.network().openLinks());
        second.createProducer().send(topic, "still open");
        second.close();
        second.close();

        assertEquals(0, provider.network().openLinks());
        assertThrows(IllegalStateRuntimeException.class, () -> second.createContext(JMSContext.AUTO_ACKNOWLEDGE));
    }

    @Test
    void everyBodyCanBeSentAndReceivedAsSuch() {
        producer.send(topic, "text");
        producer.send(topic, Map.of("price", 3.5));
        producer.send(topic, new byte[] {1, 2});

        assertEquals("text", consumer.receiveBody(String.class));
        assertEquals(Map.of("price", 3.5), consumer.receiveBody(Map.class, 10));
        assertArrayEquals(new byte[] {1, 2}, consumer.receiveBodyNoWait(byte[].class));
        assertNull(consumer.receiveBodyNoWait(String.class));
    }

    @Test
    void nullBodiesMakeMessagesWithoutOne() throws JMSException {
        producer.send(topic, (String) null);
        producer.send(topic, (Map<String, Object>) null);
        producer.send(topic, (byte[]) null);
        producer.send(topic, (Serializable) null);

        assertNull(((TextMessage) consumer.receiveNoWait()).getText());
        assertFalse(((MapMessage) consumer.receiveNoWait()).getMapNames().hasMoreElements());
        assertEquals(0, ((BytesMessage) consumer.receiveNoWait()).getBodyLength());
        assertInstanceOf(ObjectMessage.class, consumer.receiveNoWait());
    }

    @Test
    void aBodyThatCannotBeHadComesAgainAsIfNothingHappened() throws JMSException {
        producer.send(topic, "a");
        producer.send(topic, "b");

        assertThrows(MessageFormatRuntimeException.class, () -> consumer.receiveBodyNoWait(Integer.class));

        Message again = consumer.receiveNoWait();
        assertEquals("a", again.getBody(String.class));
        assertFalse(again.getJMSRedelivered());
        assertEquals(1, again.getIntProperty("JMSXDeliveryCount"));
    }

    @Test
    void aMessageWithoutABodyOfTheKindIsRefused() {
        producer.send(topic, context.createMessage());
        assertThrows(MessageFormatRuntimeException.class, () -> consumer.receiveBodyNoWait(Object.class));
        consumer.receiveNoWait();
        producer.send(topic, context.createStreamMessage());
        assertThrows(MessageFormatRuntimeException.class, () -> consumer.receiveBodyNoWait(Object.class));
        consumer.receiveNoWait();
        producer.send(topic, (String) null);
        assertThrows(MessageFormatRuntimeException.class, () -> consumer.receiveBodyNoWait(String.class));
    }

    @Test
    void withClientAcknowledgeABodyThatCannotBeHadComesAgainAfterRecover() throws JMSException {
        try (JMSContext own = context.createContext(JMSContext.CLIENT_ACKNOWLEDGE)) {
            JMSConsumer ofOwn = own.createConsumer(topic);
            producer.send(topic, "a");
            producer.send(topic, "b");

            assertThrows(MessageFormatRuntimeException.class, () -> ofOwn.receiveBodyNoWait(Integer.class));
            assertEquals("b", ofOwn.receiveBodyNoWait(String.class));
            own.recover();

            Message again = ofOwn.receiveNoWait();
            assertEquals("a", again.getBody(String.class));
            assertTrue(again.getJMSRedelivered());
            own.acknowledge();
            own.recover();
            assertEquals("b", ofOwn.receiveBodyNoWait(String.class));
        }
    }

    @Test
    void acknowledgeOfTheContextAcknowledgesEverything() {
        try (JMSContext own = context.createContext(JMSContext.CLIENT_ACKNOWLEDGE)) {
            JMSConsumer ofOwn = own.createConsumer(topic);
            producer.send(topic, "a");
            ofOwn.receiveNoWait();

            own.acknowledge();
            own.recover();

            assertNull(ofOwn.receiveNoWait());
        }
    }

    @Test
    void acknowledgeOfAnAutoContextDoesNothing() {
        context.acknowledge();
    }

    @Test
    void whatIsSetOnTheProducerWinsOverTheMessage() throws JMSException {
        TextMessage message = context.createTextMessage("a");
        message.setStringProperty("who", "message");
        message.setStringProperty("only", "message");
        message.setJMSType("message");
        message.setJMSCorrelationID("message");
        Destination replies = context.createTopic("replies");

        producer.setProperty("who", "producer")
                .setProperty("boolean", true)
                .setProperty("byte", (byte) 1)
                .setProperty("short", (short) 2)
                .setProperty("int", 3)
                .setProperty("long", 4L)
                .setProperty("float", 5f)
                .setProperty("double", 6d)
                .setProperty("object", (Object) 7)
                .setJMSType("producer")
                .setJMSCorrelationID("producer")
                .setJMSReplyTo(replies)
                .setPriority(8)
                .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                .setTimeToLive(1_000)
                .send(topic, message);

        Message received = consumer.receiveNoWait();
        assertEquals("producer", received.getStringProperty("who"));
        assertEquals("message", received.getStringProperty("only"));
        assertEquals("producer", received.getJMSType());
        assertEquals("producer", received.getJMSCorrelationID());
        assertEquals(replies, received.getJMSReplyTo());
        assertEquals(8, received.getJMSPriority());
        assertEquals(DeliveryMode.NON_PERSISTENT, received.getJMSDeliveryMode());
        assertEquals(provider.clock().wallMillis() + 1_000, received.getJMSExpiration());
        assertTrue(received.getBooleanProperty("boolean"));
        assertEquals(1, received.getByteProperty("byte"));
        assertEquals(2, received.getShortProperty("short"));
        assertEquals(3, received.getIntProperty("int"));
        assertEquals(4, received.getLongProperty("long"));
        assertEquals(5f, received.getFloatProperty("float"));
        assertEquals(6d, received.getDoubleProperty("double"));
        assertEquals(7, received.getObjectProperty("object"));
    }

    @Test
    void whatIsNotSetOnTheProducerLeavesTheMessageAlone() throws JMSException {
        Message message = context.createMessage();
        message.setJMSType("message");
        message.setJMSCorrelationID("message");
        message.setJMSReplyTo(topic);
        producer.send(topic, message);

        Message received = consumer.receiveNoWait();
        assertEquals("message", received.getJMSType());
        assertEquals("message", received.getJMSCorrelationID());
        assertEquals(topic, received.getJMSReplyTo());
    }

    @Test
    void theProducerShowsWhatWasSet() {
        producer.setProperty("a", 1).setProperty("b", "2");
        assertEquals(Set.of("a", "b"), producer.getPropertyNames());
        assertTrue(producer.propertyExists("a"));
        assertEquals(1, producer.getIntProperty("a"));
        assertEquals(1L, producer.getLongProperty("a"));
        assertEquals("1", producer.getStringProperty("a"));
        assertEquals("2", producer.getObjectProperty("b"));
        assertThrows(MessageFormatRuntimeException.class, () -> producer.getBooleanProperty("a"));
        assertThrows(
                UnsupportedOperationException.class,
                () -> producer.getPropertyNames().clear());
        assertFalse(producer.clearProperties().propertyExists("a"));
        assertThrows(IllegalArgumentException.class, () -> producer.setProperty("", 1));
        assertThrows(IllegalArgumentException.class, () -> producer.setProperty(null, 1));
        assertThrows(MessageFormatRuntimeException.class, () -> producer.setProperty("x", new Object()));
        assertArrayEquals(
                new byte[] {1},
                producer.setJMSCorrelationIDAsBytes(new byte[] {1}).getJMSCorrelationIDAsBytes());
        assertEquals("t", producer.setJMSType("t").getJMSType());
        assertEquals(topic, producer.setJMSReplyTo(topic).getJMSReplyTo());
        assertEquals(3, producer.setPriority(3).getPriority());
        assertEquals(1, producer.setDeliveryMode(1).getDeliveryMode());
        assertEquals(9, producer.setTimeToLive(9).getTimeToLive());
        assertEquals(5, producer.setDeliveryDelay(5).getDeliveryDelay());
        assertTrue(producer.setDisableMessageID(true).getDisableMessageID());
        assertTrue(producer.setDisableMessageTimestamp(true).getDisableMessageTimestamp());
        assertThrows(JMSRuntimeException.class, () -> producer.setPriority(10));
        assertThrows(JMSRuntimeException.class, () -> producer.setDeliveryMode(7));
        assertThrows(JMSRuntimeException.class, () -> producer.setTimeToLive(-1));
        assertThrows(JMSRuntimeException.class, () -> producer.setDeliveryDelay(-5));
    }

    @Test
    void aReceivedMessageIsReadOnlyForTheProducersProperties() {
        producer.send(topic, "a");
        Message received = consumer.receiveNoWait();

        assertThrows(
                MessageNotWriteableRuntimeException.class,
                () -> producer.setProperty("a", 1).send(topic, received));
    }

    @Test
    void badSendsAreRefused() {
        assertThrows(MessageFormatRuntimeException.class, () -> producer.send(topic, (Message) null));
        assertThrows(InvalidDestinationRuntimeException.class, () -> producer.send(null, "a"));
        assertThrows(JMSRuntimeException.class, () -> producer.send(context.createQueue("q"), "a"));
        assertThrows(InvalidDestinationRuntimeException.class, () -> context.createConsumer(null));
        assertThrows(IllegalStateRuntimeException.class, () -> context.createDurableConsumer(topic, "n"));
        assertThrows(IllegalStateRuntimeException.class, context::commit);
        assertThrows(IllegalStateRuntimeException.class, context::rollback);
        assertThrows(InvalidDestinationRuntimeException.class, () -> context.unsubscribe("n"));
    }

    @Test
    void anAsynchronousProducerTellsItsListener() throws Exception {
        BlockingQueue<Message> completed = new LinkedBlockingQueue<>();
        CompletionListener listener = new CompletionListener() {
            @Override
            public void onCompletion(Message message) {
                completed.add(message);
            }

            @Override
            public void onException(Message message, Exception exception) {
                throw new AssertionError(exception);
            }
        };
        assertSame(listener, producer.setAsync(listener).getAsync());

        producer.send(topic, "a");

        assertEquals("a", completed.take().getBody(String.class));
        assertEquals("a", consumer.receiveBodyNoWait(String.class));
    }

    @Test
    void aListenerCannotCloseOrStopItsOwnContext() throws Exception {
        BlockingQueue<Object> outcomes = new LinkedBlockingQueue<>();
        consumer.setMessageListener(message -> {
            for (Runnable call : List.<Runnable>of(context::close, context::stop)) {
                try {
                    call.run();
                    outcomes.add("fine");
                } catch (RuntimeException e) {
                    outcomes.add(e);
                }
            }
        });
        assertThat(consumer.getMessageListener()).isNotNull();

        try (JMSContext sender = provider.factory().createContext()) {
            sender.createProducer().send(topic, "a");
        }

        assertInstanceOf(IllegalStateRuntimeException.class, outcomes.take());
        assertInstanceOf(IllegalStateRuntimeException.class, outcomes.take());
    }

    @Test
    void theClientIdCanBeSetFirstThing() {
        try (JMSContext own = provider.factory().createContext()) {
            assertNull(own.getClientID());
            own.setClientID("desk-7");
            assertEquals("desk-7", own.getClientID());
            assertThrows(IllegalStateRuntimeException.class, () -> own.setClientID("desk-8"));
        }
        assertThrows(IllegalStateRuntimeException.class, () -> context.setClientID("too-late"));
    }

    @Test
    void aClosedContextRefusesEverythingButClose() {
        context.close();
        context.close();
        consumer.close();

        assertThat(List.<Runnable>of(
                        () -> context.createProducer(),
                        () -> context.createConsumer(topic),
                        () -> context.createTopic("t"),
                        () -> context.createTextMessage(),
                        context::acknowledge,
                        context::recover,
                        context::start,
                        context::stop,
                        context::getClientID,
                        context::getMetaData,
                        context::getExceptionListener,
                        context::getAutoStart,
                        () -> context.setAutoStart(true),
                        context::getSessionMode,
                        context::getTransacted,
                        () -> producer.send(topic, "a"),
                        () -> producer.send(topic, (Message) null),
                        consumer::receive,
                        consumer::receiveNoWait,
                        () -> consumer.receiveBodyNoWait(String.class)))
                .allSatisfy(call -> assertThrows(IllegalStateRuntimeException.class, call::run));
    }
}
