package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.ConnectionConsumer;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.ServerSession;
import jakarta.jms.ServerSessionPool;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.MessageLossException;
import org.pgmjms.provider.testing.Call;

/** Connection consumers on the group, step by step: the test is the pool and runs its sessions. Section 11.2. */
class ConnectionConsumerTest extends JmsFixture {
    private static final long POLL_MS = 5;

    private final BlockingQueue<Served> offered = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<Served> started = new LinkedBlockingQueue<>();
    private final BlockingQueue<Exception> told = new LinkedBlockingQueue<>();
    private final List<String> heard = new ArrayList<>();
    private ConnectionConsumer connectionConsumer;
    private Then then = (own, message) -> {};

    /** What the listener of a session does with a message that was heard. */
    @FunctionalInterface
    private interface Then {
        void on(Session own, Message message) throws JMSException;
    }

    /** A session of the pool, which the test runs. */
    private record Served(PgmSession session, boolean refuses, BlockingQueue<Served> started) implements ServerSession {
        @Override
        public Session getSession() {
            return session;
        }

        @Override
        public void start() throws JMSException {
            if (refuses) {
                throw new JMSException("no thread");
            }
            started.add(this);
        }
    }

    @Override
    String options() {
        return "jms.redelivery.max=2";
    }

    @BeforeEach
    void openConsumer() throws JMSException {
        consumer.close();
        connection.setExceptionListener(told::add);
        connectionConsumer = connection.createConnectionConsumer(topic, null, this::await, 3);
    }

    /** Whatever waits in the pool may go. */
    @AfterEach
    void endPool() throws JMSException {
        offered.add(served(Session.AUTO_ACKNOWLEDGE));
    }

    private ServerSession await() throws JMSException {
        try {
            asked.add("for a session");
            return offered.take();
        } catch (InterruptedException e) {
            throw new JMSException(e.toString());
        }
    }

    private Served served(int mode) throws JMSException {
        return served(mode, false);
    }

    private Served served(int mode, boolean refuses) throws JMSException {
        PgmSession own = (PgmSession) connection.createSession(mode);
        own.setMessageListener(message -> hear(own, message));
        return new Served(own, refuses, started);
    }

    private void hear(Session own, Message message) {
        try {
            String gap = message.propertyExists("JMS_PGM_GapBefore")
                    ? "+" + message.getLongProperty("JMS_PGM_GapBefore")
                    : "";
            heard.add(text(message) + deliveryCount(message) + gap);
            then.on(own, message);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    /** Offers a session, and runs it once it was loaded. */
    private void serve(Served served) throws InterruptedException {
        offered.add(served);
        runNext();
    }

    /** The next session that was started, after any pauses. */
    private Served nextStarted() throws InterruptedException {
        Served next = started.poll();
        while (next == null) {
            provider.clock().advance(Duration.ofSeconds(1));
            next = started.poll(POLL_MS, TimeUnit.MILLISECONDS);
        }
        return next;
    }

    private void runNext() throws InterruptedException {
        nextStarted().session().run();
    }

    private static void fail() {
        throw new IllegalArgumentException("on purpose");
    }

    @Test
    void aLossIsToldAndKeepsItsPlaceInTheStream() throws Exception {
        send("a");
        provider.network().loseNext(2);
        send("b", "c", "d");

        serve(served(Session.AUTO_ACKNOWLEDGE));

        assertThat(heard).containsExactly("a1", "d1+2");
        assertEquals(
                2,
                assertInstanceOf(MessageLossException.class, told.take())
                        .getReport()
                        .count());
    }

    @Test
    void whatIsGivenUpIsAToldLossBeforeTheNextMessage() throws Exception {
        then = (own, message) -> {
            if (text(message).equals("a")) {
                fail();
            }
        };
        send("a");
        Served only = served(Session.AUTO_ACKNOWLEDGE);
        serve(only);
        send("b");
        serve(only);

        assertThat(heard).containsExactly("a1", "a2", "a3", "b1+1");
        MessageLossException loss = assertInstanceOf(MessageLossException.class, told.take());
        assertEquals(LossCause.REDELIVERY_EXHAUSTED, loss.getReport().cause());
    }

    @Test
    void whatATransactionGotTooOftenIsGivenUp() throws Exception {
        then = (own, message) -> {
            if (text(message).equals("a")) {
                own.rollback();
            }
        };
        send("a", "b");

        serve(served(Session.SESSION_TRANSACTED));

        assertThat(heard).startsWith("a1", "a2", "a3").last().isEqualTo("b1+1");
        assertInstanceOf(MessageLossException.class, told.take());
    }

    @Test
    void recoverBeginsWithTheOldestOfTheSessionsMessages() throws Exception {
        then = (own, message) -> {
            if (text(message).equals("b") && deliveryCount(message) == 1) {
                own.recover();
            }
        };
        Served only = served(Session.CLIENT_ACKNOWLEDGE);
        send("a");
        serve(only);
        send("b");

        serve(only);

        assertThat(heard).containsExactly("a1", "b1", "a2", "b2");
    }

    @Test
    void whatASessionHasNotAcknowledgedGoesToAnotherWhenItCloses() throws Exception {
        Served first = served(Session.CLIENT_ACKNOWLEDGE);
        send("a", "b");
        serve(first);

        first.session().close();
        Served second = served(Session.CLIENT_ACKNOWLEDGE);
        while (heard.size() < 4) {
            serve(second);
        }

        assertThat(heard).startsWith("a1", "b1").containsOnlyOnce("a2", "b2");
    }

    @Test
    void whatASessionWasLoadedWithGoesToAnotherWhenItClosesBeforeItRuns() throws Exception {
        Served first = served(Session.AUTO_ACKNOWLEDGE);
        send("a");
        offered.add(first);
        Served loaded = nextStarted();

        first.session().close();
        loaded.session().run();
        serve(served(Session.AUTO_ACKNOWLEDGE));

        assertThat(heard).containsExactly("a1");
    }

    @Test
    void aStoppedConnectionsSessionGivesBackWhatItWasLoadedWith() throws Exception {
        Served first = served(Session.AUTO_ACKNOWLEDGE);
        send("a");
        offered.add(first);
        Served loaded = nextStarted();

        connection.stop();
        loaded.session().run();
        assertThat(heard).isEmpty();
        connection.start();
        serve(first);

        assertThat(heard).containsExactly("a1");
    }

    @Test
    void aServerSessionThatCannotStartIsToldAndCostsNoMessage() throws Exception {
        send("a");
        offered.add(served(Session.AUTO_ACKNOWLEDGE, true));
        assertThat(told.take()).hasMessage("no thread");

        serve(served(Session.AUTO_ACKNOWLEDGE));

        assertThat(heard).containsExactly("a1");
    }

    @Test
    void aSessionWithoutAListenerIsToldAndCostsNoMessage() throws Exception {
        send("a");
        offered.add(new Served((PgmSession) connection.createSession(), false, started));
        assertThat(told.take()).isInstanceOf(IllegalStateException.class).hasMessageContaining("no message listener");

        serve(served(Session.AUTO_ACKNOWLEDGE));

        assertThat(heard).containsExactly("a1");
    }

    @Test
    void aPoolThatFailsIsTold() throws Exception {
        connectionConsumer.close();
        ServerSessionPool failing = () -> {
            throw new UnsupportedOperationException("on purpose");
        };
        connection.createConnectionConsumer(topic, null, failing, 1);

        send("a");

        assertThat(told.take()).isInstanceOf(IllegalStateException.class).hasMessageContaining("on purpose");
    }

    @Test
    void closingWaitsForNeitherThePoolNorTheListeners() throws Exception {
        send("a", "b");
        Served busy = served(Session.AUTO_ACKNOWLEDGE);
        offered.add(busy);
        Served loaded = nextStarted();
        send("c");

        connectionConsumer.close();
        loaded.session().run();

        assertThat(heard).startsWith("a1");
        assertEquals(0, provider.network().subscriptions());
        assertThatThrownBy(connectionConsumer::getServerSessionPool).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aServerSessionThatComesAfterTheCloseIsStartedWithNothing() throws Exception {
        send("a");
        asked.take();

        connectionConsumer.close();
        serve(served(Session.AUTO_ACKNOWLEDGE));

        assertThat(heard).isEmpty();
    }

    @Test
    void stopWaitsForTheListener() throws Exception {
        BlockingQueue<String> steps = new LinkedBlockingQueue<>();
        then = (own, message) -> {
            steps.add("in");
            Call<Void> stopping = Call.of(connection::stop).awaitBlocked();
            steps.add(stopping.isDone() ? "stopped too early" : "out");
        };
        send("a");

        serve(served(Session.AUTO_ACKNOWLEDGE));

        assertThat(steps).containsExactly("in", "out");
        assertTrue(told.isEmpty());
    }

    @Test
    void aListenerCannotCloseItsConnection() throws Exception {
        List<Exception> refused = new ArrayList<>();
        then = (own, message) -> {
            for (Call.Action call : List.<Call.Action>of(connection::close, connection::stop, own::close)) {
                try {
                    call.run();
                } catch (Exception e) {
                    refused.add(e);
                }
            }
        };
        send("a");

        serve(served(Session.AUTO_ACKNOWLEDGE));

        assertThat(refused).hasSize(3).allSatisfy(e -> assertThat(e).isInstanceOf(IllegalStateException.class));
    }
}
