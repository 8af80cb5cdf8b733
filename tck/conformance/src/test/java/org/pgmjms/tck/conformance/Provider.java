package org.pgmjms.tck.conformance;

import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.TopicConnectionFactory;
import jakarta.jms.XAConnectionFactory;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.apache.activemq.artemis.jms.client.ActiveMQXAConnectionFactory;
import org.pgmjms.companion.artemis.ArtemisProvider;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.PgmXAConnectionFactory;
import org.pgmjms.provider.companion.CompanionBroker;

/** Whom the contracts run on. */
enum Provider {
    /** This provider, over the loopback interface. */
    PGMJMS("pgmjms") {
        @Override
        ConnectionFactory factory() {
            PgmConnectionFactory factory = new PgmConnectionFactory(Providers.URL);
            factory.setJmsDeserializationAllowList("java.util.*");
            return factory;
        }

        @Override
        ConnectionFactory plainFactory() {
            return new PgmConnectionFactory(Providers.URL);
        }

        @Override
        XAConnectionFactory xaFactory() {
            return new PgmXAConnectionFactory(Providers.URL);
        }
    },

    /** This provider with a companion broker, which keeps queues and durable subscriptions. */
    COMPANION("pgmjms with a companion") {
        @Override
        ConnectionFactory factory() {
            PgmConnectionFactory factory = plainFactory();
            factory.setJmsDeserializationAllowList("java.util.*");
            return factory;
        }

        @Override
        PgmConnectionFactory plainFactory() {
            PgmConnectionFactory factory = new PgmConnectionFactory(Providers.URL);
            factory.setBrokerUrl(Providers.companionUrl());
            return factory;
        }

        @Override
        XAConnectionFactory xaFactory() {
            PgmXAConnectionFactory factory = new PgmXAConnectionFactory(Providers.URL);
            factory.setBrokerUrl(Providers.companionUrl());
            return factory;
        }

        @Override
        void awaitEndOfShared(String name) throws JMSException {
            try (CompanionBroker broker = new ArtemisProvider().open(Providers.companionUrl(), Map.of());
                    Connection connection = broker.connect(null, null, null)) {
                ClientSession artemis = ((ActiveMQSession) connection.createSession()).getCoreSession();
                await().until(() -> !artemis.queueQuery(ofShared(name)).isExists());
            }
        }
    },

    /** An embedded Artemis: proves the tests, not this provider. */
    ARTEMIS("Artemis") {
        @Override
        ConnectionFactory factory() {
            return artemis();
        }

        @Override
        XAConnectionFactory xaFactory() {
            return artemis();
        }

        @Override
        XAConnectionFactory legacyXaFactory() {
            return new ActiveMQXAConnectionFactory(Providers.BROKER.getVmURL());
        }

        private static ActiveMQJMSConnectionFactory artemis() {
            // Without it, acknowledge() returns before the broker has heard of it, and recover() may overtake it.
            return new ActiveMQJMSConnectionFactory(Providers.BROKER.getVmURL() + "?blockOnAcknowledge=true");
        }

        @Override
        void awaitEndOfShared(String name) {
            ActiveMQServer broker = Providers.BROKER.getServer().getActiveMQServer();
            await().until(() -> broker.locateQueue(ofShared(name)) == null);
        }
    };

    private final String title;

    Provider(String title) {
        this.title = title;
    }

    /** A new factory, for all three domains, that trusts the objects of these tests. */
    abstract ConnectionFactory factory() throws JMSException;

    /** A factory that nobody has configured any further. */
    ConnectionFactory plainFactory() throws JMSException {
        return factory();
    }

    /** A new factory for global transactions. */
    abstract XAConnectionFactory xaFactory();

    /** The same for the legacy domains. */
    XAConnectionFactory legacyXaFactory() {
        return xaFactory();
    }

    /**
     * Waits until the non-durable shared subscription of this name, whose last consumer has been closed, is gone. Artemis
     * removes it in a thread of its own, after close() has returned.
     */
    void awaitEndOfShared(String name) throws JMSException {}

    /** What Artemis calls the queue of a non-durable shared subscription. */
    private static SimpleString ofShared(String name) {
        return SimpleString.of(ActiveMQDestination.createQueueNameForSharedSubscription(false, null, name));
    }

    TopicConnectionFactory topicFactory() throws JMSException {
        return (TopicConnectionFactory) factory();
    }

    QueueConnectionFactory queueFactory() throws JMSException {
        return (QueueConnectionFactory) factory();
    }

    @Override
    public String toString() {
        return title;
    }
}
