package org.pgmjms.provider.jndi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import java.util.Map;
import javax.naming.Context;
import javax.naming.NamingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a companion broker's connection factory may be by its name. */
class JndiBrokersTest {
    private static final String NETWORK = "epgm://lo;239.192.0.1:7500";
    private final JndiBrokers brokers = new JndiBrokers();

    @BeforeEach
    void useOurContexts() {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, PgmInitialContextFactory.class.getName());
        System.setProperty(Context.PROVIDER_URL, NETWORK);
    }

    @AfterEach
    void useNone() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
        System.clearProperty(Context.PROVIDER_URL);
    }

    @Test
    void onlyNamesInJndiAreAccepted() {
        assertThat(brokers.accepts("jndi:jms/broker")).isTrue();
        assertThat(brokers.accepts("tcp://localhost:61616")).isFalse();
    }

    @Test
    void thisProviderIsNoCompanionOfItself() {
        assertThatThrownBy(() -> brokers.open("jndi:ConnectionFactory", Map.of()))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("broker.connectionFactory")
                .hasMessageContaining("PgmConnectionFactory");
    }

    @Test
    void whatIsNoConnectionFactoryIsRefusedWithItsClass() {
        assertThatThrownBy(() -> brokers.open("jndi:dynamicQueues/orders", Map.of()))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("dynamicQueues/orders")
                .hasMessageContaining("PgmQueue");
    }

    @Test
    void aNameThatIsNotThereIsRefusedWithItsCause() {
        assertThatThrownBy(() -> brokers.open("jndi:jms/broker", Map.of()))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("jms/broker")
                .hasCauseInstanceOf(NamingException.class);
    }
}
