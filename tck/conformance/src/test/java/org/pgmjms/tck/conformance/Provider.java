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
            return new PgmConnectionFactory(Providers.URL);
        }
    },

    /** An embedded Artemis: proves the tests, not this provider. */
    ARTEMIS("Artemis") {
        @Override
        ConnectionFactory factory() {
            return new ActiveMQJMSConnectionFactory(Providers.BROKER.getVmURL());
        }
    };

    private final String title;

    Provider(String title) {
        this.title = title;
    }

    /** A new factory; each implements all three domains. */
    abstract ConnectionFactory factory() throws JMSException;

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
