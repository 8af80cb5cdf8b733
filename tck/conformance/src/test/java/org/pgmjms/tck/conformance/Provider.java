package org.pgmjms.tck.conformance;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.TopicConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
import org.pgmjms.provider.PgmConnectionFactory;

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
    },

    /** An embedded Artemis: proves the tests, not this provider. */
    ARTEMIS("Artemis") {
        @Override
        ConnectionFactory factory() {
            // Without it, acknowledge() returns before the broker has heard of it, and recover() may overtake it.
            return new ActiveMQJMSConnectionFactory(Providers.BROKER.getVmURL() + "?blockOnAcknowledge=true");
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
