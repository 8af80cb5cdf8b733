package org.pgmjms.provider.jndi;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.util.Map;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.companion.CompanionBroker;
import org.pgmjms.provider.companion.ConnectionFactoryBroker;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * Companion brokers by the name of their connection factory: {@code jndi:NAME}, which is what
 * {@code broker.connectionFactory=NAME} means. The name is looked up in the initial context of the application, whenever a
 * connection is made. Safe for any thread.
 */
public final class JndiBrokers implements CompanionBroker.Provider {
    private static final String SCHEME = "jndi:";

    /** For {@link java.util.ServiceLoader}. */
    public JndiBrokers() {}

    @Override
    public boolean accepts(String brokerUrl) {
        return brokerUrl.startsWith(SCHEME);
    }

    @Override
    public CompanionBroker open(String brokerUrl, Map<String, String> options) throws JMSException {
        String name = brokerUrl.substring(SCHEME.length());
        Object found = lookUp(name);
        if (found instanceof ConnectionFactory factory && !(found instanceof PgmConnectionFactory)) {
            return new ConnectionFactoryBroker(factory);
        }
        throw JmsExceptions.invalidSetting(
                "broker.connectionFactory",
                name,
                "the name of a broker's connection factory; this one is of "
                        + found.getClass().getName());
    }

    @SuppressWarnings("BanJNDI") // the name is a setting, never something that came from the network
    private static Object lookUp(String name) throws JMSException {
        try {
            InitialContext context = new InitialContext();
            try {
                return context.lookup(name);
            } finally {
                context.close();
            }
        } catch (NamingException e) {
            throw JmsExceptions.invalidSetting("broker.connectionFactory=" + name + " cannot be looked up: " + e, e);
        }
    }
}
