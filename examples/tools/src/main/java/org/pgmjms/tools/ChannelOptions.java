package org.pgmjms.tools;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.pgmjms.provider.PgmConnectionFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say where to publish to or subscribe from. */
final class ChannelOptions {
    private static final String DEFAULT_URL = "epgm://lo;239.192.0.1:7500";

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = DEFAULT_URL,
            description = "epgm://[interface;]group[/prefix]:port[?options]; default ${DEFAULT-VALUE}")
    private String url;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "the topic's name; either this or --queue")
    private String topic;

    @Option(
            names = "--queue",
            paramLabel = "QUEUE",
            description = "the name of a queue, which the companion broker keeps: see --broker")
    private String queue;

    @Option(
            names = "--broker",
            paramLabel = "URL",
            description =
                    "the companion broker: tcp://HOST:PORT, or embedded?dataDir=DIRECTORY[&listen=tcp://HOST:PORT];"
                            + " the same as broker.url in --url")
    private String broker;

    @Option(
            names = "--format",
            defaultValue = "jms",
            description = "jms: messages of this provider (default); raw: bare PGM data, as other PGM programs send it;"
                    + " zmq: ZeroMQ's messages. With raw and zmq the topic's name only selects the group")
    private Format format;

    enum Format {
        JMS,
        RAW,
        ZMQ
    }

    /** Whether messages are bare bytes, without properties. */
    boolean isBare() {
        return format != Format.JMS;
    }

    /** The format as it is written in options. */
    String format() {
        return format.name().toLowerCase(Locale.ROOT);
    }

    /** What messages go to or come from, as it was given. */
    String name() {
        return isQueue() ? queue : topic;
    }

    /** Whether that is a queue. */
    boolean isQueue() {
        return queue != null;
    }

    /** What messages go to or come from. */
    Destination destination(Session session) throws JMSException {
        if (isQueue()) {
            return session.createQueue(queue);
        }
        if (!isBare()) {
            return session.createTopic(topic);
        }
        return session.createTopic(topic + (topic.indexOf('?') < 0 ? '?' : '&') + "format=" + format());
    }

    /** Whether a companion broker is named. */
    boolean hasBroker() {
        return broker != null || url.contains("broker.url=") || url.contains("broker.connectionFactory=");
    }

    /** What messages to it are sent as: a broker keeps them. */
    int deliveryMode() {
        return hasBroker() ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT;
    }

    /** Refuses none or two destinations, and queues of bare data. */
    void check(CommandSpec spec) {
        if ((topic == null) == (queue == null)) {
            throw new ParameterException(spec.commandLine(), "One of --topic and --queue has to be given");
        }
        if (isQueue() && isBare()) {
            throw new ParameterException(spec.commandLine(), "A queue has no --format " + format());
        }
    }

    /** Refuses formats in which a message cannot say where its reply should go. */
    void requireReplies(CommandSpec spec) {
        check(spec);
        if (format != Format.JMS) {
            throw new ParameterException(spec.commandLine(), "Only --format jms has requests and replies");
        }
    }

    PgmConnectionFactory factory() {
        return factory(Map.of());
    }

    /** A factory for the URL; options that the URL gives itself win over these. */
    PgmConnectionFactory factory(Map<String, String> options) {
        Map<String, String> missing = new LinkedHashMap<>(options);
        missing.keySet().removeIf(name -> url.contains(name + "="));
        StringBuilder full = new StringBuilder(url);
        missing.forEach((name, value) -> full.append(full.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(value));
        PgmConnectionFactory factory = new PgmConnectionFactory(full.toString());
        factory.setBrokerUrl(broker);
        return factory;
    }
}
