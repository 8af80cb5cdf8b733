package org.pgmjms.provider.interleaving;

import jakarta.jms.CompletionListener;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TransactionRolledBackException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A session, what belongs to it, and what of its transaction is open. Used by one thread, or by its listeners. */
final class SessionUse {
    private final Sends sends;
    private final ConnectionUse connection;
    private final Session session;
    private final int number;
    private final int mode;
    private final AtomicInteger sent = new AtomicInteger();
    private final List<Sent> uncommitted = new CopyOnWriteArrayList<>();
    private final List<ConsumerUse> consumers = new CopyOnWriteArrayList<>();
    private volatile boolean listening;

    SessionUse(Sends sends, ConnectionUse connection, int number, int mode) throws JMSException {
        this.sends = sends;
        this.connection = connection;
        this.number = number;
        this.mode = mode;
        this.session = connection.connection().createSession(mode);
    }

    ConnectionUse connection() {
        return connection;
    }

    Session session() {
        return session;
    }

    int number() {
        return number;
    }

    boolean isTransacted() {
        return mode == Session.SESSION_TRANSACTED;
    }

    List<ConsumerUse> consumers() {
        return consumers;
    }

    /** Whether the session belongs to its listeners. */
    boolean isListening() {
        return listening;
    }

    void listens() {
        listening = true;
    }

    void send(String place, Destination to, boolean async) throws JMSException {
        Sent message = sends.add(new Sent(place, connection.number(), number, sent.incrementAndGet()));
        message.begins(sends.nextTicket());
        try (MessageProducer producer = session.createProducer(to)) {
            if (isTransacted()) {
                producer.send(of(message));
                uncommitted.add(message);
            } else if (async) {
                sends.openCompletions().incrementAndGet();
                send(producer, message);
            } else {
                producer.send(of(message));
                message.ends(Sent.Fate.ARRIVES);
            }
        }
    }

    private void send(MessageProducer producer, Sent message) throws JMSException {
        try {
            producer.send(of(message), new Completion(message));
        } catch (JMSException | RuntimeException e) {
            sends.openCompletions().decrementAndGet();
            throw e;
        }
    }

    private Message of(Sent message) throws JMSException {
        Message encoded = session.createTextMessage(message.text());
        encoded.setBooleanProperty("even", message.isEven());
        return encoded;
    }

    void commit() throws JMSException {
        List<Sent> all = List.copyOf(uncommitted);
        uncommitted.removeAll(all);
        all.forEach(message -> message.begins(sends.nextTicket()));
        try {
            session.commit();
            all.forEach(message -> message.ends(Sent.Fate.ARRIVES));
        } catch (TransactionRolledBackException e) {
            all.forEach(message -> message.ends(Sent.Fate.NEVER_ARRIVES));
        }
    }

    void rollback() throws JMSException {
        forgetTransaction();
        session.rollback();
    }

    /** What was not committed never will be. */
    void forgetTransaction() {
        uncommitted.forEach(message -> message.ends(Sent.Fate.NEVER_ARRIVES));
        uncommitted.clear();
    }

    private final class Completion implements CompletionListener {
        private final Sent message;

        Completion(Sent message) {
            this.message = message;
        }

        @Override
        public void onCompletion(Message completed) {
            message.ends(Sent.Fate.ARRIVES);
            sends.openCompletions().decrementAndGet();
        }

        @Override
        public void onException(Message failed, Exception cause) {
            sends.openCompletions().decrementAndGet();
        }
    }
}
