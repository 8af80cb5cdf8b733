package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.GroupPool;
import org.pgmjms.provider.destination.TopicAttributes;
import org.pgmjms.provider.destination.TopicPattern;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * A line of a factory's table of topics: {@code pattern = [group[/prefix]][:port][?attributes]}, such as
 * {@code quotes.> = 239.192.7.0/28:7501?lossPolicy=mark}. Immutable.
 *
 * @param pattern which topics it is for
 * @param attributes what it says of them
 */
record TopicRule(TopicPattern pattern, TopicAttributes attributes) {
    /** The most rules of a table. */
    static final int MOST_RULES = 256;

    private static final Pattern SEPARATOR = Pattern.compile("[,;\\r\\n]+");
    private static final Pattern TARGET =
            Pattern.compile("(\\[[^\\]]*](?:/[^:?]*)?|[^:?\\[\\]]*)(?::([^?]*))?(?:\\?(.*))?");

    /** Reads a table: rules with a comma, a semicolon or a line break between them; empty text has none. */
    static List<TopicRule> parse(String table) throws JMSException {
        List<TopicRule> rules = new ArrayList<>();
        for (String line : SEPARATOR.split(table, -1)) {
            if (!line.isBlank()) {
                rules.add(rule(line.trim()));
            }
        }
        if (rules.size() > MOST_RULES) {
            throw JmsExceptions.invalidSetting(
                    JmsSetting.TOPICS.settingName(), rules.size() + " rules", "at most " + MOST_RULES + " rules");
        }
        return rules;
    }

    private static TopicRule rule(String line) throws JMSException {
        int equals = line.indexOf('=');
        if (equals <= 0) {
            throw JmsSetting.TOPICS.refused(line);
        }
        Matcher target = TARGET.matcher(line.substring(equals + 1).trim());
        if (!target.matches()) {
            throw JmsSetting.TOPICS.refused(line);
        }
        try {
            TopicPattern pattern = TopicPattern.parse(line.substring(0, equals).trim());
            return new TopicRule(pattern, attributes(target.group(1), target.group(2), target.group(3)));
        } catch (IllegalArgumentException e) {
            throw JmsExceptions.invalidSetting(
                    JmsSetting.TOPICS.settingName() + ", rule '" + line + "': " + e.getMessage(), e);
        }
    }

    private static TopicAttributes attributes(String groups, @Nullable String port, @Nullable String others) {
        TopicAttributes attributes = others == null ? TopicAttributes.NONE : TopicAttributes.parse(others);
        return attributes.with(
                groups.isBlank() ? null : GroupPool.parse(groups),
                port == null ? 0 : TopicAttributes.parsePort(port.trim()));
    }
}
