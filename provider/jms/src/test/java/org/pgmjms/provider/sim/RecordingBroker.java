package org.pgmjms.provider.sim;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.pgmjms.provider.destination.PgmQueue;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.message.PgmTextMessage;

/** Another provider's broker as far as sending goes: notes what it is asked to do, and refuses a commit when told to. */
final class RecordingBroker {
    private final List<String> calls = new ArrayList<>();
    private boolean refusing;

    /** What was sent, committed and rolled back, in that order. */
    List<String> calls() {
        return calls;
    }

    /** Whether commits fail from now on. */
    void refuseCommits(boolean newRefusing) {
        refusing = newRefusing;
    }

    ConnectionFactory factory() {
        return proxy(ConnectionFactory.class, (factory, made, with) -> proxy(Connection.class, this::onConnection));
    }

    private Object onConnection(Object connection, Method method, Object[] arguments) {
        return method.getName().equals("createSession") ? proxy(Session.class, this::onSession) : null;
    }

    private Object onSession(Object session, Method method, Object[] arguments) throws JMSException {
        return switch (method.getName()) {
            case "createProducer" -> proxy(MessageProducer.class, this::onProducer);
            case "createSharedDurableConsumer" -> proxy(MessageConsumer.class, (consumer, call, with) -> null);
            case "createQueue" -> new PgmQueue((String) arguments[0]);
            case "createTopic" -> new PgmTopic((String) arguments[0]);
            case "createTextMessage" -> new PgmTextMessage((String) arguments[0]);
            case "commit", "rollback" -> {
                calls.add(method.getName());
                if (refusing && method.getName().equals("commit")) {
                    throw new JMSException("the disk is full");
                }
                yield null;
            }
            default -> null;
        };
    }

    private Object onProducer(Object producer, Method method, Object[] arguments) throws JMSException {
        if (method.getName().equals("send")) {
            calls.add("send " + ((PgmTextMessage) arguments[1]).getText());
        }
        return null;
    }

    /** An object of an interface whose calls a handler answers; equal to itself alone. */
    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return switch (method.getName()) {
                            case "equals" -> self == arguments[0];
                            case "hashCode" -> System.identityHashCode(self);
                            default -> type.getSimpleName();
                        };
                    }
                    return handler.invoke(self, method, arguments);
                }));
    }
}
