package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.testing.Call;

/** Jakarta Messaging 3.1, section 8.3.2. */
class SharedSubscriptionTest extends JmsFixture {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Test
    void eachMessageGoesToOneConsumerWhoeverAsksFirst() throws Exception {
        MessageConsumer one = session.createSharedConsumer(topic, "shared");
        MessageConsumer two = provider.connection().createSession().createSharedConsumer(topic, "shared");

        send("a", "b", "c");

        assertEquals("a", text(two.receiveNoWait()));
        assertEquals("b", text(two.receiveNoWait()));
        assertEquals("c", text(one.receiveNoWait()));
        assertNull(one.receiveNoWait());
        assertNull(two.receiveNoWait());
        assertEquals("a", text(consumer.receiveNoWait()), "a subscription of its own gets everything");
    }

    @Test
    void differentNamesAreDifferentSubscriptions() throws Exception {
        MessageConsumer one = session.createSharedConsumer(topic, "one");
        MessageConsumer two = session.createSharedConsumer(topic, "two");

        send("a");

        assertEquals("a", text(one.receiveNoWait()));
        assertEquals("a", text(two.receiveNoWait()));
    }

    @Test
    void theClientIdentifierIsPartOfTheName() throws Exception {
        MessageConsumer unnamed = session.createSharedConsumer(topic, "shared");
        Session desk = provider.connection("jms.clientId=desk").createSession();
        MessageConsumer named = desk.createSharedConsumer(topic, "shared");
        MessageConsumer alsoNamed = desk.createSharedConsumer(topic, "shared");

        send("a", "b");

        assertEquals(List.of("a", "b"), drain(unnamed));
        assertEquals("a", text(named.receiveNoWait()));
        assertEquals("b", text(alsoNamed.receiveNoWait()));
    }

    @Test
    void aNameInUseTakesNoOtherTopicOrSelector() throws Exception {
        MessageConsumer one = session.createSharedConsumer(topic, "shared", "a > 1");

        assertThatThrownBy(() -> session.createSharedConsumer(session.createTopic("other"), "shared", "a > 1"))
                .isExactlyInstanceOf(JMSException.class)
                .hasMessageContaining("topic quotes.us on 239.192.0.1:7500, selector a > 1");
        assertThrows(JMSException.class, () -> session.createSharedConsumer(topic, "shared", "a > 2"));
        assertThrows(JMSException.class, () -> session.createSharedConsumer(topic, "shared"));
        one.close();

        assertNull(session.createSharedConsumer(topic, "shared").getMessageSelector());
    }

    @Test
    void aNameInUseTakesNoOtherChannel() throws Exception {
        session.createSharedConsumer(topic, "shared");
        Session elsewhere =
                provider.connection("jms.topics=quotes.us=239.192.0.9:7509").createSession();

        assertThrows(JMSException.class, () -> elsewhere.createSharedConsumer(topic, "shared"));
    }

    @Test
    void itSelects() throws Exception {
        MessageConsumer one = session.createSharedConsumer(topic, "shared", "n = 2");
        assertEquals("n = 2", one.getMessageSelector());
        for (int n : new int[] {1, 2, 3}) {
            TextMessage message = session.createTextMessage("m" + n);
            message.setIntProperty("n", n);
            producer.send(message);
        }

        Message only = one.receiveNoWait();
        assertEquals("m2", text(only));
        assertFalse(only.propertyExists("JMS_PGM_GapBefore"));
        assertNull(one.receiveNoWait());
    }

    @Test
    void aBadNameSelectorOrTopicIsRefused() throws Exception {
        assertThrows(JMSException.class, () -> session.createSharedConsumer(topic, null));
        assertThrows(JMSException.class, () -> session.createSharedConsumer(topic, " "));
        assertThrows(InvalidSelectorException.class, () -> session.createSharedConsumer(topic, "shared", "a >"));
        assertThrows(
                InvalidDestinationException.class,
                () -> session.createSharedConsumer(session.createTopic("quotes.>"), "shared"));
    }

    @Test
    void itEndsWithItsLastConsumer() throws Exception {
        PgmConnection other = provider.connection();
        MessageConsumer one = session.createSharedConsumer(topic, "shared");
        other.createSession().createSharedConsumer(topic, "shared");
        assertEquals(2, provider.network().subscriptions(), "one for the fixture, one for both");
        send("a");
        one.close();
        connection.close();
        assertEquals(1, provider.network().subscriptions(), "it outlives the connection that made it");
        Session another = other.createSession();
        MessageConsumer three = another.createSharedConsumer(topic, "shared");
        assertEquals("a", text(three.receiveNoWait()));
        another.createProducer(topic).send(another.createTextMessage("nobody takes it"));

        other.close();

        assertEquals(0, provider.network().subscriptions());
        assertEquals(0, provider.network().openLinks());
        Session fresh = provider.connection().createSession();
        assertNull(fresh.createSharedConsumer(topic, "shared").receiveNoWait());
    }

    @Test
    void listenersOfOneSessionTakeTurnsInTheOrderInWhichTheyWereMade() throws Exception {
        Session listening = provider.connection().createSession();
        for (String name : List.of("A", "B", "C")) {
            listening.createSharedConsumer(topic, "shared").setMessageListener(into(name));
        }

        send("1", "2", "3", "4", "5");

        List<String> got = take(5);
        assertEquals(List.of("A1", "B2", "C3", "A4", "B5"), got);
    }

    @Test
    void listenersOfSeveralConnectionsTakeTurns() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        listen("A", first);
        listen("B", second);
        send("1");
        assertEquals("A1", heard.take());

        send("2");

        assertEquals("B2", heard.take(), "A is busy and it is the turn of B");
        first.countDown();
        second.countDown();
    }

    @Test
    void aListenerThatHangsHoldsUpNobody() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        listen("hanging ", never);
        listen("B", new CountDownLatch(0));
        listen("C", new CountDownLatch(0));

        send("1");
        assertEquals("hanging 1", heard.take());
        for (int i = 2; i <= 100; i++) {
            send(Integer.toString(i));
        }

        List<String> got = take(99);
        assertThat(got).noneMatch(each -> each.startsWith("hanging")).doesNotHaveDuplicates();
        assertThat(got.stream().map(each -> each.substring(1))).contains("2", "50", "100");
        never.countDown();
    }

    @Test
    void aStoppedConnectionLeavesItsTurnsToOthers() throws Exception {
        PgmConnection stopped = provider.connection();
        stopped.createSession().createSharedConsumer(topic, "shared").setMessageListener(into("stopped "));
        provider.connection()
                .createSession()
                .createSharedConsumer(topic, "shared")
                .setMessageListener(into("B"));
        stopped.stop();

        send("1", "2", "3");

        assertEquals(List.of("B1", "B2", "B3"), take(3));
    }

    @Test
    void aSessionThatIsFullLeavesItsTurnsToOthers() throws Exception {
        PgmConnection bounded = provider.connection("jms.maxUnacknowledged=1");
        bounded.createSession(Session.CLIENT_ACKNOWLEDGE)
                .createSharedConsumer(topic, "shared")
                .setMessageListener(into("A"));
        provider.connection()
                .createSession()
                .createSharedConsumer(topic, "shared")
                .setMessageListener(into("B"));

        send("1", "2", "3", "4");

        // B may be heard before A, whose listener runs meanwhile.
        assertThat(take(4)).containsExactlyInAnyOrder("A1", "B2", "B3", "B4").containsSubsequence("B2", "B3", "B4");
    }

    @Test
    void manyListenersGetEveryMessageOnce() throws Exception {
        for (int i = 0; i < 4; i++) {
            provider.connection()
                    .createSession()
                    .createSharedConsumer(topic, "shared")
                    .setMessageListener(into(""));
        }
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            sent.add(Integer.toString(i));
            send(Integer.toString(i));
        }

        assertThat(take(1_000)).containsExactlyInAnyOrderElementsOf(sent);
        provider.close();
        assertTrue(heard.isEmpty());
    }

    @Test
    void everyMessageIsHeardOnceThoughConsumersComeAndGoAndConnectionsStop() throws Exception {
        int messages = 2_000;
        provider.connection()
                .createSession()
                .createSharedConsumer(topic, "shared")
                .setMessageListener(into(""));
        PgmConnection stopping = provider.connection();
        stopping.createSession().createSharedConsumer(topic, "shared").setMessageListener(into(""));
        PgmConnection changing = provider.connection();
        Call<Void> sending = Call.of(() -> {
            for (int i = 0; i < messages; i++) {
                send(Integer.toString(i));
            }
        });

        while (!sending.isDone()) {
            stopping.stop();
            Session passing = changing.createSession();
            MessageConsumer one = passing.createSharedConsumer(topic, "shared");
            one.setMessageListener(into(""));
            stopping.start();
            passing.createSharedConsumer(topic, "shared").setMessageListener(into(""));
            one.setMessageListener(null);
            one.close();
            passing.close();
        }

        assertThat(take(messages)).doesNotHaveDuplicates();
        provider.close();
        assertTrue(heard.isEmpty());
    }

    @Test
    void delayedMessagesWaitForTheirTime() throws Exception {
        MessageConsumer waiting = session.createSharedConsumer(topic, "shared");
        producer.setDeliveryDelay(1_000);
        send("later");
        assertNull(waiting.receiveNoWait());
        Call<Message> receive = new Call<>(waiting::receive);
        provider.clock().awaitParked(receive.thread());

        provider.clock().advance(Duration.ofMillis(1_000));

        assertEquals("later", text(receive.result()));
    }

    @Test
    void anExpiredMessagePassesTheGapOnToTheNext() throws Exception {
        MessageConsumer one = session.createSharedConsumer(topic, "shared");
        provider.network().loseNext(2);
        send("lost", "lost too");
        producer.setTimeToLive(1);
        send("expired");
        provider.clock().advance(Duration.ofMillis(2));
        producer.setTimeToLive(0);
        send("next");

        Message next = one.receiveNoWait();

        assertEquals("next", text(next));
        assertEquals(2, next.getLongProperty("JMS_PGM_GapBefore"));
    }

    @Test
    void aWaitingReceiveGetsWhatComes() throws Exception {
        MessageConsumer waiting = provider.connection().createSession().createSharedConsumer(topic, "shared");
        Call<Message> receive = new Call<>(waiting::receive);
        provider.clock().awaitParked(receive.thread());

        send("a");

        assertEquals("a", text(receive.result()));
    }

    @Test
    void recoveredMessagesGoBackToTheirPlacesAndToAnyConsumer() throws Exception {
        Session one = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        Session two = provider.connection().createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer ofOne = one.createSharedConsumer(topic, "shared");
        MessageConsumer ofTwo = two.createSharedConsumer(topic, "shared");
        send("a", "b", "c", "d");
        assertEquals("a", text(ofOne.receiveNoWait()));
        assertEquals("b", text(ofTwo.receiveNoWait()));
        assertEquals("c", text(ofOne.receiveNoWait()));

        two.recover();
        one.recover();

        Message again = ofTwo.receiveNoWait();
        assertEquals("a", text(again));
        assertTrue(again.getJMSRedelivered());
        assertEquals(2, deliveryCount(again));
        assertEquals(List.of("b", "c", "d"), drain(ofTwo));
    }

    @Test
    void aClosedSessionGivesBackWhatItHasNotAcknowledged() throws Exception {
        Session one = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer ofOne = one.createSharedConsumer(topic, "shared");
        MessageConsumer other = provider.connection().createSession().createSharedConsumer(topic, "shared");
        send("a", "b", "c");
        ofOne.receiveNoWait();
        ofOne.receiveNoWait();
        ofOne.close();
        assertEquals("c", text(other.receiveNoWait()));

        one.close();

        Message again = other.receiveNoWait();
        assertEquals("a", text(again));
        assertTrue(again.getJMSRedelivered());
        assertEquals("b", text(other.receiveNoWait()));
    }

    @Test
    void aRolledBackMessageIsWhoeverAsksFirsts() throws Exception {
        Session one = connection.createSession(Session.SESSION_TRANSACTED);
        Session two = provider.connection().createSession(Session.SESSION_TRANSACTED);
        MessageConsumer ofOne = one.createSharedConsumer(topic, "shared");
        MessageConsumer ofTwo = two.createSharedConsumer(topic, "shared");
        send("a", "b");
        ofOne.receiveNoWait();
        assertEquals("b", text(ofTwo.receiveNoWait()));

        one.rollback();

        Message again = ofTwo.receiveNoWait();
        assertEquals("a", text(again));
        assertEquals(2, deliveryCount(again));
        two.commit();
        two.rollback();
        assertNull(ofTwo.receiveNoWait());
        assertNull(ofOne.receiveNoWait());
    }

    @Test
    void aMessageThatAListenerRefusesMayGoToAnother() throws Exception {
        provider.connection()
                .createSession()
                .createSharedConsumer(topic, "shared")
                .setMessageListener(message -> {
                    heard.add("refused");
                    throw new IllegalArgumentException("on purpose");
                });
        provider.connection()
                .createSession()
                .createSharedConsumer(topic, "shared")
                .setMessageListener(into("B"));

        send("1");

        assertEquals("refused", heard.take());
        String next = heard.take();
        while (next.equals("refused")) {
            next = heard.take();
        }
        assertEquals("B1", next);
    }

    @Test
    void aLossIsReportedOnceAndBeforeTheMessageThatFollows() throws Exception {
        BlockingQueue<LossReport> reports = new LinkedBlockingQueue<>();
        PgmConnection other = provider.connection();
        connection.setLossListener(reports::add);
        other.setLossListener(reports::add);
        consumer.close();
        MessageConsumer one = session.createSharedConsumer(topic, "shared");
        MessageConsumer two = other.createSession().createSharedConsumer(topic, "shared");
        send("a");
        provider.network().loseNext(2);
        send("lost", "lost too", "b", "c");

        assertEquals("a", text(one.receiveNoWait()));
        Message second = two.receiveNoWait();
        assertEquals(2, second.getLongProperty("JMS_PGM_GapBefore"));
        assertFalse(one.receiveNoWait().propertyExists("JMS_PGM_GapBefore"));

        assertEquals(2, reports.take().count());
        provider.close();
        assertTrue(reports.isEmpty());
    }

    @Test
    void aFailedTransportIsToldToEachConnection() throws Exception {
        BlockingQueue<Object> failures = new LinkedBlockingQueue<>();
        PgmConnection other = provider.connection();
        other.setExceptionListener(failures::add);
        connection.setExceptionListener(failures::add);
        session.createSharedConsumer(topic, "shared");
        MessageConsumer two = other.createSession().createSharedConsumer(topic, "shared");

        provider.network().fail(new IOException("the cable is out"));

        assertThat((JMSException) failures.take()).hasMessageContaining("the cable is out");
        assertThat((JMSException) failures.take()).hasMessageContaining("the cable is out");
        assertThatThrownBy(two::receiveNoWait).hasMessageContaining("quotes.us");
    }

    @Test
    void contextsShareToo() throws Exception {
        try (JMSContext one = provider.factory().createContext();
                JMSContext two = provider.factory().createContext()) {
            var ofOne = one.createSharedConsumer(topic, "shared");
            var ofTwo = two.createSharedConsumer(topic, "shared", null);
            send("a", "b");

            assertEquals("a", ofOne.receiveBodyNoWait(String.class));
            assertEquals("b", ofTwo.receiveBodyNoWait(String.class));
            assertThrows(JMSRuntimeException.class, () -> one.createSharedConsumer(topic, ""));
        }
    }

    private void listen(String name, CountDownLatch go) throws JMSException {
        provider.connection()
                .createSession()
                .createSharedConsumer(topic, "shared")
                .setMessageListener(message -> {
                    try {
                        heard.add(name + text(message));
                        go.await();
                    } catch (JMSException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private jakarta.jms.MessageListener into(String name) {
        return message -> {
            try {
                heard.add(name + text(message));
            } catch (JMSException e) {
                throw new AssertionError(e);
            }
        };
    }

    private List<String> take(int count) throws InterruptedException {
        List<String> got = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            got.add(heard.take());
        }
        return got;
    }

    private static List<String> drain(MessageConsumer from) throws JMSException {
        List<String> texts = new ArrayList<>();
        for (Message next = from.receiveNoWait(); next != null; next = from.receiveNoWait()) {
            texts.add(text(next));
        }
        return texts;
    }
}
