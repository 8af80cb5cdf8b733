package org.pgmjms.tck.conformance;

import jakarta.jms.JMSException;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.Session;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import javax.naming.Context;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.jms.client.ActiveMQQueue;
import org.apache.activemq.artemis.jms.client.ActiveMQTopic;
import org.objectweb.jtests.jms.admin.Admin;
import org.pgmjms.provider.destination.PgmQueue;
import org.pgmjms.provider.destination.PgmTopic;

/** Makes what the JORAM suite looks up: connection factories and destinations. A new one for each of its tests. */
abstract class JoramAdmin implements Admin {
    /** The name of the destination that the suite uses without caring whether it is a queue. */
    private static final String ANY_DESTINATION = "testDestination";

    private final Map<String, Object> bound = new HashMap<>();
    private final Provider provider;

    JoramAdmin(Provider provider) {
        this.provider = provider;
    }

    /** On the embedded Artemis, with its queues. */
    public static final class OnArtemis extends JoramAdmin {
        /** Called by the suite. */
        public OnArtemis() {
            super(Provider.ARTEMIS);
        }

        @Override
        Object queue(String name) {
            return new ActiveMQQueue(name);
        }

        @Override
        Object topic(String name) {
            return new ActiveMQTopic(name);
        }

        /** What a test left in its queue is none of the next one's business. */
        @Override
        public void deleteQueue(String name) {
            super.deleteQueue(name);
            SimpleString queue = SimpleString.of(name);
            try {
                if (Providers.BROKER.locateQueue(queue) != null) {
                    Providers.BROKER.getServer().getActiveMQServer().destroyQueue(queue, null, false);
                }
            } catch (Exception failed) {
                throw new AssertionError(failed);
            }
        }
    }

    /** On this provider with a companion broker: named queues. A new one for each test, as nobody empties the last one's. */
    public static final class OnCompanion extends JoramAdmin {
        private final String suffix = "." + JmsContract.uniqueName();

        /** Called by the suite. */
        public OnCompanion() {
            super(Provider.COMPANION);
        }

        @Override
        Object queue(String name) {
            return new PgmQueue(name + suffix);
        }

        @Override
        Object topic(String name) {
            return new PgmTopic(name + suffix);
        }
    }

    /** On this provider, with topics in the place of the named queues: see {@link QueuesOnTopics}. */
    public static final class OnTopics extends JoramAdmin {
        /** Called by the suite. */
        public OnTopics() {
            super(Provider.PGMJMS);
        }

        @Override
        Object queueFactory() throws JMSException {
            return QueuesOnTopics.factory(Provider.PGMJMS.factory());
        }
    }

    /**
     * On this provider, with temporary queues in the place of the named ones. As only their own connection consumes from
     * temporary queues, all queue connections of a test are one.
     */
    public static final class OnTemporaryQueues extends JoramAdmin {
        private QueueConnection connection;

        /** Called by the suite. */
        public OnTemporaryQueues() {
            super(Provider.PGMJMS);
        }

        private QueueConnection connection() throws JMSException {
            if (connection == null) {
                connection = Provider.PGMJMS.queueFactory().createQueueConnection();
            }
            return connection;
        }

        @Override
        Object queueFactory() {
            return Proxy.newProxyInstance(
                    JoramAdmin.class.getClassLoader(),
                    new Class<?>[] {QueueConnectionFactory.class},
                    (proxy, method, arguments) -> connection());
        }

        @Override
        Object queue(String name) throws JMSException {
            return connection()
                    .createQueueSession(false, Session.AUTO_ACKNOWLEDGE)
                    .createTemporaryQueue();
        }

        @Override
        public void stop() throws JMSException {
            if (connection != null) {
                connection.close();
            }
        }
    }

    Object queueFactory() throws JMSException {
        return provider.factory();
    }

    Object queue(String name) throws JMSException {
        return new PgmQueue(name);
    }

    Object topic(String name) {
        return new PgmTopic(name);
    }

    /** Something that can fail. */
    @FunctionalInterface
    private interface Maker {
        Object make() throws JMSException;
    }

    private void bind(String name, Maker maker) {
        try {
            bound.put(name, maker.make());
        } catch (JMSException failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public String getName() {
        return provider.toString();
    }

    @Override
    public Context createContext() {
        return (Context) Proxy.newProxyInstance(
                JoramAdmin.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    assert method.getName().equals("lookup") : method;
                    return bound.get(arguments[0]);
                });
    }

    @Override
    public void createConnectionFactory(String name) {
        bind(name, provider::factory);
    }

    @Override
    public void createQueueConnectionFactory(String name) {
        bind(name, this::queueFactory);
    }

    @Override
    public void createTopicConnectionFactory(String name) {
        bind(name, provider::factory);
    }

    @Override
    public void createQueue(String name) {
        bind(name, () -> name.equals(ANY_DESTINATION) ? topic(name) : queue(name));
    }

    @Override
    public void createTopic(String name) {
        bind(name, () -> topic(name));
    }

    @Override
    public void deleteQueue(String name) {
        bound.remove(name);
    }

    @Override
    public void deleteTopic(String name) {
        bound.remove(name);
    }

    @Override
    public void deleteConnectionFactory(String name) {
        bound.remove(name);
    }

    @Override
    public void deleteQueueConnectionFactory(String name) {
        bound.remove(name);
    }

    @Override
    public void deleteTopicConnectionFactory(String name) {
        bound.remove(name);
    }

    @Override
    public void startServer() {}

    @Override
    public void stopServer() {}

    @Override
    public void start() {}

    @Override
    public void stop() throws Exception {}
}
