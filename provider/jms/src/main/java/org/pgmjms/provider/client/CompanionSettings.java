package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * What the settings say of the companion broker. Immutable.
 *
 * @param url the broker as its module understands it, or null when none is configured; {@code jndi:NAME} when it is a
 *     connection factory with this name
 * @param topics which topics it keeps
 * @param options what else its module may want to know: durations in milliseconds, by the names of the settings
 */
public record CompanionSettings(@Nullable String url, KeptTopics topics, Map<String, String> options) {
    /** What the URL of a broker begins with that is a name in JNDI. */
    public static final String JNDI = "jndi:";

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Refuses nulls and takes a copy. */
    public CompanionSettings {
        Objects.requireNonNull(topics, "topics");
        options = Map.copyOf(options);
    }

    static CompanionSettings parse(Map<String, String> settings) throws JMSException {
        KeptTopics topics = KeptTopics.parse(JmsSetting.BROKER_TOPICS.text(settings));
        Map<String, String> options = new TreeMap<>();
        for (JmsSetting duration : new JmsSetting[] {JmsSetting.BROKER_LINGER, JmsSetting.BROKER_RECONNECT}) {
            options.put(duration.settingName(), Long.toString(duration.number(settings) / NANOS_PER_MILLI));
        }
        return new CompanionSettings(url(settings), topics, options);
    }

    private static @Nullable String url(Map<String, String> settings) throws JMSException {
        String url = JmsSetting.BROKER_URL.text(settings);
        String name = JmsSetting.BROKER_CONNECTION_FACTORY.text(settings);
        if (!url.isEmpty() && !name.isEmpty()) {
            throw JmsExceptions.invalidSetting(
                    "The companion broker is named twice: broker.url=" + url + " and broker.connectionFactory=" + name,
                    null);
        }
        if (!name.isEmpty()) {
            return JNDI + name;
        }
        return url.isEmpty() ? null : url;
    }
}
