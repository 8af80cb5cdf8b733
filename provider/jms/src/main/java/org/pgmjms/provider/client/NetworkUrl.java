package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.GroupPool;
import org.pgmjms.provider.destination.TopicAttributes;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * The URL of a network: {@code epgm://[interface;]group[/prefix]:port[?options]}. Immutable. Asks no name service.
 *
 * @param scheme {@code epgm}
 * @param networkInterface name, address or CIDR; {@code lo} when none is given
 * @param groups a multicast group, or a pool of groups
 * @param port 1 to 65,535
 * @param options what stands behind the question mark, decoded
 */
record NetworkUrl(String scheme, String networkInterface, GroupPool groups, int port, Map<String, String> options) {
    /** Where a factory without a URL sends. */
    static final String DEFAULT = "epgm://lo;239.192.0.1:7500";

    private static final String SETTING = "url";
    private static final String GRAMMAR = "epgm://[interface;]group[/prefix]:port[?options], such as " + DEFAULT
            + " or epgm://eth0;[ff15::7500]:7500";
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://(.*)");
    private static final Pattern PLACE =
            Pattern.compile("(?:([^;]*);)?(\\[[^\\]]*]|[^:;/\\[\\]]*)(/[^:]*)?(?::([^:/]*))?(.*)");

    NetworkUrl {
        options = Map.copyOf(options);
    }

    /** Reads a URL; the exception names the part that is wrong and what is allowed. */
    static NetworkUrl parse(String text) throws JMSException {
        Matcher whole = SCHEME.matcher(text.trim());
        if (!whole.matches()) {
            throw JmsExceptions.invalidSetting(SETTING, text, GRAMMAR);
        }
        String scheme = whole.group(1).toLowerCase(Locale.ROOT);
        if (scheme.equals("pgm")) {
            throw JmsExceptions.notYet("Scheme pgm (PGM as IP protocol 113; epgm is PGM in UDP)");
        }
        if (!scheme.equals("epgm")) {
            throw JmsExceptions.invalidSetting(SETTING + " scheme", scheme, "epgm");
        }
        String rest = whole.group(2);
        int question = rest.indexOf('?');
        Matcher place = PLACE.matcher(question < 0 ? rest : rest.substring(0, question));
        if (!place.matches() || !place.group(5).isEmpty()) {
            throw JmsExceptions.invalidSetting(SETTING, text, GRAMMAR);
        }
        return new NetworkUrl(
                scheme,
                networkInterface(place.group(1)),
                groups(place.group(2) + Objects.requireNonNullElse(place.group(3), "")),
                port(place.group(4)),
                options(question < 0 ? "" : rest.substring(question + 1)));
    }

    private static String networkInterface(@Nullable String text) throws JMSException {
        if (text == null) {
            return "lo";
        }
        if (text.contains(",")) {
            throw JmsExceptions.notYet("A list of interfaces (" + text + ")");
        }
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String name = bracketed ? text.substring(1, text.length() - 1) : text;
        if (name.isBlank()) {
            throw JmsExceptions.invalidSetting(
                    SETTING + " interface", text, "a name, an address or a CIDR such as eth0, 10.1.2.3 or 10.1.0.0/16");
        }
        return name.trim();
    }

    private static GroupPool groups(String text) throws JMSException {
        try {
            return GroupPool.parse(text);
        } catch (IllegalArgumentException e) {
            throw JmsExceptions.invalidSetting(SETTING + " group: " + e.getMessage(), e);
        }
    }

    private static int port(@Nullable String text) throws JMSException {
        try {
            return TopicAttributes.parsePort(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw JmsExceptions.invalidSetting(SETTING + " port: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> options(String query) throws JMSException {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : query.split("&", -1)) {
            int equals = option.indexOf('=');
            if (option.isEmpty()) {
                continue;
            }
            if (equals <= 0) {
                throw JmsExceptions.invalidSetting(SETTING + " option", option, "name=value");
            }
            String name = decode(option.substring(0, equals));
            if (options.put(name, decode(option.substring(equals + 1))) != null) {
                throw JmsExceptions.invalidSetting(SETTING + " option", name, "each name once");
            }
        }
        return options;
    }

    private static String decode(String text) throws JMSException {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw JmsExceptions.with(
                    e, JmsExceptions.invalidSetting(SETTING + " option", text, "%XX with two hexadecimal digits"));
        }
    }
}
