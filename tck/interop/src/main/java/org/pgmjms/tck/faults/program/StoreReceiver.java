package org.pgmjms.tck.faults.program;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.pgmjms.provider.PgmConnectionFactory;

/**
 * Takes messages from one place by a listener in an AUTO_ACKNOWLEDGE session, or several at a time in a
 * CLIENT_ACKNOWLEDGE or transacted one. One thread and one listener.
 */
final class StoreReceiver extends StoreWorker {
    /** The kept topic, with a durable subscription for each mode. */
    static final String TOPIC = "topic";
    /** A mode: AUTO_ACKNOWLEDGE with a listener. */
    static final String AUTO = "auto";
    /** A mode: CLIENT_ACKNOWLEDGE. */
    static final String CLIENT = "client";
    /** All modes. */
    static final List<String> MODES = List.of(AUTO, CLIENT, "transacted");

    private static final long WAIT_MS = 100;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int MOST_AT_ONCE = 4;

    private final String place;
    private final String mode;
    private int rounds;

    /** The name is what it takes from: a place and a mode. */
    StoreReceiver(StoreLog log, String place, String mode, PgmConnectionFactory factory, BooleanSupplier isFinished) {
        super(log, place.equals(TOPIC) ? TOPIC + "." + mode : place, factory, isFinished);
        this.place = place;
        this.mode = mode;
    }

    static Destination destination(Session session, String place) throws JMSException {
        return place.equals(TOPIC) ? session.createTopic(place) : session.createQueue(place);
    }

    @Override
    void work(Connection connection) throws JMSException {
        switch (mode) {
            case AUTO -> listen(connection);
            case CLIENT -> receive(connection.createSession(Session.CLIENT_ACKNOWLEDGE));
            default -> receive(connection.createSession(Session.SESSION_TRANSACTED));
        }
    }

    /** That the next message comes says that the one before was acknowledged. */
    private void listen(Connection connection) throws JMSException {
        MessageConsumer consumer = consumer(connection.createSession(Session.AUTO_ACKNOWLEDGE));
        List<String> last = new ArrayList<>();
        consumer.setMessageListener(message -> {
            try {
                if (!last.isEmpty()) {
                    log().say("ACKNOWLEDGED " + name(), last);
                    last.clear();
                }
                last.add(got(message));
                log().say("ACKNOWLEDGING " + name(), last);
            } catch (JMSException e) {
                log().say("ERROR " + name() + " " + e);
            }
        });
        while (!isDone()) {
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private void receive(Session session) throws JMSException {
        MessageConsumer consumer = consumer(session);
        List<String> messages = new ArrayList<>();
        while (!isDone()) {
            Message message = consumer.receive(WAIT_MS);
            if (message != null) {
                messages.add(got(message));
                if (messages.size() > rounds % MOST_AT_ONCE) {
                    rounds++;
                    acknowledge(session, message, messages);
                }
            }
        }
    }

    /** Takes all that is there, and returns. */
    void drain() throws JMSException {
        try (Connection connection = connect()) {
            Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
            MessageConsumer consumer = consumer(session);
            for (Message message = consumer.receiveNoWait(); message != null; message = consumer.receiveNoWait()) {
                acknowledge(session, message, new ArrayList<>(List.of(got(message))));
            }
            log().say("EMPTY " + name());
        }
    }

    private MessageConsumer consumer(Session session) throws JMSException {
        Destination from = destination(session, place);
        MessageConsumer consumer =
                from instanceof Topic topic ? session.createDurableConsumer(topic, mode) : session.createConsumer(from);
        log().say("OPEN " + name());
        return consumer;
    }

    private String got(Message message) throws JMSException {
        String id = message.getBody(String.class);
        log().say("GOT " + name() + " " + id + " " + message.getIntProperty("JMSXDeliveryCount") + " "
                + message.getJMSRedelivered());
        return id;
    }

    private void acknowledge(Session session, Message last, List<String> messages) throws JMSException {
        log().say("ACKNOWLEDGING " + name(), messages);
        if (session.getTransacted()) {
            session.commit();
        } else {
            last.acknowledge();
        }
        log().say("ACKNOWLEDGED " + name(), messages);
        messages.clear();
    }
}
