package org.pgmjms.provider;

import jakarta.jms.JMSException;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.companion.CompanionBroker;
import org.pgmjms.provider.error.JmsExceptions;

/** Opens companion brokers by the module that knows their kind. */
final class Companions {
    private Companions() {}

    /**
     * The broker that {@code broker.url} names.
     *
     * @throws JMSException if no module accepts it; names the one that is usually missing
     */
    static CompanionBroker open(String url, Map<String, String> options) throws JMSException {
        CompanionBroker.Provider provider = provider(url, Thread.currentThread().getContextClassLoader());
        if (provider == null) {
            provider = provider(url, Companions.class.getClassLoader());
        }
        if (provider == null) {
            throw JmsExceptions.invalidSetting(
                    "Setting broker.url has the value '" + url + "', which no module here accepts; tcp://HOST:PORT and"
                            + " embedded?dataDir=DIRECTORY need pgmjms-companion-artemis beside this provider",
                    null);
        }
        return provider.open(url, options);
    }

    private static CompanionBroker.@Nullable Provider provider(String url, @Nullable ClassLoader loader)
            throws JMSException {
        try {
            for (CompanionBroker.Provider provider : ServiceLoader.load(CompanionBroker.Provider.class, loader)) {
                if (provider.accepts(url)) {
                    return provider;
                }
            }
            return null;
        } catch (ServiceConfigurationError e) {
            throw JmsExceptions.invalidSetting("A module for companion brokers does not load: " + e.getMessage(), e);
        }
    }
}
