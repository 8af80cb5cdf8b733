package org.pgmjms.provider;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.provider.client.PgmConnection;

/** A session's thread receives by itself while it has nothing to deliver; whatever its listener does, others receive. */
class ReceivingSessionTest {
    private static final int MESSAGES = 2_000;
    private static final int ROUNDS = 150;
    private static final String URL = "epgm://lo;239.192.91.26:17626";
    private static final String LOSSY = URL + "?pgm.simulatedLoss=10,seed=7";

    private static Connection connect(String url) throws JMSException {
        return new PgmConnectionFactory(url).createConnection();
    }

    private static void send(Session session, int from, int to) throws JMSException {
        try (MessageProducer producer = session.createProducer(session.createTopic("quotes"))) {
            for (int i = from; i < to; i++) {
                Message message = session.createMessage();
                message.setIntProperty("number", i);
                producer.send(message);
            }
        }
    }

    private static MessageConsumer consumer(Session session) throws JMSException {
        return session.createConsumer(session.createTopic("quotes"));
    }

    private static void awaitAll(BlockingQueue<Message> heard, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            assertThat(heard.take().getIntProperty("number")).isEqualTo(i);
        }
    }

    @Test
    void aListenerThatBlocksHoldsUpNeitherRepairsNorOthers() throws Exception {
        BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        BlockingQueue<Message> heardByOther = new LinkedBlockingQueue<>();
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (Connection subscriber = connect(LOSSY);
                Connection publisher = connect(URL)) {
            Session session = subscriber.createSession();
            consumer(session).setMessageListener(message -> {
                heard.add(message);
                if (heard.size() == 10) {
                    blocked.countDown();
                    awaitUninterruptibly(released);
                }
            });
            subscriber.start();
            Session sending = publisher.createSession();
            send(sending, 0, 100);
            blocked.await();

            Session other = subscriber.createSession();
            consumer(other).setMessageListener(heardByOther::add);
            send(sending, 100, MESSAGES);

            awaitAllFrom(heardByOther, MESSAGES);
            assertThat(((PgmConnection) subscriber).statistics().get("receiver.repaired"))
                    .isPositive();
            assertThat(heard).hasSize(10);
            released.countDown();
            awaitAll(heard, 0, MESSAGES);
        }
    }

    /** Waits for the last one; without a gap behind the first, which may be any. */
    private static void awaitAllFrom(BlockingQueue<Message> heard, int end) throws Exception {
        int next = heard.take().getIntProperty("number") + 1;
        awaitAll(heard, next, end);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aListenerCanOpenAndCloseConsumersOfItsSession() throws Exception {
        BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        CompletableFuture<Integer> moved = new CompletableFuture<>();
        try (Connection subscriber = connect(URL + "?pgm.linger=1s");
                Connection publisher = connect(URL)) {
            Session session = subscriber.createSession();
            MessageConsumer first = consumer(session);
            first.setMessageListener(message -> {
                try {
                    first.close();
                    consumer(session).setMessageListener(heard::add);
                    moved.complete(message.getIntProperty("number"));
                } catch (JMSException e) {
                    moved.completeExceptionally(e);
                }
            });
            subscriber.start();
            Session sending = publisher.createSession();
            send(sending, 0, 1);

            assertThat(moved.get()).isZero();
            send(sending, 1, 100);

            awaitAll(heard, 1, 100);
        }
    }

    /** What one of the changing consumers hears. */
    private record Ear(Session session, MessageConsumer consumer, BlockingQueue<Message> heard) {}

    @Seeds(fresh = 4)
    void everyListenerHearsEverythingWhoeverComesAndGoes(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<Ear> ears = new ArrayList<>();
        try (Connection subscriber = connect(LOSSY);
                Connection publisher = connect(URL)) {
            Session sending = publisher.createSession();
            List<Session> sessions = new ArrayList<>();
            subscriber.start();
            for (int round = 0; round < ROUNDS; round++) {
                change(random, subscriber, sessions, ears);
                int burst = 1 + random.nextInt(20);
                send(sending, round * 100, round * 100 + burst);
                for (Ear ear : ears) {
                    awaitAll(ear.heard(), round * 100, round * 100 + burst);
                }
            }
        }
    }

    private static void change(SplittableRandom random, Connection subscriber, List<Session> sessions, List<Ear> ears)
            throws JMSException {
        switch (random.nextInt(8)) {
            case 0 -> sessions.add(subscriber.createSession());
            case 1, 2 -> {
                if (!sessions.isEmpty() && ears.size() < 4) {
                    Session session = sessions.get(random.nextInt(sessions.size()));
                    Ear ear = new Ear(session, consumer(session), new LinkedBlockingQueue<>());
                    ear.consumer().setMessageListener(ear.heard()::add);
                    ears.add(ear);
                }
            }
            case 3 -> {
                if (!ears.isEmpty()) {
                    ears.remove(random.nextInt(ears.size())).consumer().close();
                }
            }
            case 4 -> {
                if (!sessions.isEmpty()) {
                    Session closing = sessions.remove(random.nextInt(sessions.size()));
                    ears.removeIf(ear -> ear.session().equals(closing));
                    closing.close();
                }
            }
            case 5 -> {
                subscriber.stop();
                subscriber.start();
            }
            default -> {
                // several bursts for the same
            }
        }
    }
}
