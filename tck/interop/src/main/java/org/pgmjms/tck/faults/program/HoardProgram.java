package org.pgmjms.tck.faults.program;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.pgmjms.provider.PgmConnectionFactory;

/**
 * Takes messages of a topic, then opens channels until one is refused for want of file descriptors, keeps them until it is
 * told anything, and closes them. The first channel has to go on meanwhile, and another one to open afterwards.
 */
public final class HoardProgram {
    private static final long RECEIVE_MS = 10_000;
    private static final int SOME = 100;
    private static final int MOST = 1000;
    private static final int FIRST_PORT = 7600;

    private final Words words;
    private final CountDownLatch released = new CountDownLatch(1);
    private long received;
    private long gaps;
    private long last = -1;

    private HoardProgram(Words words) {
        this.words = words;
    }

    /** Arguments: url, topic; {@code name=value}. Goes on after any command. */
    public static void main(String[] arguments) throws JMSException, InterruptedException {
        new HoardProgram(new Words(List.of(arguments))).run();
    }

    private void run() throws JMSException, InterruptedException {
        Commands.listen((command, rest) -> released.countDown());
        List<Connection> hoard = new ArrayList<>();
        List<Connection> afterwards = new ArrayList<>();
        try (Connection first = new PgmConnectionFactory(words.text("url")).createConnection()) {
            MessageConsumer consumer = consumer(first);
            take(consumer, SOME);
            while (hoard.size() < MOST && opensAnother(hoard)) {
                take(consumer, 1);
            }
            System.out.println("REFUSED");
            received = 0;
            while (released.getCount() > 0) {
                take(consumer, 1);
            }
            close(hoard);
            opensAnother(afterwards);
            take(consumer, SOME);
            close(afterwards);
        }
        System.out.printf(
                Locale.ROOT,
                "HOARDED opened=%d received=%d gaps=%d again=%d%n",
                hoard.size(),
                received,
                gaps,
                afterwards.size());
        Memory.awaitNothingLeft();
        System.out.printf(Locale.ROOT, "LEFT threads=%d sockets=%d%n", Memory.threads(), Memory.sockets());
    }

    private MessageConsumer consumer(Connection connection) throws JMSException {
        Session session = connection.createSession();
        MessageConsumer consumer = session.createConsumer(session.createTopic(words.text("topic")));
        connection.start();
        return consumer;
    }

    /** Takes messages, which have to follow one another. */
    private void take(MessageConsumer consumer, int count) throws JMSException {
        for (int i = 0; i < count; i++) {
            Message message = consumer.receive(RECEIVE_MS);
            if (message == null) {
                System.out.println("ERROR no message came");
                return;
            }
            received++;
            long number = message.getLongProperty("JMS_PGM_Sequence");
            if (last >= 0 && number != last + 1) {
                gaps++;
            }
            last = number;
        }
    }

    /** Opens a channel of another port, if the system lets it. */
    private boolean opensAnother(List<Connection> hoard) throws JMSException {
        String url = words.text("url").replace(":7500", ":" + (FIRST_PORT + hoard.size()));
        Connection connection = new PgmConnectionFactory(url).createConnection();
        try {
            consumer(connection);
        } catch (JMSException refused) {
            System.out.println("TOLD " + refused);
            connection.close();
            return false;
        }
        hoard.add(connection);
        return true;
    }

    private static void close(List<Connection> connections) throws JMSException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
