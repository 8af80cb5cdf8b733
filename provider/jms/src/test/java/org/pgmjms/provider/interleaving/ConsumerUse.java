package org.pgmjms.provider.interleaving;

import jakarta.jms.Destination;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.TextMessage;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** A consumer, what it got, and what its listener does. */
final class ConsumerUse implements MessageListener {
    /** Which messages it gets. */
    enum Kind {
        ALL,
        EVEN,
        NOT_OF_ITS_CONNECTION,
        /** Those that no other consumer got. */
        SHARED
    }

    private static final int MOST_SENT = 3;

    private final SessionUse session;
    private final MessageConsumer consumer;
    private final Destination destination;
    private final String place;
    private final Kind kind;
    private final long since;
    private final Random random;
    /** What was delivered for the first time. */
    private final List<String> first = new CopyOnWriteArrayList<>();

    private volatile boolean listening;
    private volatile boolean closed;
    private int sentByListener;
    private volatile Throwable unexpected;

    /**
     * Of a consumer that was just made.
     *
     * @param since what began to be sent later has a higher ticket
     */
    ConsumerUse(SessionUse session, MessageConsumer consumer, Place place, Kind kind, long since, long seed) {
        this.session = session;
        this.consumer = consumer;
        this.destination = place.destination();
        this.place = place.name();
        this.kind = kind;
        this.since = since;
        this.random = new Random(seed);
    }

    MessageConsumer consumer() {
        return consumer;
    }

    SessionUse session() {
        return session;
    }

    String place() {
        return place;
    }

    Kind kind() {
        return kind;
    }

    long since() {
        return since;
    }

    List<String> first() {
        return first;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isListening() {
        return listening;
    }

    Throwable unexpected() {
        return unexpected;
    }

    /** Whether its filter accepts a message. */
    boolean wants(Sent sent) {
        return switch (kind) {
            case ALL, SHARED -> true;
            case EVEN -> sent.isEven();
            case NOT_OF_ITS_CONNECTION ->
                sent.connection() != session.connection().number();
        };
    }

    void close() throws JMSException {
        closed = true;
        consumer.close();
    }

    void listen() throws JMSException {
        session.listens();
        listening = true;
        try {
            consumer.setMessageListener(this);
        } catch (JMSException e) {
            listening = false;
            throw e;
        }
    }

    /** Whether there was a message; it is noted. */
    boolean take(Message message) throws JMSException {
        if (message != null && message.getIntProperty("JMSXDeliveryCount") == 1) {
            first.add(((TextMessage) message).getText());
        }
        return message != null;
    }

    @Override
    public void onMessage(Message message) {
        try {
            take(message);
            answer(message);
        } catch (JMSException e) {
            if (!Worker.isAllowed(e)) {
                unexpected = e;
            }
        }
    }

    private void answer(Message message) throws JMSException {
        int choice = random.nextInt(100);
        if (choice < 6) {
            throw new Refusal();
        } else if (choice < 9) {
            close();
        } else if (choice < 18 && sentByListener < MOST_SENT) {
            sentByListener++;
            session.send(place, destination, false);
        } else if (choice < 24) {
            message.acknowledge();
        } else if (choice < 40 && session.isTransacted()) {
            session.commit();
        } else if (choice < 44 && session.isTransacted()) {
            session.rollback();
        } else if (choice < 46 && !session.isTransacted()) {
            session.session().recover();
        } else if (choice < 48) {
            mustBeRefused(session.session()::close);
        } else if (choice < 50) {
            mustBeRefused(session.connection().connection()::close);
        }
    }

    /** A listener cannot close what waits for it. */
    private void mustBeRefused(AutoCloseable closing) {
        try {
            closing.close();
            unexpected = new AssertionError("a listener has closed " + closing);
        } catch (IllegalStateException expected) {
            return;
        } catch (Exception e) {
            unexpected = e;
        }
    }

    /** What a listener throws. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refusal() {
            super("not now", null, false, false);
        }
    }
}
