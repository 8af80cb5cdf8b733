package org.pgmjms.provider.sim;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import jakarta.jms.XAConnectionFactory;
import jakarta.jms.XASession;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.pgmjms.provider.destination.PgmQueue;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.message.PgmTextMessage;

/**
 * Another provider's broker: notes what it is asked to do, delivers what it was given, refuses commits when told to, and
 * acknowledgements always.
 */
final class RecordingBroker {
    private final List<String> calls = new ArrayList<>();
    private final Deque<PgmTextMessage> waiting = new ArrayDeque<>();
    private boolean refusing;
    private int vote = XAResource.XA_OK;
    private final Map<String, Integer> refusals = new HashMap<>();

    /** What was sent, committed and rolled back, in that order. */
    List<String> calls() {
        return calls;
    }

    /** Whether commits fail from now on. */
    void refuseCommits(boolean newRefusing) {
        refusing = newRefusing;
    }

    /** Lets a message be there for any consumer. */
    void deliver(String text) throws JMSException {
        PgmTextMessage message = new PgmTextMessage(text);
        message.acknowledger(() -> {
            throw new JMSException("nobody answers");
        });
        waiting.add(message);
    }

    ConnectionFactory factory() {
        return proxy(ConnectionFactory.class, (factory, made, with) -> proxy(Connection.class, this::onConnection));
    }

    /** The same with connections for global transactions, whose calls are noted, too. */
    ConnectionFactory xaFactory() {
        return proxy(BothFactories.class, (factory, made, with) -> proxy(XAConnection.class, this::onConnection));
    }

    private interface BothFactories extends ConnectionFactory, XAConnectionFactory {}

    /** What it says when it is asked whether a branch can be committed. */
    void vote(int newVote) {
        vote = newVote;
    }

    /** Refuses a call of a transaction manager, once. */
    void refuseOnce(String call, int errorCode) {
        refusals.put(call, errorCode);
    }

    private Object onXaSession(Object session, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "getSession" -> proxy(Session.class, this::onSession);
            case "getXAResource" -> resource();
            default -> null;
        };
    }

    /** What its sessions for global transactions have. */
    XAResource resource() {
        return proxy(XAResource.class, this::onResource);
    }

    private Object onResource(Object resource, Method method, Object[] arguments) throws XAException {
        String name = method.getName();
        if (name.equals("isSameRM")) {
            return true;
        }
        calls.add(name);
        Integer refusal = refusals.remove(name);
        if (refusal != null) {
            throw new XAException(refusal);
        }
        return name.equals("prepare") ? vote : null;
    }

    private Object onConnection(Object connection, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "createSession" -> proxy(Session.class, this::onSession);
            case "createXASession" -> proxy(XASession.class, this::onXaSession);
            default -> null;
        };
    }

    private Object onSession(Object session, Method method, Object[] arguments) throws JMSException {
        return switch (method.getName()) {
            case "createProducer" -> proxy(MessageProducer.class, this::onProducer);
            case "createConsumer" ->
                proxy(
                        MessageConsumer.class,
                        (consumer, call, with) -> call.getName().startsWith("receive") ? waiting.poll() : null);
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
