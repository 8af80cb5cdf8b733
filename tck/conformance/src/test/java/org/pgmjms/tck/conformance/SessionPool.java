package org.pgmjms.tck.conformance;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.ServerSession;
import jakarta.jms.ServerSessionPool;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** What an application server has: sessions with a listener each, which are run by threads of its own. */
final class SessionPool implements ServerSessionPool, AutoCloseable {
    private final BlockingQueue<ServerSession> idle = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<List<String>> loads = new CopyOnWriteArrayList<>();

    /** A session of the pool, and what it gets in one run. */
    private final class Pooled implements ServerSession {
        private final Session session;
        private volatile List<String> load = new ArrayList<>();

        Pooled(Session session) {
            this.session = session;
        }

        @Override
        public Session getSession() {
            return session;
        }

        @Override
        public void start() {
            threads.execute(() -> {
                session.run();
                if (!load.isEmpty()) {
                    loads.add(load);
                }
                load = new ArrayList<>();
                idle.add(this);
            });
        }
    }

    /** Puts a session into the pool, whose messages go to these deliveries. */
    SessionPool with(Session session, Deliveries deliveries) throws JMSException {
        Pooled pooled = new Pooled(session);
        session.setMessageListener(message -> {
            pooled.load.add(textOf(message));
            deliveries.onMessage(message);
        });
        idle.add(pooled);
        return this;
    }

    /** Puts something into the pool that is no session of the provider. */
    SessionPool withForeign(Session session) {
        idle.add(new Pooled(session));
        return this;
    }

    private static String textOf(Message message) {
        try {
            return JmsContract.text(message);
        } catch (JMSException e) {
            return e.toString();
        }
    }

    @Override
    public ServerSession getServerSession() throws JMSException {
        try {
            return idle.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JMSException("interrupted");
        }
    }

    /** What was delivered in each run that is over. */
    List<List<String>> loads() {
        return loads;
    }

    /** How many sessions wait for something to do. */
    int idle() {
        return idle.size();
    }

    /** Ends the threads; what still runs is ended by the close of its connection. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
