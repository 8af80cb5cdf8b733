package org.pgmjms.provider.client;

import jakarta.jms.CompletionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * Calls completion listeners, in the order of the sends, on the connection's completion thread. Jakarta Messaging 3.1,
 * section 7.3. Safe for any thread.
 */
final class Completions {
    private final SerialLane lane;
    private volatile @Nullable PgmMessageProducer running;

    Completions(SerialLane lane) {
        this.lane = lane;
    }

    /** A message is about to be sent: a close waits from here on, and none has begun. */
    void begin(PgmMessageProducer producer) throws JMSException {
        if (!producer.session().openSends().tryBegin()) {
            throw JmsExceptions.closed("session");
        }
        if (!producer.openSends().tryBegin()) {
            producer.session().openSends().end();
            throw JmsExceptions.closed("producer");
        }
    }

    /** What was begun is over: the listener has been told, or never will be as the send threw an exception. */
    void end(PgmMessageProducer producer) {
        producer.openSends().end();
        producer.session().openSends().end();
    }

    /** The message has been sent; its listener is still to be told. */
    void onSent(PgmMessageProducer producer, Message message, CompletionListener listener) {
        lane.execute(() -> {
            running = producer;
            try {
                listener.onCompletion(message);
            } finally {
                running = null;
                end(producer);
            }
        });
    }

    /** Whether a task of the completion thread is what calls. */
    boolean isCurrent() {
        return lane.isCurrent();
    }

    /** Refuses a call that would wait for the completion listener that makes it, or for one that comes after it. */
    void refuseWaiting(PgmMessageProducer producer) throws JMSException {
        refuse(producer.equals(running) || producer.openSends().any());
    }

    /** Waits until all listeners of a session have returned. */
    void awaitAll(PgmSession session) throws JMSException {
        refuseWaiting(session);
        session.openSends().awaitNone();
    }

    /** The same for all producers of a session. */
    void refuseWaiting(PgmSession session) throws JMSException {
        PgmMessageProducer current = running;
        refuse(current != null
                && (current.session().equals(session) || session.openSends().any()));
    }

    /** Refuses a call that any completion listener makes. */
    void refuseOwn() throws JMSException {
        refuse(running != null);
    }

    private void refuse(boolean ifCurrent) throws JMSException {
        if (ifCurrent && lane.isCurrent()) {
            throw JmsExceptions.illegalState(
                    "A CompletionListener cannot close, commit or roll back what has to wait for it");
        }
    }

    /** Ends the thread, once every listener has been told. */
    void close(long deadlineNs) {
        lane.close(deadlineNs);
    }
}
