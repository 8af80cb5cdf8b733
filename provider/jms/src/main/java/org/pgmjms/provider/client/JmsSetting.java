package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.link.ValueKind;

/**
 * The table of the {@code jms.*} and {@code broker.*} settings: what there is, its default, what is allowed, the section
 * of Jakarta Messaging 3.1 behind it, and what it does. The reference in the documentation is generated from it.
 */
public enum JmsSetting {
    /** Client identifier. */
    CLIENT_ID(
            "jms.clientId", ValueKind.TEXT, "", "any text", "6.1.2", "Client identifier of the factory's connections."),
    /** Users. */
    USERS(
            "jms.users",
            ValueKind.TEXT,
            "",
            "a file",
            "6.1.1",
            "File of the users who may make connections, a line NAME:pbkdf2-sha512:ITERATIONS:SALT:HASH each; without it"
                    + " anyone may."),
    /** Topics to groups. */
    TOPICS(
            "jms.topics",
            ValueKind.TEXT,
            "",
            "pattern = [group[/prefix]][:port][?attributes], several with commas between them",
            "4.2.4",
            "Which topics take which channel, the first rule that says something counts: quotes.> = 239.192.7.0/28:7501."),
    /** Discovery of sources. */
    JOIN_TIMEOUT(
            "jms.joinTimeout",
            ValueKind.DURATION,
            "100ms",
            "0..1min",
            "8.3.1",
            "How long the first consumer of a channel waits for sources to be discovered."),
    /** Late join. */
    LATE_JOIN(
            "jms.lateJoin",
            ValueKind.TEXT,
            "none",
            "none or window",
            "8.3.1",
            "Whether new consumers ask for what sources still hold from before: window does."),
    /** What happens on loss. */
    LOSS_POLICY(
            "jms.lossPolicy",
            ValueKind.TEXT,
            "report",
            "report, mark, throw, rollback or stop",
            "6.1.7",
            "report tells the ExceptionListener of each gap; mark only the LossListener, with one log line a burst; throw lets"
                    + " receive() throw once; rollback marks the transaction; stop closes the consumer."),
    /** What happens to slow consumers. */
    OVERRUN_POLICY(
            "jms.overrunPolicy",
            ValueKind.TEXT,
            "dropOldest",
            "dropOldest, dropNewest or disconnect",
            "9.1",
            "What happens when a consumer is slower than its messages come; what is dropped is reported with its count."),
    /** Prefetch by bytes. */
    PREFETCH_BYTES(
            "jms.prefetch.bytes",
            ValueKind.SIZE,
            "16MB",
            "1KiB..16GiB",
            "9.1",
            "How many bytes wait for a consumer at most; one message always may."),
    /** Prefetch by messages. */
    PREFETCH_MESSAGES(
            "jms.prefetch.messages",
            ValueKind.COUNT,
            "100000",
            "1..100000000",
            "9.1",
            "How many messages wait for a consumer at most."),
    /** What a temporary queue keeps. */
    TEMPORARY_QUEUE_MAX_BYTES(
            "jms.temporaryQueue.maxBytes",
            ValueKind.SIZE,
            "16MB",
            "1KiB..16GiB",
            "4.1.5",
            "How many bytes a temporary queue keeps at most, unacknowledged messages included; one message always may."),
    /** Unacknowledged messages. */
    MAX_UNACKNOWLEDGED(
            "jms.maxUnacknowledged",
            ValueKind.COUNT,
            "200000",
            "1..100000000",
            "6.2.10",
            "How many messages a session keeps for recovery; at the limit nothing more is delivered."),
    /** Unacknowledged bytes. */
    MAX_UNACKNOWLEDGED_BYTES(
            "jms.maxUnacknowledgedBytes",
            ValueKind.SIZE,
            "64MiB",
            "1KiB..16GiB",
            "6.2.10",
            "How many bytes a session keeps for recovery; one message always may."),
    /** Redelivery by failing listeners. */
    REDELIVERY_MAX(
            "jms.redelivery.max",
            ValueKind.COUNT,
            "6",
            "0..1000000",
            "8.7",
            "How often a message comes again to a listener that keeps throwing or rolling back, before it is given up and reported."),
    /** Message size. */
    MAX_MESSAGE_SIZE(
            "jms.maxMessageSize",
            ValueKind.SIZE,
            "16MiB",
            "1KiB..1GiB",
            "9.1",
            "The largest message that is sent or taken, headers and properties included."),
    /** Blocking of send. */
    SEND_TIMEOUT(
            "jms.sendTimeout",
            ValueKind.DURATION,
            "30s",
            "0..1h",
            "7.2",
            "How long send() waits for room before it fails."),
    /** Waits in close. */
    CLOSE_TIMEOUT(
            "jms.closeTimeout",
            ValueKind.DURATION,
            "15s",
            "0..1h",
            "6.1.8",
            "How long close() waits for exception and loss listeners; message listeners are always waited for."),
    /** Order across topics. */
    ORDER(
            "jms.order",
            ValueKind.TEXT,
            "topic",
            "topic or source",
            "6.2.9",
            "topic: a gap in one topic delays no other; source: all topics of a source keep one order."),
    /** What waits behind gaps. */
    HOLD_BACK_BYTES(
            "jms.holdBackBytes",
            ValueKind.SIZE,
            "16MiB",
            "64KiB..16GiB",
            "6.2.9",
            "What may wait behind gaps; past it the oldest gap is given up and reported."),
    /** Clocks. */
    CLOCK_SKEW(
            "jms.clockSkew",
            ValueKind.DURATION,
            "0",
            "0..1d",
            "3.4.9",
            "By how much the clocks of sender and receiver may differ; messages expire, and are due, that much later."),
    /** Persistent messages without a broker. */
    PERSISTENT_WITHOUT_BROKER(
            "jms.persistentWithoutBroker",
            ValueKind.TEXT,
            "carry",
            "carry or reject",
            "7.7",
            "carry: PERSISTENT messages travel like others, with a warning; reject: send() refuses them."),
    /** Classes of received objects. */
    DESERIALIZATION_ALLOW_LIST(
            "jms.deserialization.allowList",
            ValueKind.TEXT,
            "",
            "classes (com.acme.Order) and packages (com.acme.*, with those below com.acme.**), separated by commas",
            "3.11",
            "What the bodies of received ObjectMessages may consist of, nested classes included; by default no class is"
                    + " trusted. Once any is, boxed values and arrays of primitives and of what is listed need no entry."),
    /** Depth of received objects. */
    DESERIALIZATION_MAX_DEPTH(
            "jms.deserialization.maxDepth",
            ValueKind.COUNT,
            "12",
            "1..1000",
            "3.11",
            "How deep the objects in the body of a received ObjectMessage may refer to others."),
    /** References of received objects. */
    DESERIALIZATION_MAX_REFERENCES(
            "jms.deserialization.maxReferences",
            ValueKind.COUNT,
            "4096",
            "1..100000000",
            "3.11",
            "How many references the body of a received ObjectMessage may have; as objects are shared, there may be"
                    + " four times as many ways through any of them."),
    /** Arrays of received objects. */
    DESERIALIZATION_MAX_ARRAY(
            "jms.deserialization.maxArray",
            ValueKind.COUNT,
            "65536",
            "0..100000000",
            "3.11",
            "How long an array, or the table of a collection, in the body of a received ObjectMessage may be."),
    /** The companion broker. */
    BROKER_URL(
            "broker.url",
            ValueKind.TEXT,
            "",
            "what a module on the class path accepts; pgmjms-companion-artemis: tcp://HOST:PORT,"
                    + " embedded?dataDir=DIRECTORY[&listen=tcp://HOST:PORT]",
            "4.1",
            "The companion broker, which keeps what multicast cannot: named queues and durable subscriptions. In the URL of"
                    + " a network & is written %26."),
    /** The companion broker's connection factory. */
    BROKER_CONNECTION_FACTORY(
            "broker.connectionFactory",
            ValueKind.TEXT,
            "",
            "a name in JNDI",
            "5.1",
            "The companion broker by its own connection factory instead of broker.url."),
    /** Kept topics. */
    BROKER_TOPICS(
            "broker.topics",
            ValueKind.TEXT,
            ">",
            "patterns of topics with commas between them, with ! in front those that are not",
            "8.3.3",
            "Which topics the broker keeps for durable subscribers: >,!quotes.> is all but quotes.us and the like."),
    /** End of an embedded broker. */
    BROKER_LINGER(
            "broker.linger",
            ValueKind.DURATION,
            "30s",
            "0..1d",
            "6.1.8",
            "How long an embedded broker runs on after its last connection was closed."),
    /** Broken connections to the broker. */
    BROKER_RECONNECT(
            "broker.reconnect",
            ValueKind.DURATION,
            "0",
            "0..1d",
            "6.1.7",
            "How long a broken connection to the broker of broker.url is tried again before what needs it fails; with 0 it"
                    + " fails at once.");

    private static final Map<String, JmsSetting> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(JmsSetting::settingName, each -> each));

    private final String settingName;
    private final ValueKind kind;
    private final String defaultValue;
    private final String allowed;
    private final String section;
    private final String sentence;

    JmsSetting(
            String settingName, ValueKind kind, String defaultValue, String allowed, String section, String sentence) {
        this.settingName = settingName;
        this.kind = kind;
        this.defaultValue = defaultValue;
        this.allowed = allowed;
        this.section = section;
        this.sentence = sentence;
    }

    /** The setting with this name, or null. */
    public static @Nullable JmsSetting named(String name) {
        return BY_NAME.get(name);
    }

    /** All names, in the order of the table. */
    public static List<String> names() {
        return Arrays.stream(values()).map(JmsSetting::settingName).toList();
    }

    /** The name in URLs. */
    public String settingName() {
        return settingName;
    }

    /** The name of the JavaBean property: {@code jmsPrefetchBytes}. */
    public String beanName() {
        StringBuilder bean = new StringBuilder(settingName.length());
        for (String part : settingName.split("\\.", -1)) {
            bean.append(bean.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return bean.toString();
    }

    /** The value when nothing is set. */
    public String defaultValue() {
        return defaultValue;
    }

    /** What it does. */
    public String sentence() {
        return sentence;
    }

    /** The numeric value of a setting in the base unit of its kind; the exception says what is allowed. */
    long number(Map<String, String> options) throws JMSException {
        String value = text(options);
        int dots = allowed.indexOf("..");
        try {
            long number = kind.parse(value);
            if (number >= kind.parse(allowed.substring(0, dots)) && number <= kind.parse(allowed.substring(dots + 2))) {
                return number;
            }
        } catch (IllegalArgumentException e) {
            throw JmsExceptions.with(e, refused(value));
        }
        throw refused(value);
    }

    /** The constant of {@code type} that the setting names, case aside. */
    <E extends Enum<E>> E choice(Map<String, String> options, Class<E> type) throws JMSException {
        String value = text(options);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().replace("_", "").equalsIgnoreCase(value)) {
                return constant;
            }
        }
        throw refused(value);
    }

    /** The value as text. */
    String text(Map<String, String> options) {
        return options.getOrDefault(settingName, defaultValue).trim();
    }

    /** The exception for a value that is not allowed. */
    JMSException refused(String value) {
        return JmsExceptions.invalidSetting(settingName, value, allowed);
    }

    /** A Markdown table of the settings whose names begin with {@code prefix}. */
    public static String markdown(String prefix) {
        StringBuilder table = new StringBuilder(4096);
        table.append("| Setting | Bean property | Default | Allowed | Jakarta Messaging 3.1 | What it does |\n");
        table.append("|---|---|---|---|---|---|\n");
        for (JmsSetting setting : values()) {
            if (!setting.settingName.startsWith(prefix)) {
                continue;
            }
            table.append("| `").append(setting.settingName);
            table.append("` | `").append(setting.beanName());
            table.append("` | ").append(setting.defaultValue.isEmpty() ? "none" : setting.defaultValue);
            table.append(" | ").append(setting.allowed);
            table.append(" | ").append(setting.section);
            table.append(" | ").append(setting.sentence).append(" |\n");
        }
        return table.toString();
    }
}
