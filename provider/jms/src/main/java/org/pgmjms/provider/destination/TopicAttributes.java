package org.pgmjms.provider.destination;

import java.io.Serial;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a topic's question mark, such as {@code group=239.192.7.1&port=7501&format=raw}: which channel the
 * topic takes, and what its consumers want. What is absent comes from the connection factory. Immutable; safe for any
 * thread.
 *
 * @param values what is given, by name:
 *     <pre>
 *   group       a multicast group or a pool of groups
 *   port        1 to 65535
 *   format      jms, raw (bare PGM APDUs) or zmq (ZeroMQ's messages)
 *   lateJoin    none or window: whether consumers ask for what sources still hold from before
 *   lossPolicy  report, mark, throw, rollback or stop: who is told of a loss
 *   order       topic or source: whether a gap in one topic holds back others of the same source
 * </pre>
 */
public record TopicAttributes(Map<String, String> values) implements Serializable {
    /** No attributes. */
    public static final TopicAttributes NONE = new TopicAttributes(Map.of());

    /** The name of the format attribute. */
    public static final String FORMAT = "format";
    /** The name of the late-join attribute. */
    public static final String LATE_JOIN = "lateJoin";
    /** The name of the loss-policy attribute. */
    public static final String LOSS_POLICY = "lossPolicy";
    /** The name of the order attribute. */
    public static final String ORDER = "order";

    @Serial
    private static final long serialVersionUID = 1;

    private static final String GROUP = "group";
    private static final String PORT = "port";
    private static final String DEFAULT_FORMAT = "jms";
    private static final int PORT_MOST = 65_535;

    /** Values by name, in the order in which they are written; empty where others are checked by themselves. */
    private static final Map<String, List<String>> KNOWN = Collections.unmodifiableMap(new TreeMap<>(Map.of(
            GROUP, List.of(),
            PORT, List.of(),
            FORMAT, List.of(DEFAULT_FORMAT, "raw", "zmq"),
            LATE_JOIN, List.of("none", "window"),
            LOSS_POLICY, List.of("report", "mark", "throw", "rollback", "stop"),
            ORDER, List.of("topic", "source"))));

    /** Checks names and values, and writes groups in their only form. */
    public TopicAttributes {
        Map<String, String> checked = new TreeMap<>();
        values.forEach((name, value) -> checked.put(name, check(name, value)));
        values = Collections.unmodifiableMap(checked);
    }

    /**
     * Reads {@code name=value}, several with {@code &} between them.
     *
     * @throws IllegalArgumentException if a name is unknown or a value not allowed; the message says what is
     */
    public static TopicAttributes parse(String text) {
        Map<String, String> values = new TreeMap<>();
        for (String attribute : text.split("&", -1)) {
            int equals = attribute.indexOf('=');
            if (equals < 0) {
                throw unknown(attribute);
            }
            String name = attribute.substring(0, equals);
            if (values.put(name, attribute.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("The attribute '" + name + "' is there twice in '" + text + "'");
            }
        }
        return new TopicAttributes(values);
    }

    private static String check(String name, String value) {
        List<String> allowed = KNOWN.get(name);
        if (allowed == null) {
            throw unknown(name);
        }
        if (name.equals(GROUP)) {
            return GroupPool.parse(value).toString();
        }
        if (name.equals(PORT)) {
            return String.valueOf(parsePort(value));
        }
        if (!allowed.contains(value)) {
            throw new IllegalArgumentException(
                    "Unknown " + name + " '" + value + "'; known are " + String.join(", ", allowed));
        }
        return value;
    }

    private static IllegalArgumentException unknown(String name) {
        String nearest = NearestAttribute.of(name, KNOWN.keySet());
        return new IllegalArgumentException("Unknown attribute '" + name + "'"
                + (nearest == null ? "" : "; did you mean " + nearest + "?")
                + " Known are "
                + KNOWN.keySet().stream().map(TopicAttributes::form).collect(Collectors.joining(", ")));
    }

    private static String form(String name) {
        List<String> allowed = KNOWN.getOrDefault(name, List.of());
        return name + "=" + (allowed.isEmpty() ? "..." : String.join("|", allowed));
    }

    /**
     * Reads a port, 1 to 65,535.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static int parsePort(String text) {
        if (text.matches("\\d{1,5}")) {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= PORT_MOST) {
                return port;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no port: 1 to " + PORT_MOST);
    }

    /** The same with this group or pool and this port. */
    public TopicAttributes with(@Nullable GroupPool groups, int port) {
        Map<String, String> all = new TreeMap<>(values);
        if (groups != null) {
            all.put(GROUP, groups.toString());
        }
        if (port != 0) {
            all.put(PORT, String.valueOf(port));
        }
        return new TopicAttributes(all);
    }

    /** The same at a place as messages name it, {@code group:port}; without one if the text is none. */
    public TopicAttributes at(String place) {
        int colon = place.lastIndexOf(':');
        if (colon < 0) {
            return this;
        }
        try {
            return with(GroupPool.parse(place.substring(0, colon)), parsePort(place.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return this;
        }
    }

    /** Only what makes a channel: group, port, format and order. */
    public TopicAttributes channelOnly() {
        Map<String, String> all = new TreeMap<>(values);
        all.remove(LATE_JOIN);
        all.remove(LOSS_POLICY);
        return new TopicAttributes(all);
    }

    /** The same without group and port. */
    public TopicAttributes withoutPlace() {
        Map<String, String> all = new TreeMap<>(values);
        all.remove(GROUP);
        all.remove(PORT);
        return new TopicAttributes(all);
    }

    /** The same, with what is absent here taken from others. */
    public TopicAttributes orElse(TopicAttributes others) {
        Map<String, String> all = new TreeMap<>(others.values);
        all.putAll(values);
        return new TopicAttributes(all);
    }

    /** The group or pool, or null. */
    public @Nullable GroupPool groups() {
        String text = values.get(GROUP);
        return text == null ? null : GroupPool.parse(text);
    }

    /** The port, or 0. */
    public int port() {
        return Integer.parseInt(values.getOrDefault(PORT, "0"));
    }

    /** The value of one of the other attributes, or null. */
    public @Nullable String value(String name) {
        return values.get(name);
    }

    /** Whether both name the same channel: group, port and format. */
    boolean namesChannelOf(TopicAttributes other) {
        return Objects.equals(values.get(GROUP), other.values.get(GROUP))
                && Objects.equals(values.get(PORT), other.values.get(PORT))
                && values.getOrDefault(FORMAT, DEFAULT_FORMAT)
                        .equals(other.values.getOrDefault(FORMAT, DEFAULT_FORMAT));
    }

    /** The form that {@link #parse} reads; empty for none. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("&"));
    }
}
