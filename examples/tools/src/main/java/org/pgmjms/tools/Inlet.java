package org.pgmjms.tools;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TransactionRolledBackException;
import java.io.PrintWriter;
import org.pgmjms.provider.loss.LossNotifier;
import org.pgmjms.provider.loss.LossPolicy;
import org.pgmjms.provider.loss.MessageLossException;

/** Receives from a topic or a queue, and does what the policy says about losses; with {@code rollback} a transaction for each message. */
final class Inlet {
    private final LossPolicy policy;
    private final Session session;
    private final MessageConsumer consumer;
    private final PrintWriter err;
    private boolean stopped;

    /** Makes what is received with. */
    @FunctionalInterface
    interface Making {
        MessageConsumer in(Session session) throws JMSException;
    }

    /** Receives what the consumer that is made gets. */
    Inlet(Connection connection, Making making, PrintWriter err) throws JMSException {
        this.err = err;
        policy = ((LossNotifier) connection).getLossPolicy();
        session = connection.createSession(
                policy == LossPolicy.ROLLBACK ? Session.SESSION_TRANSACTED : Session.AUTO_ACKNOWLEDGE);
        consumer = making.in(session);
    }

    /** The next message, or null when none came in time, or a loss did instead. */
    Message receive(long waitMs) throws JMSException {
        try {
            Message message = consumer.receive(waitMs);
            if (session.getTransacted() && message != null) {
                session.commit();
            }
            return message;
        } catch (MessageLossException | TransactionRolledBackException e) {
            err.println("pgmjms: " + Failures.describe(e));
            stopped = policy == LossPolicy.STOP;
            return null;
        }
    }

    /** Whether a loss has ended the consumer. */
    boolean isStopped() {
        return stopped;
    }
}
