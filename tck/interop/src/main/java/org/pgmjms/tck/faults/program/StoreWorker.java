package org.pgmjms.tck.faults.program;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.pgmjms.provider.PgmConnectionFactory;

/** Works on one connection after another: the next one when the companion broker of one has failed. One thread. */
abstract class StoreWorker implements Runnable {
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final String BROKER_FAILED = "PGM_3006";

    private final StoreLog log;
    private final String name;
    private final PgmConnectionFactory factory;
    private final BooleanSupplier isFinished;
    private volatile boolean isBroken;

    StoreWorker(StoreLog log, String name, PgmConnectionFactory factory, BooleanSupplier isFinished) {
        this.log = log;
        this.name = name;
        this.factory = factory;
        this.isFinished = isFinished;
    }

    final StoreLog log() {
        return log;
    }

    /** Whom lines are about; also its client identifier. */
    final String name() {
        return name;
    }

    /** Whether the work on this connection is to end. */
    final boolean isDone() {
        return isBroken || isFinished.getAsBoolean();
    }

    /** Works until {@link #isDone}. */
    abstract void work(Connection connection) throws JMSException;

    final Connection connect() throws JMSException {
        Connection connection = factory.createConnection();
        connection.setClientID(name);
        connection.setExceptionListener(this::told);
        connection.start();
        return connection;
    }

    @Override
    public final void run() {
        while (!isFinished.getAsBoolean()) {
            isBroken = false;
            try (Connection connection = connect()) {
                work(connection);
            } catch (JMSException e) {
                log.say("BROKEN " + name + " " + e.getErrorCode() + " " + e.getMessage());
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private void told(JMSException cause) {
        boolean isOfBroker = BROKER_FAILED.equals(cause.getErrorCode());
        log.say((isOfBroker ? "TOLD " : "ERROR ") + name + " " + cause.getErrorCode() + " " + cause.getMessage());
        isBroken = true;
    }
}
