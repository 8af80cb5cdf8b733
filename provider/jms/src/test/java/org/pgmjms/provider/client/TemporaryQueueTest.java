package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.testing.Call;

/** Jakarta Messaging 3.1, sections 4.1.5 to 4.1.7 and 6.2.2. */
class TemporaryQueueTest extends JmsFixture {
    private TemporaryQueue queue;
    private MessageProducer toQueue;

    @BeforeEach
    void makeQueue() throws JMSException {
        queue = session.createTemporaryQueue();
        toQueue = session.createProducer(queue);
    }

    @Test
    void itKeepsMessagesWhileThereIsNoConsumer() throws Exception {
        put("a", "b");

        MessageConsumer late = session.createConsumer(queue);

        Message first = late.receiveNoWait();
        assertEquals("a", text(first));
        assertEquals(queue, first.getJMSDestination());
        assertEquals("b", text(late.receiveNoWait()));
        assertNull(late.receiveNoWait());
    }

    @Test
    void itHasJoinedItsChannelBeforeItIsReturned() throws Exception {
        int before = provider.network().subscriptions();

        session.createTemporaryQueue();

        assertEquals(before + 1, provider.network().subscriptions());
    }

    @Test
    void whatOneConsumerLeftTheNextOneGets() throws Exception {
        put("a", "b", "c");
        MessageConsumer first = session.createConsumer(queue);
        assertEquals("a", text(first.receiveNoWait()));
        first.close();

        assertEquals(List.of("b", "c"), drain(session.createConsumer(queue)));
    }

    @Test
    void consumersOfSeveralSessionsCompete() throws Exception {
        MessageConsumer one = session.createConsumer(queue);
        MessageConsumer two = connection.createSession().createConsumer(queue);
        put("a", "b", "c");

        assertEquals("a", text(one.receiveNoWait()));
        assertEquals("b", text(two.receiveNoWait()));
        assertEquals("c", text(one.receiveNoWait()));
        assertNull(two.receiveNoWait());
    }

    @Test
    void eachMessageGoesToOneListener() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        for (int i = 0; i < 3; i++) {
            connection.createSession().createConsumer(queue).setMessageListener(message -> heard.add(textOf(message)));
        }

        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sent.add("m" + i);
            put("m" + i);
        }

        List<String> got = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            got.add(heard.take());
        }
        assertThat(got).containsExactlyInAnyOrderElementsOf(sent);
        connection.close();
        assertTrue(heard.isEmpty());
    }

    @Test
    void aWaitingReceiveGetsWhatComes() throws Exception {
        MessageConsumer waiting = session.createConsumer(queue);
        Call<Message> receive = new Call<>(waiting::receive);
        provider.clock().awaitParked(receive.thread());

        Session other = provider.connection().createSession();
        other.createProducer(queue).send(other.createTextMessage("a"));

        assertEquals("a", text(receive.result()));
    }

    @Test
    void aSelectorLeavesTheRestToOthers() throws Exception {
        MessageConsumer choosy = session.createConsumer(queue, "colour = 'red'");
        MessageConsumer other = connection.createSession().createConsumer(queue);
        for (String colour : List.of("blue", "red", "green", "red")) {
            TextMessage message = session.createTextMessage(colour);
            message.setStringProperty("colour", colour);
            toQueue.send(message);
        }

        assertEquals("red", text(choosy.receiveNoWait()));
        assertEquals("blue", text(other.receiveNoWait()));
        assertEquals("red", text(choosy.receiveNoWait()));
        assertNull(choosy.receiveNoWait());
        assertEquals("green", text(other.receiveNoWait()));
        assertNull(other.receiveNoWait());
    }

    @Test
    void aSelectorSeesAgainWhatWasPutBack() throws Exception {
        Session recovering = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer holding = recovering.createConsumer(queue);
        MessageConsumer choosy = session.createConsumer(queue, "colour = 'red'");
        TextMessage red = session.createTextMessage("red");
        red.setStringProperty("colour", "red");
        toQueue.send(red);
        put("plain");
        holding.receiveNoWait();
        assertNull(choosy.receiveNoWait());

        recovering.recover();

        assertEquals("red", text(choosy.receiveNoWait()));
    }

    @Test
    void noLocalCountsForQueuesToo() throws Exception {
        MessageConsumer others = session.createConsumer(queue, null, true);
        put("own");
        Session other = provider.connection().createSession();
        other.createProducer(queue).send(other.createTextMessage("theirs"));

        assertEquals("theirs", text(others.receiveNoWait()));
        assertEquals("own", text(session.createConsumer(queue).receiveNoWait()));
    }

    @Test
    void recoveredMessagesComeAgainInTheirPlaces() throws Exception {
        Session one = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Session two = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer ofOne = one.createConsumer(queue);
        MessageConsumer ofTwo = two.createConsumer(queue);
        put("a", "b", "c", "d");
        assertEquals("a", text(ofOne.receiveNoWait()));
        assertEquals("b", text(ofTwo.receiveNoWait()));
        assertEquals("c", text(ofOne.receiveNoWait()));

        one.recover();
        two.recover();

        Message again = ofTwo.receiveNoWait();
        assertEquals("a", text(again));
        assertTrue(again.getJMSRedelivered());
        assertEquals(2, deliveryCount(again));
        assertEquals(List.of("b", "c", "d"), drain(ofTwo));
    }

    @Test
    void aClosedSessionGivesBackWhatItHasNotAcknowledged() throws Exception {
        Session one = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer ofOne = one.createConsumer(queue);
        put("a", "b", "c");
        ofOne.receiveNoWait().acknowledge();
        ofOne.receiveNoWait();

        one.close();

        MessageConsumer next = session.createConsumer(queue);
        Message again = next.receiveNoWait();
        assertEquals("b", text(again));
        assertTrue(again.getJMSRedelivered());
        assertEquals("c", text(next.receiveNoWait()));
    }

    @Test
    void aRollbackGivesBackAndACommitDoesNot() throws Exception {
        Session one = connection.createSession(Session.SESSION_TRANSACTED);
        MessageConsumer ofOne = one.createConsumer(queue);
        put("a", "b");
        ofOne.receiveNoWait();
        one.commit();
        ofOne.receiveNoWait();
        one.rollback();
        ofOne.close();

        assertEquals(List.of("b"), drain(session.createConsumer(queue)));
    }

    @Test
    void aListenerThatThrowsGetsTheMessageAgain() throws Exception {
        BlockingQueue<Integer> counts = new LinkedBlockingQueue<>();
        put("a");
        session.createConsumer(queue).setMessageListener(message -> {
            try {
                counts.add(deliveryCount(message));
                if (deliveryCount(message) < 3) {
                    throw new IllegalArgumentException("on purpose");
                }
            } catch (JMSException e) {
                throw new AssertionError(e);
            }
        });

        assertEquals(List.of(1, 2, 3), List.of(counts.take(), counts.take(), counts.take()));
    }

    @Test
    void higherPriorityComesFirst() throws Exception {
        toQueue.setPriority(1);
        put("low 1", "low 2");
        toQueue.setPriority(9);
        put("high 1", "high 2");
        toQueue.setPriority(4);
        put("usual");

        assertEquals(List.of("high 1", "high 2", "usual", "low 1", "low 2"), drain(session.createConsumer(queue)));
    }

    @Test
    void expiredMessagesAreNotDelivered() throws Exception {
        toQueue.setTimeToLive(10);
        put("short");
        toQueue.setTimeToLive(0);
        put("long");
        provider.clock().advance(Duration.ofMillis(11));

        assertEquals(List.of("long"), drain(session.createConsumer(queue)));
    }

    @Test
    void aBrowserLooksWithoutTaking() throws Exception {
        put("a", "b");
        toQueue.setTimeToLive(10);
        put("expired");
        provider.clock().advance(Duration.ofMillis(11));
        QueueBrowser browser = session.createBrowser(queue);
        put("c");

        assertEquals(queue, browser.getQueue());
        assertNull(browser.getMessageSelector());
        assertEquals(List.of("a", "b"), browse(browser).subList(0, 2));
        Message first = (Message) browser.getEnumeration().nextElement();
        assertEquals(queue, first.getJMSDestination());
        assertFalse(first.getJMSRedelivered());
        browser.close();
        assertThrows(IllegalStateException.class, browser::getEnumeration);
        assertThrows(IllegalStateException.class, browser::getQueue);

        toQueue.setTimeToLive(0);
        assertEquals(
                List.of("a", "b", "c").subList(0, 2),
                drain(session.createConsumer(queue)).subList(0, 2));
    }

    @Test
    void aBrowserMaySelect() throws Exception {
        put("plain");
        TextMessage red = session.createTextMessage("red");
        red.setStringProperty("colour", "red");
        toQueue.send(red);

        QueueBrowser browser = session.createBrowser(queue, "colour = 'red'");

        assertEquals("colour = 'red'", browser.getMessageSelector());
        assertEquals(List.of("red"), browse(browser));
        assertThrows(InvalidSelectorException.class, () -> session.createBrowser(queue, "colour ="));
    }

    @Test
    void anEmptyQueueBrowsesAsEmpty() throws Exception {
        assertFalse(session.createBrowser(queue).getEnumeration().hasMoreElements());
    }

    @Test
    void onlyItsConnectionConsumesAndBrowses() throws Exception {
        Session other = provider.connection().createSession();

        assertThrows(InvalidDestinationException.class, () -> other.createConsumer(queue));
        assertThrows(InvalidDestinationException.class, () -> other.createBrowser(queue));
        assertThrows(
                InvalidDestinationException.class, () -> other.createConsumer(other.createTopic(queue.getQueueName())));
    }

    @Test
    void itCannotBeDeletedWhileItHasAConsumer() throws Exception {
        MessageConsumer open = session.createConsumer(queue);

        assertThatThrownBy(queue::delete)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(queue.getQueueName());
        open.close();
        queue.delete();

        assertThrows(InvalidDestinationException.class, () -> put("a"));
        assertThrows(InvalidDestinationException.class, () -> session.createConsumer(queue));
        assertThrows(InvalidDestinationException.class, () -> session.createBrowser(queue));
        assertDoesNotThrow(queue::delete);
        assertEquals(1, provider.network().subscriptions(), "the fixture's own");
    }

    @Test
    void itEndsWithItsConnection() throws Exception {
        put("a");

        connection.close();

        assertEquals(0, provider.network().subscriptions());
        assertDoesNotThrow(queue::delete);
    }

    @Test
    void delayedMessagesWaitForTheirTime() throws Exception {
        MessageConsumer own = session.createConsumer(queue);
        toQueue.setDeliveryDelay(1_000);
        put("later");
        toQueue.setDeliveryDelay(0);
        put("now");

        assertEquals(List.of("now"), browse(session.createBrowser(queue)));
        assertEquals(List.of("now"), drain(own));
        Call<Message> receive = new Call<>(own::receive);
        provider.clock().awaitParked(receive.thread());
        provider.clock().advance(Duration.ofMillis(1_000));

        assertEquals("later", text(receive.result()));
    }

    @Test
    void consumersWithAndWithoutSelectorsGetEverythingOnceWhileItIsBeingFilled() throws Exception {
        int messages = 3_000;
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        for (String selector : new String[] {"n < 1000", "n >= 1000 AND n < 2000", null}) {
            Session own = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
            own.createConsumer(queue, selector).setMessageListener(message -> {
                try {
                    if (deliveryCount(message) == 1 && message.getIntProperty("n") % 100 == 0) {
                        own.recover();
                    } else {
                        heard.add(text(message));
                        message.acknowledge();
                    }
                } catch (JMSException e) {
                    throw new AssertionError(e);
                }
            });
        }
        for (int i = 0; i < messages; i++) {
            TextMessage message = session.createTextMessage("m" + i);
            message.setIntProperty("n", (i * 7) % messages);
            toQueue.send(message);
        }

        List<String> got = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            got.add(heard.take());
        }
        assertThat(got).doesNotHaveDuplicates();
        connection.close();
        assertTrue(heard.isEmpty());
    }

    @Test
    void aRollbackAfterItsDeletionHarmsNobody() throws Exception {
        Session own = connection.createSession(Session.SESSION_TRANSACTED);
        MessageConsumer receiver = own.createConsumer(queue);
        put("a");
        assertEquals("a", text(receiver.receiveNoWait()));
        receiver.close();
        queue.delete();

        assertDoesNotThrow(own::rollback);
        assertDoesNotThrow(own::close);
    }

    @Test
    void aContextMakesAndUsesThem() throws Exception {
        try (JMSContext context = provider.factory().createContext()) {
            TemporaryQueue own = context.createTemporaryQueue();
            context.createProducer().send(own, "a").send(own, "b");

            assertTrue(context.createBrowser(own).getEnumeration().hasMoreElements());
            assertEquals("a", context.createConsumer(own).receiveBodyNoWait(String.class));
        }
    }

    private void put(String... texts) throws JMSException {
        for (String text : texts) {
            toQueue.send(session.createTextMessage(text));
        }
    }

    private static List<String> drain(MessageConsumer consumer) throws JMSException {
        List<String> texts = new ArrayList<>();
        for (Message next = consumer.receiveNoWait(); next != null; next = consumer.receiveNoWait()) {
            texts.add(text(next));
        }
        return texts;
    }

    private static List<String> browse(QueueBrowser browser) throws JMSException {
        List<String> texts = new ArrayList<>();
        Enumeration<?> waiting = browser.getEnumeration();
        while (waiting.hasMoreElements()) {
            texts.add(text((Message) waiting.nextElement()));
        }
        return texts;
    }

    private static String textOf(Message message) {
        try {
            return text(message);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }
}
