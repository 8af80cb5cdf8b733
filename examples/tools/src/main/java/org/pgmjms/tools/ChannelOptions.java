package org.pgmjms.tools;

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

    @Option(names = "--topic", paramLabel = "TOPIC", required = true, description = "the topic's name")
    private String topic;

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

    String topic() {
        return topic;
    }

    /** The name to give to {@code createTopic}. */
    String topicWithAttributes() {
        if (!isBare()) {
            return topic;
        }
        return topic + (topic.indexOf('?') < 0 ? '?' : '&') + "format=" + format();
    }

    /** Refuses formats in which a message cannot say where its reply should go. */
    void requireReplies(CommandSpec spec) {
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
        return new PgmConnectionFactory(full.toString());
    }
}
