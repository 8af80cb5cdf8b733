package org.pgmjms.companion.artemis;

import jakarta.jms.JMSException;
import java.util.Map;
import org.pgmjms.provider.companion.CompanionBroker;

/**
 * Knows brokers by their URLs: {@code tcp://HOST:PORT} with the parameters of Artemis' client, or
 * {@code embedded?dataDir=DIRECTORY[&listen=tcp://HOST:PORT][&users=FILE]}. Safe for any thread.
 */
public final class ArtemisProvider implements CompanionBroker.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public ArtemisProvider() {}

    @Override
    public boolean accepts(String brokerUrl) {
        return EmbeddedUrl.isOne(brokerUrl) || RemoteBroker.isUrl(brokerUrl);
    }

    @Override
    public CompanionBroker open(String brokerUrl, Map<String, String> options) throws JMSException {
        if (EmbeddedUrl.isOne(brokerUrl)) {
            return EmbeddedBrokers.OF_THIS_JVM.open(EmbeddedUrl.parse(brokerUrl), millis(options, "broker.linger"));
        }
        return RemoteBroker.open(brokerUrl, millis(options, "broker.reconnect"));
    }

    private static long millis(Map<String, String> options, String name) throws JMSException {
        String value = options.getOrDefault(name, "0");
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw Failures.setting("Setting " + name + " has the value '" + value + "'; allowed are milliseconds", e);
        }
    }
}
