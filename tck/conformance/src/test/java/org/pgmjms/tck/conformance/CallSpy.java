package org.pgmjms.tck.conformance;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Sees every call to the connections, sessions, producers, consumers and browsers of a provider, and can close its
 * sessions. Safe for any thread.
 */
final class CallSpy {
    private static final Set<Class<?>> WATCHED =
            Set.of(Connection.class, Session.class, MessageProducer.class, MessageConsumer.class, QueueBrowser.class);

    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final Queue<Session> sessions = new ConcurrentLinkedQueue<>();

    /** A factory that does what this one does, and is watched. */
    ConnectionFactory on(ConnectionFactory factory) {
        return watched(ConnectionFactory.class, factory);
    }

    /** All calls so far, by name. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    void forget() {
        calls.clear();
    }

    /** Closes all sessions without the knowledge of who uses them, as a client whose connection breaks, and says nothing yet. */
    void closeSessions() throws JMSException {
        for (Session each : sessions) {
            each.close();
        }
    }

    private <T> T watched(Class<T> type, Object real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(real, method, arguments)));
    }

    private Object call(Object real, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() != Object.class) {
            calls.add(method.getDeclaringClass().getSimpleName() + "." + method.getName());
        }
        try {
            Object result = method.invoke(real, arguments);
            if (result instanceof Session session) {
                sessions.add(session);
            }
            Class<?> type = method.getReturnType();
            return result != null && WATCHED.contains(type) ? watched(type, result) : result;
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
