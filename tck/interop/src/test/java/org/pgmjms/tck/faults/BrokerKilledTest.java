package org.pgmjms.tck.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import jakarta.jms.TransactionRolledBackException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.tck.kit.LabProcess;

/** A companion broker that is killed while it is in use: what goes on, who is told, and what is there afterwards. */
class BrokerKilledTest extends KilledBrokerContract {
    private static final int SOME = 50;
    private static final int FEW = 4;
    private static final long PACE_NS = 1_000_000;
    private static final String BROKER_FAILED = "PGM_3006";

    private static List<String> collected(Session session, Topic topic) throws JMSException {
        List<String> texts = new CopyOnWriteArrayList<>();
        session.createConsumer(topic).setMessageListener(message -> texts.add(text(message)));
        return texts;
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private static void isOfBroker(Throwable refusal) {
        assertThat(((JMSException) refusal).getErrorCode()).isEqualTo(BROKER_FAILED);
    }

    @Test
    void topicsGoOnInMidStream() throws Exception {
        startBroker();
        Connection subscriber = started(factory(null));
        Session subscribing = subscriber.createSession();
        Topic fast = subscribing.createTopic("fast");
        Topic kept = subscribing.createTopic("kept.news");
        List<String> fromFast = collected(subscribing, fast);
        List<String> fromKept = collected(subscribing, kept);
        Connection publisher = started(factory(jvm.remote()));
        Session queueing = publisher.createSession();
        Queue queue = queueing.createQueue("orders");
        MessageConsumer waiting = queueing.createConsumer(queue);
        Session keeping = publisher.createSession();
        MessageProducer keeper = keeping.createProducer(kept);
        AtomicBoolean isDone = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        open.add(thread::shutdownNow);
        Session publishing = publisher.createSession();
        Future<Integer> published = thread.submit(() -> publishUntil(isDone, publishing, fast, fromFast));
        await().atMost(PATIENCE).until(() -> fromFast.size() > SOME);
        for (int i = 0; i < SOME; i++) {
            send(keeping, keeper, Integer.toString(i));
        }

        kill(broker);

        assertThatThrownBy(() -> send(keeping, keeper, "not kept")).satisfies(BrokerKilledTest::isOfBroker);
        assertThatThrownBy(() -> waiting.receive(SOON_MS)).satisfies(BrokerKilledTest::isOfBroker);
        assertThatThrownBy(() -> send(queueing, queueing.createProducer(queue), "lost"))
                .satisfies(BrokerKilledTest::isOfBroker);
        int sofar = fromFast.size();
        await().atMost(PATIENCE).until(() -> fromFast.size() > sofar + SOME);
        startBroker();
        Session again = publisher.createSession();
        send(again, again.createProducer(kept), Integer.toString(SOME));
        send(again, again.createProducer(queue), "after");
        assertThat(text(again.createConsumer(queue).receive(SOON_MS))).isEqualTo("after");
        isDone.set(true);
        int all = published.get();
        await().atMost(PATIENCE).until(() -> fromFast.size() >= all && fromKept.size() > SOME);
        assertThat(fromFast).isEqualTo(numbers(all));
        assertThat(fromKept).isEqualTo(numbers(SOME + 1));
        assertThat(told).singleElement().satisfies(BrokerKilledTest::isOfBroker);
    }

    /** Publishes numbers, not many more than have come. */
    private static int publishUntil(AtomicBoolean isDone, Session session, Topic topic, List<String> received)
            throws JMSException {
        MessageProducer producer = session.createProducer(topic);
        int count = 0;
        while (!isDone.get()) {
            if (count - received.size() < SOME) {
                send(session, producer, Integer.toString(count++));
            }
            LockSupport.parkNanos(PACE_NS);
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(strings = {MixedSessionProgram.TRANSACTED, "client"})
    void whatATopicsListenerEndsSaysNothingOfAQueuesMessageThatWaits(String mode) throws Exception {
        LabProcess program = jvm.start(MixedSessionProgram.class, jvm.embedded(), "mode=" + mode);
        open.add(program);
        program.awaitLine(MixedSessionProgram.DONE::equals, PATIENCE);

        kill(program);

        assertThat(left(jvm.embedded(), MixedSessionProgram.QUEUE)).containsExactly("second");
    }

    /** A connection that tries again for a while, with numbers in a queue of the same name as the connection. */
    private Connection reconnecting(String queue, String patience) throws JMSException {
        PgmConnectionFactory factory = factory(jvm.remote());
        factory.setBrokerReconnect(patience);
        Connection connection = started(factory);
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(session.createQueue(queue));
        for (int i = 0; i < FEW; i++) {
            send(session, producer, Integer.toString(i));
        }
        return connection;
    }

    private static List<String> deliveries(MessageConsumer consumer, int count) throws JMSException {
        List<String> deliveries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            deliveries.add(delivery(consumer.receive(SOON_MS)));
        }
        return deliveries;
    }

    @Test
    void aListenerGetsAgainAfterAReconnectWhatItHadInHand() throws Exception {
        startBroker();
        Connection connection = reconnecting("auto", "120s");
        Session session = connection.createSession();
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> got = new CopyOnWriteArrayList<>();
        session.createConsumer(session.createQueue("auto")).setMessageListener(message -> {
            got.add(delivery(message));
            await().atMost(PATIENCE).until(() -> goOn.getCount() == 0);
        });
        await().atMost(PATIENCE).until(() -> !got.isEmpty());

        killAndReconnect(connection);
        goOn.countDown();

        await().atMost(PATIENCE).until(() -> got.size() > FEW);
        connection.close();
        assertThat(got.get(0)).isEqualTo("0/1/false");
        assertThat(got.subList(1, got.size())).allMatch(delivery -> delivery.endsWith("/true"));
        assertThat(got.subList(1, got.size()))
                .extracting(delivery -> delivery.substring(0, 1))
                .containsExactlyElementsOf(numbers(FEW));
        assertThat(left(jvm.remote(), "auto")).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void anAcknowledgementAfterAReconnectIsRefusedAndTheMessagesComeAgain() throws Exception {
        startBroker();
        Connection connection = reconnecting("client", "120s");
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = session.createConsumer(session.createQueue("client"));
        assertThat(delivery(consumer.receive(SOON_MS))).isEqualTo("0/1/false");
        Message second = consumer.receive(SOON_MS);

        killAndReconnect(connection);

        assertThatThrownBy(second::acknowledge).isInstanceOf(TransactionRolledBackException.class);
        assertThat(deliveries(consumer, FEW - 1)).containsExactly("0/2/true", "1/2/true", "2/2/true");
        Message last = consumer.receive(SOON_MS);
        assertThat(delivery(last)).isEqualTo("3/2/true");
        last.acknowledge();
        connection.close();
        assertThat(left(jvm.remote(), "client")).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void aTransactionOverAReconnectIsRolledBackAndTheMessagesComeAgain() throws Exception {
        startBroker();
        Connection connection = reconnecting("transacted", "120s");
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = session.createConsumer(session.createQueue("transacted"));
        MessageProducer producer = session.createProducer(session.createQueue("out"));
        assertThat(delivery(consumer.receive(SOON_MS))).isEqualTo("0/1/false");
        send(session, producer, "rolled back");

        killAndReconnect(connection);

        assertThatThrownBy(session::commit).isInstanceOf(TransactionRolledBackException.class);
        assertThat(deliveries(consumer, FEW)).containsExactly("0/2/true", "1/2/true", "2/2/true", "3/2/true");
        send(session, producer, "committed");
        session.commit();
        connection.close();
        assertThat(left(jvm.remote(), "transacted")).isEmpty();
        assertThat(left(jvm.remote(), "out")).containsExactly("committed");
        assertThat(told).isEmpty();
    }

    @Test
    void aBrokerThatDoesNotComeBackInTimeIsToldOfOnce() throws Exception {
        startBroker();
        Session session = reconnecting("gone", "500ms").createSession();
        MessageConsumer consumer = session.createConsumer(session.createQueue("gone"));
        assertThat(delivery(consumer.receive(SOON_MS))).isEqualTo("0/1/false");

        kill(broker);

        await().atMost(PATIENCE).until(() -> !told.isEmpty());
        assertThatThrownBy(() -> consumer.receive(SOON_MS)).satisfies(BrokerKilledTest::isOfBroker);
        assertThat(told).singleElement().satisfies(BrokerKilledTest::isOfBroker);
    }
}
