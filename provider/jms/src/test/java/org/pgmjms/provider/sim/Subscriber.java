package org.pgmjms.provider.sim;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.provider.client.PgmConnection;
import org.pgmjms.provider.loss.LossListener;
import org.pgmjms.provider.loss.LossNotifier;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;

/** A process with one connection and a consumer of each topic, by listeners or by {@code receive}. */
final class Subscriber {
    private final SimulatedProcess process;
    private final PgmConnection connection;
    private final List<MessageConsumer> consumers = new ArrayList<>();
    private final List<TopicLog> logs = new ArrayList<>();
    private final boolean fromFirst;
    private int expirations;

    Subscriber(SimNetwork network, String name, String options, boolean listening, boolean fromFirst)
            throws JMSException {
        this(
                new SimulatedProcess(network, name),
                IntStream.range(0, Run.TOPICS).mapToObj(Run::topic).toList(),
                options,
                listening,
                fromFirst);
    }

    /** Of these topics. */
    Subscriber(SimulatedProcess process, List<String> topics, String options, boolean listening, boolean fromFirst)
            throws JMSException {
        this.fromFirst = fromFirst;
        this.process = process;
        connection = process.connection(options);
        connection.setLossListener(new Events());
        Session session = connection.createSession();
        for (String topic : topics) {
            TopicLog log = new TopicLog(process.name() + " " + topic);
            MessageConsumer consumer = session.createConsumer(session.createTopic(topic));
            ((LossNotifier) consumer).setLossListener(log);
            if (listening) {
                consumer.setMessageListener(message -> Run.orFail(() -> log.onMessage(message)));
            }
            consumers.add(consumer);
            logs.add(log);
        }
    }

    /** Counts the silences. */
    private final class Events implements LossListener {
        @Override
        public void onLoss(LossReport report) {
            // the consumers' logs have it
        }

        @Override
        public void onSource(SourceEvent event) {
            if (event.kind() == SourceEvent.Kind.EXPIRED) {
                expirations++;
            }
        }
    }

    SimulatedProcess process() {
        return process;
    }

    /** Waits for a message of a topic; the world goes on meanwhile. */
    void receive(int topic, long timeoutMillis) throws JMSException {
        Message message = consumers.get(topic).receive(timeoutMillis);
        if (message != null) {
            logs.get(topic).onMessage(message);
        }
    }

    /** Takes what is there; whether there was anything. */
    boolean receiveAll() throws JMSException {
        boolean any = false;
        for (int topic = 0; topic < consumers.size(); topic++) {
            for (Message next = consumers.get(topic).receiveNoWait();
                    next != null;
                    next = consumers.get(topic).receiveNoWait()) {
                logs.get(topic).onMessage(next);
                any = true;
            }
        }
        return any;
    }

    /** A number of its transports. */
    long counted(String name) {
        return connection.statistics().getOrDefault(name, 0L);
    }

    void close() throws JMSException {
        connection.close();
    }

    List<TopicLog> logs() {
        return logs;
    }

    boolean fromFirst() {
        return fromFirst;
    }

    int expirations() {
        return expirations;
    }
}
