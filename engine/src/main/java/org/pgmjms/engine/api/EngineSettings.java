package org.pgmjms.engine.api;

import io.netty.util.internal.PlatformDependent;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code pgm.*} settings of one transport, checked, with defaults and profile applied. Immutable; equal when every
 * value is. Sizes that depend on the machine are resolved here.
 */
public final class EngineSettings {
    private static final long MIB = 1L << 20;
    private static final long WINDOW_BYTES = 192 * MIB;
    private static final long RECEIVE_WINDOW_BYTES = 192 * MIB;
    private static final int DIRECT_SHARE = 4;
    private static final int BUCKETS_PER_SECOND = 250;
    private static final long BUCKET_MOST = 512 << 10;
    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|\\[?[0-9a-fA-F]*:[0-9a-fA-F:.]+]?");
    private static final int PORT_MOST = 65_535;
    private static final String MIN = "min";
    private static final int MILLIONTHS_PER_CENT = 10_000;

    private final Profile profile;
    private final Map<Setting, String> texts;
    private final Map<Setting, Long> numbers;

    private EngineSettings(Profile profile, Map<Setting, String> texts, Map<Setting, Long> numbers) {
        this.profile = profile;
        this.texts = texts;
        this.numbers = numbers;
    }

    /**
     * Reads settings. What is not among the options has the default of the profile.
     *
     * @param options names such as {@code pgm.maxRate} with their values
     * @throws PgmException INVALID_SETTING for an unknown name, with the nearest known one; for a bad value, with what is
     *     allowed; for values that contradict each other
     */
    public static EngineSettings parse(Map<String, String> options) throws PgmException {
        EnumMap<Setting, String> given = new EnumMap<>(Setting.class);
        for (Map.Entry<String, String> option : options.entrySet()) {
            given.put(known(option.getKey()), option.getValue().trim());
        }
        Profile profile = profile(given.get(Setting.PROFILE));
        EnumMap<Setting, String> texts = new EnumMap<>(Setting.class);
        EnumMap<Setting, Long> numbers = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String value = given.getOrDefault(setting, setting.defaultFor(profile));
            boolean auto = setting.allowsAuto() && value.equalsIgnoreCase(Setting.AUTO);
            if (!auto && setting.quantity() == Quantity.TEXT) {
                texts.put(setting, value);
            } else if (!auto) {
                numbers.put(setting, setting.parse(value));
            }
        }
        EngineSettings settings = new EngineSettings(profile, texts, numbers);
        settings.checkTogether();
        return settings;
    }

    /** The profile whose defaults apply. */
    public Profile profile() {
        return profile;
    }

    /** How long a source goes on repairing after it was closed; zero for not at all. */
    public Duration linger() {
        return Duration.ofNanos(number(Setting.LINGER));
    }

    /**
     * A channel with these settings, its group given as an IPv4 or IPv6 literal. Asks no name service.
     *
     * @param networkInterface name, address or CIDR; resolved when a socket is opened
     * @param group the multicast group
     * @param port PGM data-destination port, and UDP port unless {@code pgm.udpPort} says otherwise
     */
    public ChannelConfig channel(String networkInterface, String group, int port) throws PgmException {
        if (!ADDRESS.matcher(group).matches()) {
            throw noGroup(group);
        }
        InetAddress address;
        try {
            address = InetAddress.getByName(group);
        } catch (UnknownHostException e) {
            throw noGroup(group);
        }
        if (!address.isMulticastAddress()) {
            throw noGroup(group);
        }
        return channel(networkInterface, address, port);
    }

    /**
     * A channel with these settings.
     *
     * @param networkInterface name, address or CIDR; resolved when a socket is opened
     * @param group the multicast group
     * @param port PGM data-destination port, and UDP port unless {@code pgm.udpPort} says otherwise
     */
    public ChannelConfig channel(String networkInterface, InetAddress group, int port) throws PgmException {
        if (port < 1 || port > PORT_MOST) {
            throw new PgmException(
                    PgmException.Code.INVALID_SETTING, "port=" + port + " is not allowed; allowed is 1..65535");
        }
        if (!group.isMulticastAddress()) {
            throw noGroup(group.getHostAddress());
        }
        SimulatedLossText loss = SimulatedLossText.parse(text(Setting.SIMULATED_LOSS));
        return new ChannelConfig(
                networkInterface,
                group,
                port,
                (int) number(Setting.UDP_PORT, port),
                integer(Setting.TTL),
                integer(Setting.TPDU),
                number(Setting.LOOP) != 0,
                integer(Setting.RECEIVE_BUFFER),
                number(Setting.MAX_RATE),
                number(Setting.NAP),
                number(Setting.SPIN),
                loss.percent(),
                loss.seed() == null ? new SecureRandom().nextLong() : loss.seed(),
                number(Setting.JMX) != 0);
    }

    /**
     * A new source with these settings: identifier, source port and first number are drawn by each call, unless they are
     * set.
     *
     * @param destinationPort the PGM data-destination port, which the source port must not equal
     */
    public SourceConfig source(int destinationPort) throws PgmException {
        SecureRandom random = new SecureRandom();
        return source(destinationPort, (int) number(Setting.SOURCE_PORT, drawPort(random, destinationPort)), random);
    }

    /**
     * The same for a source whose name somebody else has taken: the source port is drawn even if it is set.
     *
     * @param destinationPort the PGM data-destination port, which the source port must not equal
     */
    public SourceConfig renamedSource(int destinationPort) throws PgmException {
        SecureRandom random = new SecureRandom();
        return source(destinationPort, drawPort(random, destinationPort), random);
    }

    private static int drawPort(SecureRandom random, int destinationPort) {
        int drawn = 1 + random.nextInt(PORT_MOST - 1);
        return drawn < destinationPort ? drawn : drawn + 1;
    }

    private SourceConfig source(int destinationPort, int sourcePort, SecureRandom random) throws PgmException {
        if (sourcePort == destinationPort) {
            throw Setting.SOURCE_PORT.refuse(String.valueOf(sourcePort), "it is the data-destination port");
        }
        String gsi = texts.get(Setting.GSI);
        return new SourceConfig(
                number(Setting.WINDOW_TIME),
                windowBytes(),
                integer(Setting.WINDOW_PACKETS),
                number(Setting.MAX_RATE),
                bucketBytes(),
                share(Setting.REPAIR_SHARE),
                share(Setting.NAK_LIMIT_REPAIR_SHARE),
                number(Setting.AMBIENT_SPM),
                number(Setting.HEARTBEAT_MIN),
                number(Setting.HEARTBEAT_MAX),
                integer(Setting.LATE_JOIN) / MILLIONTHS_PER_CENT,
                integer(Setting.MAX_FRAGMENTS),
                integer(Setting.MAX_APDU),
                number(Setting.IDLE_GAP),
                integer(Setting.NAK_LIMIT_PER_SENDER),
                integer(Setting.NAK_LIMIT_TOTAL),
                number(Setting.REPAIR_HOLD_OFF),
                sendLimit(),
                number(Setting.ANNOUNCE) != 0,
                gsi != null,
                gsi == null ? random.nextLong() >>> Short.SIZE : gsi(gsi),
                sourcePort,
                (int) number(Setting.FIRST_SQN, gsi == null ? 0 : random.nextInt() & Integer.MAX_VALUE));
    }

    /**
     * A receiver with these settings.
     *
     * @param order when APDUs are handed out
     * @param lateJoin whether to ask for what sources offer from the past
     * @param raw whether foreign sources are expected, whose APDUs are no envelopes
     */
    public ReceiverConfig receiver(DeliveryOrder order, boolean lateJoin, boolean raw) {
        return new ReceiverConfig(
                order,
                lateJoin,
                raw,
                number(Setting.NAK_BACK_OFF),
                number(Setting.NAK_REPEAT),
                number(Setting.NAK_RDATA),
                number(Setting.NAK_MAX_INTERVAL),
                integer(Setting.NCF_RETRIES),
                integer(Setting.DATA_RETRIES),
                integer(Setting.GROUP_SIZE),
                number(Setting.GAP_DEADLINE),
                receiveWindowBytes(),
                integer(Setting.RECEIVE_WINDOW_PACKETS),
                integer(Setting.MAX_FRAGMENTS),
                integer(Setting.MAX_APDU),
                number(Setting.PEER_EXPIRY),
                integer(Setting.MAX_PEERS),
                integer(Setting.MAX_PEERS_PER_ADDRESS),
                integer(Setting.SPMR_LIMIT));
    }

    /** What a transmit window keeps at most, in bytes. */
    public long windowBytes() {
        long automatic = Math.min(WINDOW_BYTES, PlatformDependent.maxDirectMemory() / DIRECT_SHARE);
        return number(Setting.WINDOW_BYTES, Math.max(automatic, MIB));
    }

    /** What the receive windows of a channel hold at most, in bytes. */
    public long receiveWindowBytes() {
        return number(
                Setting.RECEIVE_WINDOW_BYTES,
                Math.min(RECEIVE_WINDOW_BYTES, PlatformDependent.maxDirectMemory() / DIRECT_SHARE));
    }

    /** The largest APDU that may be sent or received, in bytes. */
    public int maxApduBytes() {
        return integer(Setting.MAX_APDU);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EngineSettings that && texts.equals(that.texts) && numbers.equals(that.numbers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(texts, numbers);
    }

    /** Every value as it would be written, in the order of the table. */
    @Override
    public String toString() {
        StringBuilder all = new StringBuilder();
        for (Setting setting : Setting.values()) {
            Long number = numbers.get(setting);
            String value = number == null
                    ? texts.getOrDefault(setting, Setting.AUTO)
                    : setting.quantity().format(number);
            all.append(all.isEmpty() ? "" : "&")
                    .append(setting.settingName())
                    .append('=')
                    .append(value);
        }
        return all.toString();
    }

    private SendLimitConfig sendLimit() {
        return new SendLimitConfig(
                isSlowestFollowed(),
                integer(Setting.SEND_LIMIT_RECEIVERS),
                number(Setting.SEND_LIMIT_SILENCE),
                number(Setting.SEND_LIMIT_PATIENCE));
    }

    private boolean isSlowestFollowed() {
        return text(Setting.SEND_LIMIT).equalsIgnoreCase(MIN);
    }

    private static PgmException noGroup(String group) {
        return new PgmException(
                PgmException.Code.BAD_GROUP,
                "group=" + group + " is not allowed; allowed is a multicast address: 224.0.0.0/4 or ff00::/8");
    }

    private static Setting known(String name) throws PgmException {
        Setting setting = Setting.named(name);
        if (setting != null) {
            return setting;
        }
        String nearest = NearestName.of(
                name, Stream.of(Setting.values()).map(Setting::settingName).toList());
        throw new PgmException(
                PgmException.Code.INVALID_SETTING,
                "there is no setting " + name + (nearest == null ? "" : "; the nearest is " + nearest));
    }

    private static Profile profile(@Nullable String name) throws PgmException {
        if (name == null) {
            return Profile.LAN;
        }
        for (Profile profile : Profile.values()) {
            if (profile.settingName().equals(name.toLowerCase(Locale.ROOT))) {
                return profile;
            }
        }
        throw Setting.PROFILE.refuse(name, "there is no such profile");
    }

    private void checkTogether() throws PgmException {
        SimulatedLossText.parse(text(Setting.SIMULATED_LOSS));
        String gsi = texts.get(Setting.GSI);
        if (gsi != null) {
            gsi(gsi);
        }
        checkSendLimit();
        atMost(Setting.HEARTBEAT_MIN, Setting.HEARTBEAT_MAX);
        atMost(Setting.TPDU, Setting.BUCKET);
        atMost(Setting.NAK_RDATA, Setting.NAK_MAX_INTERVAL);
        atMost(Setting.NAK_REPEAT, Setting.NAK_MAX_INTERVAL);
    }

    private void checkSendLimit() throws PgmException {
        String limit = text(Setting.SEND_LIMIT);
        if (!isSlowestFollowed() && !limit.equalsIgnoreCase(Setting.SEND_LIMIT.defaultFor(profile))) {
            throw Setting.SEND_LIMIT.refuse(limit, "there is no such limit");
        }
        if (isSlowestFollowed() && number(Setting.ANNOUNCE) == 0) {
            throw Setting.SEND_LIMIT.refuse(limit, "receivers are not asked for their status with pgm.announce=false");
        }
    }

    private void atMost(Setting smaller, Setting larger) throws PgmException {
        Long least = numbers.get(smaller);
        Long most = numbers.get(larger);
        if (least != null && most != null && least > most) {
            throw larger.refuse(
                    larger.quantity().format(most),
                    "it is less than " + smaller.settingName() + "="
                            + smaller.quantity().format(least));
        }
    }

    private double share(Setting setting) {
        return (double) number(setting) / (100 * MILLIONTHS_PER_CENT);
    }

    private int bucketBytes() {
        long burst = number(Setting.MAX_RATE) / BUCKETS_PER_SECOND;
        long automatic = Math.max(2 * number(Setting.TPDU), Math.min(burst, BUCKET_MOST));
        return (int) number(Setting.BUCKET, automatic);
    }

    private static long gsi(String text) throws PgmException {
        String[] parts = text.split("\\.", -1);
        long gsi = 0;
        for (String part : parts) {
            if (parts.length != 6 || !part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
                throw Setting.GSI.refuse(text, "it is no global source identifier");
            }
            gsi = gsi << Byte.SIZE | Integer.parseInt(part);
        }
        return gsi;
    }

    private String text(Setting setting) {
        return Objects.requireNonNull(texts.get(setting));
    }

    private int integer(Setting setting) {
        return (int) number(setting);
    }

    private long number(Setting setting) {
        return Objects.requireNonNull(numbers.get(setting));
    }

    private long number(Setting setting, long automatic) {
        return numbers.getOrDefault(setting, automatic);
    }
}
