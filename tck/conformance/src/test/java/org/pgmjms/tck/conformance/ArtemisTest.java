package org.pgmjms.tck.conformance;

import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.junit.EmbeddedActiveMQExtension;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contracts on an embedded Artemis: proves the tests, not this provider. */
class ArtemisTest {
    @RegisterExtension
    static final EmbeddedActiveMQExtension BROKER = new EmbeddedActiveMQExtension();

    private static ConnectionFactory broker() {
        return new ActiveMQConnectionFactory(BROKER.getVmURL());
    }

    @Nested
    class Messages extends MessageContract {
        @Override
        ConnectionFactory factory() {
            return broker();
        }
    }

    @Nested
    class Connections extends ConnectionContract {
        @Override
        ConnectionFactory factory() {
            return broker();
        }
    }

    @Nested
    class Sessions extends SessionContract {
        @Override
        ConnectionFactory factory() {
            return broker();
        }
    }

    @Nested
    class Sending extends SendingContract {
        @Override
        ConnectionFactory factory() {
            return broker();
        }
    }

    @Nested
    class Receiving extends ReceivingContract {
        @Override
        ConnectionFactory factory() {
            return broker();
        }
    }
}
