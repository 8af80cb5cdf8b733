package org.pgmjms.provider.sim;

import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import org.pgmjms.engine.sim.SimNetwork;
import org.pgmjms.provider.client.PgmConnection;

/** A process that sends numbered messages to all topics. */
final class Publisher {
    private final SimulatedProcess process;
    private final String source;
    private final PgmConnection connection;
    private final Session session;
    private final List<MessageProducer> producers = new ArrayList<>();
    private final int[] sent = new int[Run.TOPICS];

    /** The number tells one publisher from another on the network. */
    Publisher(SimNetwork network, int number, String options) throws JMSException {
        process = new SimulatedProcess(network, "publisher" + number);
        String gsi = "1.2.3.4.5." + number;
        source = gsi + ".1000";
        connection = process.connection("pgm.gsi=" + gsi + "&pgm.sourcePort=1000&" + options);
        session = connection.createSession();
        for (int topic = 0; topic < Run.TOPICS; topic++) {
            producers.add(session.createProducer(session.createTopic(Run.topic(topic))));
        }
    }

    void send(int topic, int length) throws JMSException {
        sent[topic]++;
        producers.get(topic).send(session.createTextMessage(sent[topic] + " " + "x".repeat(length)));
    }

    void close() throws JMSException {
        connection.close();
    }

    /** What its session is called at receivers. */
    String source() {
        return source;
    }

    /** How many messages it has sent to a topic. */
    int sent(int topic) {
        return sent[topic];
    }

    SimulatedProcess process() {
        return process;
    }
}
