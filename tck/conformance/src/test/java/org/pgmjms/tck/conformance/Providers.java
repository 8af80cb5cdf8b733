package org.pgmjms.tck.conformance;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.activemq.artemis.junit.EmbeddedActiveMQExtension;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.pgmjms.provider.PgmConnectionFactory;

/**
 * Starts what the contracts run on, once for all classes, and says on whom a class runs: on all of them, or on the one
 * that {@code -Dprovider=pgmjms} names.
 */
final class Providers implements BeforeAllCallback, ArgumentsProvider {
    static final String URL = "epgm://lo;239.192.75.1:17501";

    static final EmbeddedActiveMQExtension BROKER = new EmbeddedActiveMQExtension();

    /** The broker, and a subscriber that keeps this provider's channel open, so that no test opens it anew. */
    private record Running(ExtensionContext context, Connection channel) implements AutoCloseable {
        static Running start(ExtensionContext context) {
            try {
                BROKER.beforeAll(context);
                Connection channel = new PgmConnectionFactory(URL).createConnection();
                Session session = channel.createSession();
                session.createConsumer(session.createTopic("contract.channel"));
                return new Running(context, channel);
            } catch (Exception failed) {
                throw new AssertionError("The providers did not start", failed);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
                BROKER.afterAll(context);
            } catch (Exception failed) {
                throw new AssertionError("The providers did not stop", failed);
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws JMSException {
        ExtensionContext root = context.getRoot();
        root.getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Running.class, type -> Running.start(root), Running.class);
    }

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        String only = System.getProperty("provider", "").toUpperCase(Locale.ROOT);
        return Arrays.stream(Provider.values())
                .filter(provider -> only.isEmpty() || provider.name().equals(only))
                .map(Arguments::of);
    }
}
