package org.pgmjms.tck.conformance;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
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

    private static volatile Path dataDir;

    /**
     * The brokers, and a subscriber that keeps this provider's channel and its companion open, so that no test opens them
     * anew.
     */
    private record Running(ExtensionContext context, Connection channel) implements AutoCloseable {
        static Running start(ExtensionContext context) {
            try {
                BROKER.beforeAll(context);
                dataDir = Files.createTempDirectory("pgmjms-contract");
                PgmConnectionFactory factory = new PgmConnectionFactory(URL);
                factory.setBrokerUrl(companionUrl());
                factory.setBrokerLinger("0");
                Connection channel = factory.createConnection();
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
                delete(dataDir);
            } catch (Exception failed) {
                throw new AssertionError("The providers did not stop", failed);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The companion broker of all contracts. */
    static String companionUrl() {
        return "embedded?dataDir=" + dataDir;
    }

    /** A factory of the Artemis that {@link #BROKER} runs, which is nobody's companion until it is made one. */
    static ConnectionFactory brokerFactory() {
        return new ActiveMQJMSConnectionFactory(BROKER.getVmURL());
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
