package org.pgmjms.provider.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.provider.testing.Call;

/** Corners of acknowledgement and recovery: Jakarta Messaging 3.1, sections 6.2.10, 6.2.11, 8.7 and 8.8. */
class RecoveryTest extends JmsFixture {

    @Override
    int mode() {
        return Session.CLIENT_ACKNOWLEDGE;
    }

    private void again(Session which) throws JMSException {
        if (which.getTransacted()) {
            which.rollback();
        } else {
            which.recover();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Session.SESSION_TRANSACTED, Session.CLIENT_ACKNOWLEDGE})
    void severalConsumersKeepTheirOrderOverManyRecoveries(int mode) throws JMSException {
        Session own = connection.createSession(mode);
        Topic[] topics = {own.createTopic("t0"), own.createTopic("t1"), own.createTopic("t2")};
        MessageConsumer[] consumers = new MessageConsumer[3];
        MessageProducer anonymous = connection.createSession().createProducer(null);
        for (int i = 0; i < 3; i++) {
            consumers[i] = own.createConsumer(topics[i]);
            for (int n = 0; n < 10; n++) {
                anonymous.send(topics[i], session.createTextMessage(i + ":" + n));
            }
        }
        for (int round = 1; round <= 10; round++) {
            for (int n = 0; n < round; n++) {
                for (int i = 0; i < 3; i++) {
                    Message message = consumers[i].receiveNoWait();
                    assertEquals(i + ":" + n, text(message));
                    assertEquals(round - n, deliveryCount(message));
                    assertEquals(round - n > 1, message.getJMSRedelivered());
                }
            }
            again(own);
        }
    }

    @Test
    void aClosedConsumersMessagesAreGoneAndTheOthersComeAgain() throws JMSException {
        MessageConsumer other = session.createConsumer(topic);
        send("a", "b");
        consumer.receiveNoWait();
        other.receiveNoWait();
        consumer.close();

        session.recover();

        assertEquals("a", text(other.receiveNoWait()));
        assertEquals("b", text(other.receiveNoWait()));
        assertNull(other.receiveNoWait());
    }

    @Test
    void anotherSessionIsNotTouched() throws JMSException {
        Session other = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer ofOther = other.createConsumer(topic);
        send("a");
        consumer.receiveNoWait().acknowledge();
        ofOther.receiveNoWait();

        session.recover();
        assertNull(consumer.receiveNoWait());
        other.recover();
        assertEquals(2, deliveryCount(ofOther.receiveNoWait()));
    }

    @Test
    void anyMessageOfTheSessionAcknowledgesEvenAfterRecover() throws JMSException {
        send("a", "b");
        Message first = consumer.receiveNoWait();
        session.recover();
        consumer.receiveNoWait();
        consumer.receiveNoWait();

        first.acknowledge();
        session.recover();

        assertNull(consumer.receiveNoWait());
    }

    @Test
    void recoverWithNothingDeliveredChangesNothing() throws JMSException {
        send("a");
        session.recover();
        Message message = consumer.receiveNoWait();
        assertFalse(message.getJMSRedelivered());
        message.acknowledge();
        session.recover();

        assertNull(consumer.receiveNoWait());
    }

    @Test
    void aMessageThatExpiredMeanwhileDoesNotComeAgain() throws JMSException {
        producer.setTimeToLive(100);
        send("a");
        producer.setTimeToLive(0);
        send("b");
        consumer.receiveNoWait();
        provider.clock().advance(Duration.ofMillis(101));

        session.recover();

        assertEquals("b", text(consumer.receiveNoWait()));
    }

    @Test
    void theDuplicatesOkModeAcknowledgesWhatWasReceived() throws JMSException {
        Session lazy = connection.createSession(Session.DUPS_OK_ACKNOWLEDGE);
        MessageConsumer own = lazy.createConsumer(topic);
        send("a", "b");
        own.receiveNoWait();
        lazy.recover();

        assertEquals("b", text(own.receiveNoWait()));
        assertEquals(Session.DUPS_OK_ACKNOWLEDGE, lazy.getAcknowledgeMode());
    }

    @Test
    void everyKindOfBodyComesAgainAsItWasSent() throws JMSException {
        MapMessage map = session.createMapMessage();
        map.setInt("i", 7);
        StreamMessage stream = session.createStreamMessage();
        stream.writeString("s");
        producer.send(map);
        producer.send(stream);
        MapMessage firstMap = (MapMessage) consumer.receiveNoWait();
        firstMap.clearBody();
        firstMap.setInt("i", 8);
        StreamMessage firstStream = (StreamMessage) consumer.receiveNoWait();
        assertEquals("s", firstStream.readString());
        firstStream.setJMSType("changed");

        session.recover();

        assertEquals(7, ((MapMessage) consumer.receiveNoWait()).getInt("i"));
        StreamMessage again = (StreamMessage) consumer.receiveNoWait();
        assertEquals("s", again.readString());
        assertNull(again.getJMSType());
    }

    @Test
    void whatArrivesWhileRecoveringComesAfterWhatComesAgain() throws JMSException {
        send("a", "b");
        consumer.receiveNoWait();
        consumer.receiveNoWait();
        session.recover();
        send("c");

        assertEquals("a", text(consumer.receiveNoWait()));
        session.recover();
        for (String expected : new String[] {"a", "b", "c"}) {
            assertEquals(expected, text(consumer.receiveNoWait()));
        }
    }

    @Test
    void aReplacedListenerGetsWhatComesAgain() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        CountDownLatch replaced = new CountDownLatch(1);
        consumer.setMessageListener(message -> {
            heard.add("first");
            try {
                session.recover();
                consumer.setMessageListener(again -> heard.add("second"));
                replaced.countDown();
            } catch (JMSException e) {
                throw new AssertionError(e);
            }
        });
        send("a");
        replaced.await();

        assertEquals("first", heard.take());
        assertEquals("second", heard.take());
    }

    @ParameterizedTest
    @ValueSource(ints = {Session.AUTO_ACKNOWLEDGE, Session.DUPS_OK_ACKNOWLEDGE})
    void aThrowingListenerDoesNotHoldUpAnotherOneForEver(int mode) throws Exception {
        Session own = connection.createSession(mode);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        connection.stop();
        own.createConsumer(topic).setMessageListener(message -> {
            heard.add("throws");
            throw new IllegalArgumentException("on purpose");
        });
        own.createConsumer(topic).setMessageListener(message -> heard.add("listens"));
        connection.start();
        send("a");
        List<String> all = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(heard.take());
        }

        assertEquals(7, all.stream().filter("throws"::equals).count());
        assertTrue(all.contains("listens"));
    }

    @Test
    void recoverWaitsForAListenerThatRuns() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        consumer.setMessageListener(message -> {
            try {
                entered.countDown();
                leave.await();
                heard.add(text(message) + deliveryCount(message));
            } catch (JMSException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        send("a");
        entered.await();
        Call<Void> recover = Call.of(session::recover).awaitBlocked();
        leave.countDown();
        recover.result();

        assertEquals("a1", heard.take());
        assertEquals("a2", heard.take());
    }

    @Test
    void aClosedSessionNeitherRecoversNorAcknowledges() throws JMSException {
        send("a");
        Message message = consumer.receiveNoWait();
        session.close();

        assertThrows(IllegalStateException.class, session::recover);
        assertThrows(IllegalStateException.class, session::acknowledge);
        assertThrows(IllegalStateException.class, message::acknowledge);
    }
}
