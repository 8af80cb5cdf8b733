package org.pgmjms.tck.conformance;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.QueueReceiver;
import jakarta.jms.QueueSender;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * Lets programs that are written for queues run on topics: a sender to queue {@code q} publishes to topic
 * {@code queue.q}, a receiver subscribes to it. All but the destination goes through unchanged: messages, selectors,
 * sessions, acknowledgement are those of the common interfaces. Temporary queues stay what they are. What cannot be had
 * this way are messages that wait for a receiver, competing receivers, and browsers.
 */
final class QueuesOnTopics {
    private static final Set<String> MAKERS = Set.of("createSender", "createReceiver");

    private QueuesOnTopics() {}

    /** Something that answers a call itself. */
    @FunctionalInterface
    private interface Call {
        Object answer(Object[] arguments) throws Exception;
    }

    static QueueConnectionFactory factory(ConnectionFactory common) {
        return wrap(
                QueueConnectionFactory.class,
                common,
                Set.of("createQueueConnection"),
                arguments -> connection(common.createConnection()));
    }

    private static QueueConnection connection(Connection common) {
        return wrap(
                QueueConnection.class,
                common,
                Set.of("createQueueSession"),
                arguments -> session(common.createSession((boolean) arguments[0], (int) arguments[1])));
    }

    private static QueueSession session(Session common) {
        return wrap(QueueSession.class, common, MAKERS, arguments -> null);
    }

    private static QueueSender sender(Session session, Queue queue) throws JMSException {
        MessageProducer producer = session.createProducer(topic(session, queue));
        return wrap(QueueSender.class, producer, Set.of("getQueue"), arguments -> queue);
    }

    private static QueueReceiver receiver(Session session, Object... arguments) throws JMSException {
        Queue queue = (Queue) arguments[0];
        String selector = arguments.length > 1 ? (String) arguments[1] : null;
        MessageConsumer consumer = session.createConsumer(topic(session, queue), selector);
        return wrap(QueueReceiver.class, consumer, Set.of("getQueue"), call -> queue);
    }

    private static Destination topic(Session session, Queue queue) throws JMSException {
        return queue == null || queue instanceof TemporaryQueue
                ? queue
                : session.createTopic("queue." + queue.getQueueName());
    }

    /** What answers some methods itself and passes all others on to the object of the common interface. */
    private static <T> T wrap(Class<T> type, Object common, Set<String> own, Call call) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (common instanceof Session session && MAKERS.contains(method.getName())) {
                return method.getName().equals("createSender")
                        ? sender(session, (Queue) arguments[0])
                        : receiver(session, arguments);
            }
            return own.contains(method.getName()) ? call.answer(arguments) : passOn(common, method, arguments);
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object passOn(Object common, Method method, Object[] arguments) throws Throwable {
        try {
            return commonMethod(common, method).invoke(common, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /** The same method of the common interface: a Queue is a Destination to a common producer. */
    private static Method commonMethod(Object common, Method method) throws NoSuchMethodException {
        if (method.getDeclaringClass().isInstance(common)) {
            return method;
        }
        if (common instanceof Session) {
            return Session.class.getMethod(method.getName(), method.getParameterTypes());
        }
        Class<?>[] types = method.getParameterTypes();
        for (int i = 0; i < types.length; i++) {
            types[i] = types[i] == Queue.class ? Destination.class : types[i];
        }
        return MessageProducer.class.getMethod(method.getName(), types);
    }
}
