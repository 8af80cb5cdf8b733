package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.link.LinkSettings;
import org.pgmjms.provider.link.TransportSettings;
import org.pgmjms.provider.link.ValueKind;
import org.pgmjms.provider.loss.LossPolicy;
import org.pgmjms.provider.message.TrustedClasses;

/**
 * What a connection is made with: the factory's settings, checked and frozen. Immutable.
 *
 * @param link the channel of topics without attributes and rules; of a pool, the first group
 * @param channels which channel carries a topic
 * @param clientId the administered client identifier, or null
 * @param usersFile who may make connections, or null for anyone
 * @param lossPolicy what happens on a loss
 * @param lateJoin whether consumers ask for what sources still hold
 * @param joinTimeoutNs how long the first consumer of a channel waits for sources
 * @param queue what may wait for a consumer
 * @param temporaryQueueMaxBytes what a temporary queue keeps
 * @param maxUnacknowledged messages a session keeps for recovery
 * @param maxUnacknowledgedBytes bytes a session keeps for recovery
 * @param redeliveryMax how often a listener that throws gets a message again
 * @param sendTimeoutNs how long a send waits for room
 * @param closeTimeoutNs how long close waits for exception and loss listeners
 * @param clockSkewMillis by how much later messages expire
 * @param rejectPersistent whether PERSISTENT messages are refused
 * @param trusted what received objects may consist of
 * @param companion the companion broker
 */
public record ConnectionSettings(
        LinkSettings link,
        ChannelTable channels,
        @Nullable String clientId,
        @Nullable String usersFile,
        LossPolicy lossPolicy,
        boolean lateJoin,
        long joinTimeoutNs,
        QueueLimits queue,
        long temporaryQueueMaxBytes,
        int maxUnacknowledged,
        long maxUnacknowledgedBytes,
        int redeliveryMax,
        long sendTimeoutNs,
        long closeTimeoutNs,
        long clockSkewMillis,
        boolean rejectPersistent,
        TrustedClasses trusted,
        CompanionSettings companion) {
    /** Where a factory without a URL sends. */
    public static final String DEFAULT_URL = NetworkUrl.DEFAULT;

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Refuses nulls. */
    public ConnectionSettings {
        Objects.requireNonNull(link, "link");
        Objects.requireNonNull(channels, "channels");
        Objects.requireNonNull(lossPolicy, "lossPolicy");
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(trusted, "trusted");
        Objects.requireNonNull(companion, "companion");
    }

    /**
     * What may wait for a consumer.
     *
     * @param bytes encoded bytes at most, though one message always may
     * @param messages messages at most
     * @param overrun what happens beyond
     */
    record QueueLimits(long bytes, int messages, OverrunPolicy overrun) {
        QueueLimits {
            Objects.requireNonNull(overrun, "overrun");
        }
    }

    private enum LateJoin {
        NONE,
        WINDOW
    }

    private enum Persistent {
        CARRY,
        REJECT
    }

    /**
     * Reads and checks settings.
     *
     * @param url the network, with options
     * @param properties options by name; they win over those of the URL
     */
    public static ConnectionSettings parse(String url, Map<String, String> properties) throws JMSException {
        NetworkUrl network = NetworkUrl.parse(url);
        Map<String, String> options = new HashMap<>(network.options());
        options.putAll(properties);
        Map<String, String> pgm = new HashMap<>();
        for (Map.Entry<String, String> option : options.entrySet()) {
            if (TransportSettings.beanNames().containsKey(option.getKey())) {
                pgm.put(option.getKey(), option.getValue());
            } else if (JmsSetting.named(option.getKey()) == null) {
                throw unknown(option.getKey());
            }
        }
        String clientId = JmsSetting.CLIENT_ID.text(options);
        String usersFile = JmsSetting.USERS.text(options);
        LinkSettings link = link(network, options, pgm);
        return new ConnectionSettings(
                link,
                new ChannelTable(link, network.groups(), TopicRule.parse(JmsSetting.TOPICS.text(options))),
                clientId.isEmpty() ? null : clientId,
                usersFile.isEmpty() ? null : usersFile,
                JmsSetting.LOSS_POLICY.choice(options, LossPolicy.class),
                JmsSetting.LATE_JOIN.choice(options, LateJoin.class) == LateJoin.WINDOW,
                JmsSetting.JOIN_TIMEOUT.number(options),
                queue(options),
                JmsSetting.TEMPORARY_QUEUE_MAX_BYTES.number(options),
                (int) JmsSetting.MAX_UNACKNOWLEDGED.number(options),
                JmsSetting.MAX_UNACKNOWLEDGED_BYTES.number(options),
                (int) JmsSetting.REDELIVERY_MAX.number(options),
                JmsSetting.SEND_TIMEOUT.number(options),
                JmsSetting.CLOSE_TIMEOUT.number(options),
                JmsSetting.CLOCK_SKEW.number(options) / NANOS_PER_MILLI,
                JmsSetting.PERSISTENT_WITHOUT_BROKER.choice(options, Persistent.class) == Persistent.REJECT,
                trusted(options, link.maxMessageBytes()),
                CompanionSettings.parse(options));
    }

    private static TrustedClasses trusted(Map<String, String> options, int maxBytes) throws JMSException {
        String list = JmsSetting.DESERIALIZATION_ALLOW_LIST.text(options);
        if (list.isEmpty()) {
            return TrustedClasses.NONE;
        }
        List<String> entries =
                Arrays.stream(list.split(",", -1)).map(String::trim).toList();
        try {
            return new TrustedClasses(
                    entries,
                    new TrustedClasses.Limits(
                            JmsSetting.DESERIALIZATION_MAX_DEPTH.number(options),
                            JmsSetting.DESERIALIZATION_MAX_REFERENCES.number(options),
                            JmsSetting.DESERIALIZATION_MAX_ARRAY.number(options),
                            maxBytes));
        } catch (IllegalArgumentException e) {
            throw JmsExceptions.with(e, JmsSetting.DESERIALIZATION_ALLOW_LIST.refused(list));
        }
    }

    private static LinkSettings link(NetworkUrl network, Map<String, String> options, Map<String, String> pgm)
            throws JMSException {
        return new LinkSettings(
                network.scheme(),
                network.networkInterface(),
                network.groups().groups().findFirst().orElseThrow(),
                network.port(),
                LinkSettings.Format.JMS,
                JmsSetting.ORDER.choice(options, LinkSettings.Order.class),
                (int) JmsSetting.MAX_MESSAGE_SIZE.number(options),
                JmsSetting.HOLD_BACK_BYTES.number(options),
                pgm);
    }

    private static QueueLimits queue(Map<String, String> options) throws JMSException {
        return new QueueLimits(
                JmsSetting.PREFETCH_BYTES.number(options),
                (int) JmsSetting.PREFETCH_MESSAGES.number(options),
                JmsSetting.OVERRUN_POLICY.choice(options, OverrunPolicy.class));
    }

    private static JMSException unknown(String name) {
        List<String> known = new ArrayList<>(JmsSetting.names());
        known.addAll(TransportSettings.names());
        String nearest = ValueKind.nearestName(name, known);
        return JmsExceptions.invalidSetting(
                "There is no setting " + name + (nearest == null ? "" : "; did you mean " + nearest + "?"), null);
    }
}
