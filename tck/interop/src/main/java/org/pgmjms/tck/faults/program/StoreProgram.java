package org.pgmjms.tck.faults.program;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.pgmjms.provider.PgmConnectionFactory;

/**
 * Has a companion broker in its JVM, sends to queues and to a kept topic, or receives from them, until told to
 * {@code finish}; or takes all that is there. It says before and after each step what is about to happen and what has
 * happened:
 *
 * <pre>
 *   READY                              FINISHED
 *   SENDING 1.plain.7@queue.auto ...   SENT ...              what one call stores
 *   OPEN topic.client                                        a consumer is there
 *   GOT topic.client 1.plain.8@topic 2 true                  and the JMSXDeliveryCount, and JMSRedelivered
 *   ACKNOWLEDGING topic.client ...     ACKNOWLEDGED ...      what one call acknowledges or commits
 *   TOLD topic.client PGM_3006                               by the ExceptionListener
 *   BROKEN topic.client ...                                  the connection is of no use any more
 *   EMPTY topic.client                                       nothing more was there
 * </pre>
 */
public final class StoreProgram {
    /** How many consumers it has that receives. */
    public static final int CONSUMERS = 2 * StoreReceiver.MODES.size();

    /** Milliseconds between two sends with which receivers that are killed now and then keep up. */
    public static final int PAUSE_MS = 50;

    /** Where messages go: a queue for each mode in which there is a consumer, and the topic, for all of them. */
    static final List<String> PLACES = Stream.concat(
                    StoreReceiver.MODES.stream().map(mode -> "queue." + mode), Stream.of(StoreReceiver.TOPIC))
            .toList();

    private static final String DEAD_LETTERS = "DLQ";

    private final StoreLog log = new StoreLog();
    private final Words words;
    private final PgmConnectionFactory factory;
    private final CountDownLatch finish = new CountDownLatch(1);

    private StoreProgram(Words words) {
        this.words = words;
        this.factory = new PgmConnectionFactory(words.text("url"));
        factory.setBrokerUrl(words.text("broker"));
    }

    /**
     * Arguments: url, broker, roles (several of broker, send, receive, drain, with commas), life (makes senders' names
     * unique), pause (milliseconds between two sends); {@code name=value}.
     */
    public static void main(String[] arguments) throws JMSException, InterruptedException {
        new StoreProgram(new Words(List.of(arguments))).run();
    }

    private void run() throws JMSException, InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> log.say("ERROR " + thread + " " + cause));
        Commands.listen((command, rest) -> finish.countDown());
        List<String> roles = List.of(words.text("roles").split(","));
        if (roles.contains("drain")) {
            drain();
        } else {
            try (Connection connection = factory.createConnection()) {
                if (roles.contains("broker")) {
                    Session session = connection.createSession();
                    session.createConsumer(session.createQueue(DEAD_LETTERS)).close();
                }
                log.say("READY");
                work(roles);
            }
        }
        log.say("FINISHED");
    }

    private void work(List<String> roles) throws InterruptedException {
        List<StoreWorker> workers = new ArrayList<>();
        if (roles.contains("send")) {
            for (boolean isTransacted : List.of(false, true)) {
                workers.add(sender(isTransacted));
            }
        }
        if (roles.contains("receive")) {
            workers.addAll(receivers());
        }
        List<Thread> threads = workers.stream().map(Thread::new).toList();
        threads.forEach(Thread::start);
        finish.await();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private StoreSender sender(boolean isTransacted) {
        return new StoreSender(
                log, words.text("life"), words.number("pause", PAUSE_MS), isTransacted, factory, this::isFinished);
    }

    private List<StoreReceiver> receivers() {
        return StoreReceiver.MODES.stream()
                .flatMap(mode -> Stream.of("queue." + mode, StoreReceiver.TOPIC)
                        .map(place -> new StoreReceiver(log, place, mode, factory, this::isFinished)))
                .toList();
    }

    private void drain() throws JMSException {
        List<StoreReceiver> receivers = new ArrayList<>(receivers());
        receivers.add(new StoreReceiver(log, DEAD_LETTERS, StoreReceiver.CLIENT, factory, this::isFinished));
        for (StoreReceiver receiver : receivers) {
            receiver.drain();
        }
    }

    private boolean isFinished() {
        return finish.getCount() == 0;
    }
}
