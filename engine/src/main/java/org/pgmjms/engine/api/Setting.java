package org.pgmjms.engine.api;

import static org.pgmjms.engine.api.Quantity.COUNT;
import static org.pgmjms.engine.api.Quantity.DURATION;
import static org.pgmjms.engine.api.Quantity.FLAG;
import static org.pgmjms.engine.api.Quantity.PERCENT;
import static org.pgmjms.engine.api.Quantity.RATE;
import static org.pgmjms.engine.api.Quantity.SIZE;
import static org.pgmjms.engine.api.Quantity.TEXT;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table of the engine's settings: what there is, in which unit, its default for each {@link Profile}, its range, what
 * RFC 3208 or Windows call it, and what it does. The reference in the documentation is generated from it.
 */
public enum Setting {
    /** Timers and limits that belong together. */
    PROFILE(
            "pgm.profile",
            TEXT,
            always("lan"),
            "lan, marketdata, wan or openpgm",
            "RM_HIGH_SPEED_INTRANET_OPT",
            "Timers and limits that belong together; single settings override it."),
    /** UDP encapsulation port. */
    UDP_PORT(
            "pgm.udpPort",
            COUNT,
            always("auto"),
            "1..65535",
            "",
            "UDP port of the encapsulation; auto is the port of the URL."),
    /** Multicast TTL. */
    TTL(
            "pgm.ttl",
            COUNT,
            always("1"),
            "0..255",
            "RM_SET_MCAST_TTL",
            "Hops that multicast packets may go; 0 stays on the host, 1 on the network."),
    /** Largest IP datagram. */
    TPDU(
            "pgm.tpdu",
            SIZE,
            always("1500"),
            "256..65535",
            "TPDU",
            "The largest IP datagram, headers included; checked against the MTU of the interface."),
    /** Whether this process hears itself. */
    LOOP(
            "pgm.loop",
            FLAG,
            always("true"),
            "true or false",
            "",
            "Whether subscriptions of this connection's transport hear its own publications."),
    /** SO_RCVBUF. */
    RECEIVE_BUFFER(
            "pgm.receiveBuffer",
            SIZE,
            always("4MiB"),
            "8KiB..1GiB",
            "SO_RCVBUF",
            "Asked of the kernel for each group socket; a warning says when too little was granted."),
    /** Deliberate loss. */
    SIMULATED_LOSS(
            "pgm.simulatedLoss",
            TEXT,
            always("0"),
            "0..100 per cent, optionally ,seed=N",
            "",
            "Share of received ODATA, RDATA, SPM and NCF to drop on purpose, for tests and demonstrations."),
    /** How long a source goes on repairing. */
    LINGER(
            "pgm.linger",
            DURATION,
            always("5s"),
            "0..1h",
            "SO_LINGER",
            "How long after the last close a source goes on repairing for those who still ask."),
    /** Rate limit. */
    MAX_RATE(
            "pgm.maxRate",
            RATE,
            always("1Gbit/s"),
            "8kbit/s..400Gbit/s",
            "TXW_MAX_RTE, RM_RATE_WINDOW_SIZE",
            "The most that a source sends, data, repairs and all headers together."),
    /** Token bucket. */
    BUCKET(
            "pgm.bucket",
            SIZE,
            always("auto"),
            "256..64MiB",
            "",
            "The most that leaves at once; auto is 4 ms of pgm.maxRate, at least two packets, at most 512 KiB."),
    /** Repairs' share. */
    REPAIR_SHARE(
            "pgm.repairShare",
            PERCENT,
            always("50"),
            "5..100",
            "",
            "The share of pgm.maxRate that repairs may take while data waits."),
    /** Transmit window by time. */
    WINDOW_TIME(
            "pgm.window.time",
            DURATION,
            always("10s"),
            "100ms..1d",
            "TXW_SECS, RM_RATE_WINDOW_SIZE",
            "How long a packet can be repaired."),
    /** Transmit window by bytes. */
    WINDOW_BYTES(
            "pgm.window.bytes",
            SIZE,
            always("auto"),
            "1MiB..64GiB",
            "TXW_BYTES, RM_RATE_WINDOW_SIZE",
            "How many bytes a transmit window keeps at most; auto is 192 MiB, at most a quarter of the direct memory."),
    /** Transmit window by packets. */
    WINDOW_PACKETS(
            "pgm.window.packets",
            COUNT,
            always("262144"),
            "16..16777216",
            "TXW_SQNS",
            "How many packets a transmit window keeps at most."),
    /** Ambient SPMs. */
    AMBIENT_SPM(
            "pgm.spm.ambient",
            DURATION,
            always("2s"),
            "50ms..5min",
            "AMBIENT_SPM_IVL",
            "Interval of the Source Path Messages that are sent whatever happens."),
    /** First heartbeat. */
    HEARTBEAT_MIN(
            "pgm.spm.heartbeatMin",
            DURATION,
            always("50ms"),
            "1ms..5min",
            "IHB_MIN",
            "When the first heartbeat follows the last data; the interval then doubles."),
    /** Last heartbeat interval. */
    HEARTBEAT_MAX(
            "pgm.spm.heartbeatMax",
            DURATION,
            always("2s"),
            "1ms..5min",
            "IHB_MAX",
            "To what the interval between heartbeats doubles."),
    /** What sources offer late joiners. */
    LATE_JOIN(
            "pgm.lateJoin",
            PERCENT,
            always("75"),
            "0..75",
            "OPT_JOIN, RM_LATEJOIN",
            "The share of the transmit window that a source offers to late joiners; 0 offers nothing."),
    /** Caller sends when idle. */
    IDLE_GAP(
            "pgm.idleGap",
            DURATION,
            always("25us"),
            "0..1s",
            "",
            "How far apart the sending thread sends by itself on average, at most five at once; what comes faster fills packets."),
    /** Busy agents nap. */
    NAP(
            "pgm.nap",
            DURATION,
            always("20us"),
            "0..1ms",
            "",
            "How long agents let packets gather while a stream is busy, instead of waking for each; 0 is never."),
    /** A receiving agent looks instead of sleeping. */
    SPIN(
            "pgm.spin",
            DURATION,
            always("0"),
            "0..1s",
            "",
            "How long after a packet the receiving thread looks for the next one without sleeping: lower latency for a processor of its own; 0 is never."),
    /** Fragments of an APDU. */
    MAX_FRAGMENTS(
            "pgm.maxFragments",
            COUNT,
            only(Profile.OPENPGM, "16", "16384"),
            "1..1048576",
            "",
            "The most packets of one APDU, sent and received."),
    /** Bytes of an APDU. */
    MAX_APDU(
            "pgm.maxApdu",
            SIZE,
            only(Profile.OPENPGM, "65535", "17MiB"),
            "512..1GiB",
            "",
            "The largest APDU, sent and received."),
    /** NAK budget of a sender. */
    NAK_LIMIT_PER_SENDER(
            "pgm.nakLimit.perSender",
            COUNT,
            always("500"),
            "1..1000000",
            "",
            "NAK packets a second that a source takes from one address and port."),
    /** NAK budget in all. */
    NAK_LIMIT_TOTAL(
            "pgm.nakLimit.total",
            COUNT,
            always("20000"),
            "1..10000000",
            "",
            "NAK packets a second that a source takes in all."),
    /** Repairs' share under a flood. */
    NAK_LIMIT_REPAIR_SHARE(
            "pgm.nakLimit.repairShare",
            PERCENT,
            always("5"),
            "1..100",
            "",
            "The share of pgm.maxRate that repairs may take while data waits and more NAKs come than these limits allow."),
    /** Repair hold-off. */
    REPAIR_HOLD_OFF(
            "pgm.repairHoldOff",
            DURATION,
            always("2ms"),
            "0..1s",
            "",
            "How long after a repair the same packet is not sent again."),
    /** Who limits a source beside its rate. */
    SEND_LIMIT(
            "pgm.sendLimit",
            TEXT,
            always("none"),
            "none or min",
            "",
            "Who beside pgm.maxRate limits a source: nobody, or with min the slowest of its receivers."),
    /** Receivers of a closed group. */
    SEND_LIMIT_RECEIVERS(
            "pgm.sendLimit.receivers",
            COUNT,
            always("0"),
            "0..1024",
            "",
            "With pgm.sendLimit=min: the receivers that must be there before the first message leaves."),
    /** Silent receivers. */
    SEND_LIMIT_SILENCE(
            "pgm.sendLimit.silence",
            DURATION,
            always("1s"),
            "100ms..1h",
            "",
            "With pgm.sendLimit=min: how long a receiver may say nothing before the source goes on without it."),
    /** Stuck receivers. */
    SEND_LIMIT_PATIENCE(
            "pgm.sendLimit.patience",
            DURATION,
            always("10s"),
            "0..1d",
            "",
            "With pgm.sendLimit=min: how long a receiver that takes nothing may hold the source; 0 for ever."),
    /** Private session option. */
    ANNOUNCE(
            "pgm.announce",
            FLAG,
            always("true"),
            "true or false",
            "",
            "Whether SPMs tell receivers of our kind the unicast port and the age of the session; others skip it."),
    /** Global source identifier. */
    GSI(
            "pgm.gsi",
            TEXT,
            always("auto"),
            "six numbers 0..255 with dots",
            "GSI",
            "Global source identifier; auto draws a new one for each source. A source with a given one listens to its channel for"
                    + " a minute, and takes another port when somebody else sends under the same."),
    /** Data-source port. */
    SOURCE_PORT(
            "pgm.sourcePort",
            COUNT,
            always("auto"),
            "0..65535",
            "",
            "PGM data-source port, not equal to the destination port; auto draws one."),
    /** First sequence number. */
    FIRST_SQN(
            "pgm.firstSqn",
            COUNT,
            always("auto"),
            "0..4294967295",
            "",
            "Sequence number of a source's first packet; auto is 0, and with a given pgm.gsi a number drawn below 2^31, so that"
                    + " receivers tell a source that has started over from the one before."),
    /** NAK back-off. */
    NAK_BACK_OFF(
            "pgm.nak.backOff",
            DURATION,
            perProfile("2ms", "2ms", "50ms", "50ms"),
            "1ms..60s",
            "NAK_BO_IVL",
            "The longest random delay before a missing packet is asked for; 10ms where ten receivers or more miss the same ones."),
    /** NAK repeat. */
    NAK_REPEAT(
            "pgm.nak.repeat",
            DURATION,
            perProfile("20ms", "20ms", "200ms", "200ms"),
            "1ms..60s",
            "NAK_RPT_IVL",
            "How long to wait for the confirmation of a request, at the first try."),
    /** RDATA wait. */
    NAK_RDATA(
            "pgm.nak.rdata",
            DURATION,
            perProfile("40ms", "40ms", "400ms", "200ms"),
            "1ms..60s",
            "NAK_RDATA_IVL",
            "How long to wait for a confirmed repair, at the first try."),
    /** Longest wait. */
    NAK_MAX_INTERVAL(
            "pgm.nak.maxInterval",
            DURATION,
            perProfile("200ms", "200ms", "1s", "200ms"),
            "1ms..60s",
            "",
            "To what both waits double with each retry."),
    /** NCF retries. */
    NCF_RETRIES(
            "pgm.nak.ncfRetries",
            COUNT,
            always("50"),
            "1..10000",
            "NAK_NCF_RETRIES",
            "Requests for one packet that may go unconfirmed before it is given up."),
    /** Data retries. */
    DATA_RETRIES(
            "pgm.nak.dataRetries",
            COUNT,
            always("50"),
            "1..10000",
            "NAK_DATA_RETRIES",
            "Confirmed repairs of one packet that may fail to come before it is given up."),
    /** Receivers behind one loss. */
    GROUP_SIZE(
            "pgm.groupSize",
            COUNT,
            always("10"),
            "1..1000000",
            "",
            "Receivers expected to miss the same packet; shapes the random delay (RFC 5401)."),
    /** Gap deadline. */
    GAP_DEADLINE(
            "pgm.gapDeadline",
            DURATION,
            only(Profile.MARKETDATA, "250ms", "0"),
            "0..1h",
            "",
            "How old a gap may get before it is given up and reported; 0 for no limit."),
    /** Receive windows by bytes. */
    RECEIVE_WINDOW_BYTES(
            "pgm.receiveWindow.bytes",
            SIZE,
            always("auto"),
            "64KiB..64GiB",
            "RXW_BYTES",
            "What all sessions of a channel may hold behind gaps; auto is 192 MiB, at most a quarter of the direct memory."),
    /** Receive window by packets. */
    RECEIVE_WINDOW_PACKETS(
            "pgm.receiveWindow.packets",
            COUNT,
            always("262144"),
            "16..16777216",
            "RXW_SQNS",
            "How many packets one session may have open behind its oldest gap."),
    /** Peer expiry. */
    PEER_EXPIRY(
            "pgm.peerExpiry",
            DURATION,
            always("60s"),
            "100ms..1d",
            "",
            "How long a source may be silent before its session ends."),
    /** Sessions. */
    MAX_PEERS(
            "pgm.maxPeers",
            COUNT,
            always("1024"),
            "1..65536",
            "",
            "Sessions that a channel receives at most; later ones are refused."),
    /** Sessions per address. */
    MAX_PEERS_PER_ADDRESS(
            "pgm.maxPeersPerAddress",
            COUNT,
            always("64"),
            "1..65536",
            "",
            "Sessions that a channel receives from one network address at most."),
    /** SPMR limit. */
    SPMR_LIMIT(
            "pgm.spmrLimit", COUNT, always("10"), "1..1000", "", "SPM requests a second that a channel sends at most."),
    /** MBeans. */
    JMX(
            "pgm.jmx",
            FLAG,
            always("true"),
            "true or false",
            "RM_SENDER_STATISTICS, RM_RECEIVER_STATISTICS",
            "Whether sources and receivers are registered as MBeans.");

    /** The value that lets the engine decide; only where it is the default. */
    public static final String AUTO = "auto";

    private static final Map<String, Setting> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Setting::settingName, setting -> setting));

    private final String settingName;
    private final Quantity quantity;
    private final List<String> defaults;
    private final String allowed;
    private final String standardName;
    private final String sentence;

    Setting(
            String settingName,
            Quantity quantity,
            List<String> defaults,
            String allowed,
            String standardName,
            String sentence) {
        this.settingName = settingName;
        this.quantity = quantity;
        this.defaults = defaults;
        this.allowed = allowed;
        this.standardName = standardName;
        this.sentence = sentence;
    }

    /** The setting with this name ({@code pgm.window.bytes}), or null. */
    public static @Nullable Setting named(String name) {
        return BY_NAME.get(name);
    }

    /** The name in URLs: {@code pgm.window.bytes}. */
    public String settingName() {
        return settingName;
    }

    /** The name of the JavaBean property: {@code pgmWindowBytes}. */
    public String beanName() {
        StringBuilder bean = new StringBuilder(settingName.length());
        for (String part : settingName.split("\\.", -1)) {
            bean.append(bean.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return bean.toString();
    }

    /** What kind of value it has. */
    public Quantity quantity() {
        return quantity;
    }

    /** The value when nothing is set, as it would be written. */
    public String defaultFor(Profile profile) {
        return defaults.get(profile.ordinal());
    }

    /** Whether {@link #AUTO} is a value. */
    public boolean allowsAuto() {
        return defaultFor(Profile.LAN).equals(AUTO);
    }

    /** What is allowed, for people: {@code 1ms..60s}. */
    public String allowed() {
        return allowed;
    }

    /** What RFC 3208 or Windows call it; empty when they have no such thing. */
    public String standardName() {
        return standardName;
    }

    /** What it does. */
    public String sentence() {
        return sentence;
    }

    /**
     * Reads and checks a numeric value.
     *
     * @return the value in the base unit of {@link #quantity}
     * @throws PgmException INVALID_SETTING naming the setting, the value and what is allowed
     */
    public long parse(String value) throws PgmException {
        long parsed;
        try {
            parsed = quantity.parse(value);
        } catch (IllegalArgumentException e) {
            throw refuse(value, e.getMessage());
        }
        int dots = allowed.indexOf("..");
        if (dots > 0) {
            long least = quantity.parse(allowed.substring(0, dots));
            long most = quantity.parse(allowed.substring(dots + 2));
            if (parsed < least || parsed > most) {
                throw refuse(value, "it is out of range");
            }
        }
        return parsed;
    }

    /** The error for a bad value of this setting. */
    PgmException refuse(String value, @Nullable String why) {
        return new PgmException(
                PgmException.Code.INVALID_SETTING,
                settingName + "=" + value + " is not allowed: " + why + "; allowed is " + allowed
                        + (allowsAuto() ? " or auto" : ""));
    }

    private static List<String> always(String value) {
        return List.of(value, value, value, value);
    }

    private static List<String> only(Profile profile, String value, String otherwise) {
        return Arrays.stream(Profile.values())
                .map(each -> each == profile ? value : otherwise)
                .toList();
    }

    private static List<String> perProfile(String lan, String marketdata, String wan, String openpgm) {
        return List.of(lan, marketdata, wan, openpgm);
    }
}
