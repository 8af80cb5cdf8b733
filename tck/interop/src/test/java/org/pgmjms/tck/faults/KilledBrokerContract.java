package org.pgmjms.tck.faults;

import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.tck.faults.program.StoreProgram;
import org.pgmjms.tck.kit.LabProcess;

/** A companion broker in a JVM of its own that a test kills and starts again, and connections that use it. */
abstract class KilledBrokerContract {
    static final Duration PATIENCE = Duration.ofMinutes(4);
    static final long SOON_MS = 60_000;

    /** What is closed after the test, in this order. */
    final List<AutoCloseable> open = new ArrayList<>();
    /** What exception listeners of connections were told. */
    final List<JMSException> told = new CopyOnWriteArrayList<>();

    StoreJvm jvm;
    LabProcess broker;

    @TempDir
    private Path dataDir;

    @BeforeEach
    void findAPort() throws IOException {
        jvm = new StoreJvm(dataDir);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    void startBroker() throws InterruptedException {
        broker = jvm.start(StoreProgram.class, jvm.listening(), "roles=broker");
        open.add(broker);
        broker.awaitLine("READY"::equals, PATIENCE);
    }

    static void kill(LabProcess victim) throws InterruptedException {
        victim.handle().destroyForcibly();
        victim.awaitExit(PATIENCE);
    }

    /** With topics that are kept below {@code kept.} only. */
    PgmConnectionFactory factory(String brokerUrl) {
        return configured(new PgmConnectionFactory(jvm.url()), brokerUrl);
    }

    static <F extends PgmConnectionFactory> F configured(F factory, String brokerUrl) {
        factory.setBrokerUrl(brokerUrl);
        factory.setBrokerTopics("kept.>");
        factory.setBrokerLinger("0");
        return factory;
    }

    Connection started(PgmConnectionFactory factory) throws JMSException {
        return started(factory.createConnection());
    }

    <C extends Connection> C started(C connection) throws JMSException {
        open.add(0, connection);
        connection.setExceptionListener(told::add);
        connection.start();
        return connection;
    }

    static String text(Message message) {
        try {
            return message.getBody(String.class);
        } catch (JMSException e) {
            return e.toString();
        }
    }

    /** Its text, JMSXDeliveryCount and JMSRedelivered. */
    static String delivery(Message message) {
        try {
            return text(message) + "/" + message.getIntProperty("JMSXDeliveryCount") + "/"
                    + message.getJMSRedelivered();
        } catch (JMSException e) {
            return e.toString();
        }
    }

    static void send(Session session, MessageProducer producer, String text) throws JMSException {
        producer.send(session.createTextMessage(text));
    }

    /** What is on the broker's queue for good. */
    List<String> left(String brokerUrl, String queue) throws JMSException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = factory(brokerUrl).createConnection()) {
            connection.start();
            Session session = connection.createSession();
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            for (Message message = consumer.receiveNoWait(); message != null; message = consumer.receiveNoWait()) {
                texts.add(text(message));
            }
        }
        return texts;
    }

    /** Kills the broker, and returns when it is there again and a connection has found that out. */
    void killAndReconnect(Connection connection) throws Exception {
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(session.createQueue("probe"));
        send(session, producer, "before");

        kill(broker);
        startBroker();

        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(JMSException.class).until(() -> {
            send(session, producer, "after");
            return true;
        });
    }
}
