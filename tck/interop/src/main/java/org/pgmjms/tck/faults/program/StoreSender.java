package org.pgmjms.tck.faults.program;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.pgmjms.provider.PgmConnectionFactory;

/** Sends numbered PERSISTENT messages to all places in turn: each for itself, or several in a transaction. One thread. */
final class StoreSender extends StoreWorker {
    private static final int TRANSACTION = 3;

    private final boolean isTransacted;
    private final long pauseNs;
    private int number;

    /** The life tells it from those of other JVMs. */
    StoreSender(
            StoreLog log,
            String life,
            int pauseMs,
            boolean isTransacted,
            PgmConnectionFactory factory,
            BooleanSupplier isFinished) {
        super(log, life + (isTransacted ? ".commit" : ".plain"), factory, isFinished);
        this.isTransacted = isTransacted;
        this.pauseNs = TimeUnit.MILLISECONDS.toNanos(pauseMs);
    }

    /** Sends nothing before the broker is there. */
    @Override
    void work(Connection connection) throws JMSException {
        Session session =
                connection.createSession(isTransacted ? Session.SESSION_TRANSACTED : Session.AUTO_ACKNOWLEDGE);
        session.createBrowser(session.createQueue(StoreProgram.PLACES.get(0))).close();
        MessageProducer producer = session.createProducer(null);
        producer.setDeliveryMode(DeliveryMode.PERSISTENT);
        while (!isDone()) {
            send(session, producer);
            LockSupport.parkNanos(pauseNs);
        }
    }

    private void send(Session session, MessageProducer producer) throws JMSException {
        List<String> unit = new ArrayList<>();
        for (int i = 0; i < (isTransacted ? TRANSACTION : 1); i++) {
            unit.add(name() + "." + ++number + "@" + StoreProgram.PLACES.get(number % StoreProgram.PLACES.size()));
        }
        log().say("SENDING", unit);
        for (String message : unit) {
            String place = message.substring(message.indexOf('@') + 1);
            producer.send(StoreReceiver.destination(session, place), session.createTextMessage(message));
        }
        if (isTransacted) {
            session.commit();
        }
        log().say("SENT", unit);
    }
}
