package org.pgmjms.engine.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.SendLimitConfig;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.sim.Plans.Blow;
import org.pgmjms.engine.sim.Plans.Defect;
import org.pgmjms.engine.sim.Plans.Fate;
import org.pgmjms.engine.sim.Plans.Message;
import org.pgmjms.engine.sim.Plans.Mischief;
import org.pgmjms.engine.sim.Plans.ReceiverPlan;
import org.pgmjms.engine.sim.Plans.SourcePlan;
import org.pgmjms.engine.sim.Plans.Trouble;
import org.pgmjms.engine.sim.Plans.Weather;
import org.pgmjms.engine.wire.PacketType;

/** Draws a scenario. Ranges are those of what users may set, and a little of what they should not. */
final class ScenarioDraw {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1000 * MS;
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final int MOST_PACKETS = 2_000;
    private static final int MOST_APDU_BYTES = 17 * MIB;
    private static final int MOST_FRAGMENTS = 16_384;
    private static final int NEAR_WRAP = 10_000;
    private static final int DATA_HEADER_BYTES = 48;
    private static final long MISCHIEF = 48;
    private static final long LIMIT = 49;
    private static final long DEFECT = 50;
    private static final int MOST_SKEW_PPM = 200;
    private static final PacketType[] FILTERED = {
        PacketType.SPM, PacketType.ODATA, PacketType.RDATA, PacketType.NAK, PacketType.NCF, PacketType.SPMR
    };

    private final long seed;
    private final RandomGenerator random;
    private final boolean gentle;
    private final int sourceCount;
    private final int receiverCount;
    private long publishNs;
    private long slowestAmbientNs;

    ScenarioDraw(long seed) {
        this.seed = seed;
        random = RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed);
        gentle = chance(0.25);
        sourceCount = chance(0.6) ? 1 : random.nextInt(2, 4);
        receiverCount = chance(0.7) ? random.nextInt(1, 5) : random.nextInt(5, 21);
    }

    Scenario draw() {
        publishNs = logarithmic(200 * MS, 3 * SECOND);
        long healsNs = publishNs + random.nextLong(SECOND);
        List<SourcePlan> sources = new ArrayList<>();
        for (int i = 0; i < sourceCount; i++) {
            sources.add(source());
        }
        List<ReceiverPlan> receivers = new ArrayList<>();
        for (int i = 0; i < receiverCount; i++) {
            receivers.add(receiver());
        }
        List<Weather> weather = new ArrayList<>();
        for (int i = 0; i < sourceCount + receiverCount; i++) {
            weather.add(weather());
        }
        return new Scenario(
                seed, gentle, sources, receivers, weather, troubles(healsNs), mischief(), defects(healsNs), healsNs);
    }

    private SourcePlan source() {
        int tpdu = tpdu();
        long rate = logarithmic(gentle ? 5 * MIB : 50 * KIB, 100 * MIB);
        double affordable = (double) rate * publishNs / SECOND / tpdu * 0.5;
        int packets = (int) Math.min(logarithmic(5, MOST_PACKETS / sourceCount + 1), Math.max(3, affordable));
        SourceConfig config = sourceConfig(tpdu, rate);
        SourceConfig reborn = sourceConfig(tpdu, rate);
        Fate[] fates = Fate.values();
        Fate fate = gentle || chance(0.4) ? Fate.STAYS : fates[random.nextInt(fates.length)];
        long opens = chance(0.5) ? 0 : random.nextLong(publishNs / 2);
        return new SourcePlan(
                config,
                reborn,
                tpdu,
                opens,
                messages(packets, tpdu, opens),
                fate,
                opens + random.nextLong(publishNs),
                chance(0.2) ? random.nextDouble(0.2) : 0);
    }

    private int tpdu() {
        if (chance(0.5)) {
            return 1_500;
        }
        return chance(0.3) ? random.nextInt(100, 201) : random.nextInt(200, 9_001);
    }

    private SourceConfig sourceConfig(int tpdu, long rate) {
        long heartbeatMin = logarithmic(10 * MS, 100 * MS);
        long ambient = logarithmic(200 * MS, 2 * SECOND);
        slowestAmbientNs = Math.max(slowestAmbientNs, ambient);
        int port = random.nextInt(1, 65_535);
        return new SourceConfig(
                gentle ? 60 * SECOND : logarithmic(100 * MS, 30 * SECOND),
                gentle ? 32 * MIB : logarithmic(8L * tpdu, 16 * MIB),
                gentle ? 1 << 16 : (int) logarithmic(5, 4_000),
                rate,
                (int) Math.max(2L * tpdu, Math.min(512 * KIB, rate / random.nextInt(100, 1_000))),
                random.nextDouble(0.05, 1),
                0.05,
                ambient,
                heartbeatMin,
                heartbeatMin << random.nextInt(6),
                random.nextInt(4) * 25,
                chance(0.9) ? MOST_FRAGMENTS : 16,
                MOST_APDU_BYTES,
                25_000,
                chance(0.8) || gentle ? 500 : 20,
                20_000,
                logarithmic(MS, 5 * MS),
                sendLimit(),
                chance(0.8),
                false,
                random.nextLong() >>> Short.SIZE,
                port == SimNetwork.PORT ? port + 1 : port,
                chance(0.5) ? nearWrap() : random.nextInt());
    }

    /** From a generator of its own, as {@link #mischief}. */
    private SendLimitConfig sendLimit() {
        RandomGenerator own =
                RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed ^ LIMIT << Integer.SIZE);
        return own.nextDouble() < 0.3
                ? new SendLimitConfig(
                        true, own.nextInt(2), own.nextLong(100 * MS, SECOND), own.nextLong(50 * MS, SECOND))
                : SendLimitConfig.NONE;
    }

    /** Mostly a little before the numbers start over, or before they change their sign. */
    private int nearWrap() {
        int distance = (int) logarithmic(1, NEAR_WRAP);
        int place = chance(0.8) ? 0 : Integer.MIN_VALUE;
        return chance(0.8) ? place - distance : place + distance;
    }

    private List<Message> messages(int packets, int tpdu, long opensNs) {
        List<Message> messages = new ArrayList<>();
        int payload = Math.max(8, tpdu - SimSource.HEADER_BYTES - DATA_HEADER_BYTES);
        boolean bursts = chance(0.5);
        long atNs = opensNs + (chance(0.5) ? 0 : random.nextLong(200 * MS));
        int left = packets;
        while (left > 0) {
            int length = length(payload, left);
            int cost = (length + payload - 1) / payload;
            left -= cost;
            messages.add(new Message(atNs, length));
            if (!bursts || chance(0.1)) {
                long mean = publishNs / packets * cost * (bursts ? 10 : 1);
                atNs += random.nextLong(2 * mean + 1);
            }
        }
        return messages;
    }

    /** 0 to 200 KiB, mostly small. */
    private int length(int payload, int packetsLeft) {
        int kind = random.nextInt(100);
        if (kind < 70) {
            return random.nextInt(1, Math.min(payload, 200) + 1);
        }
        if (kind < 90) {
            return random.nextInt(1, 2 * payload + 1);
        }
        long most = Math.min(200L * KIB, (long) payload * Math.max(1, packetsLeft / 2));
        return (int) logarithmic(1, most + 1);
    }

    private ReceiverPlan receiver() {
        long joins = chance(0.5) ? 0 : random.nextLong(publishNs);
        boolean leaves = !gentle && chance(0.1);
        boolean slow = !gentle && chance(0.15);
        int[] rooms = {0, 1_000, 100_000};
        long slowFrom = random.nextLong(publishNs);
        return new ReceiverPlan(
                receiverConfig(),
                joins,
                leaves ? joins + random.nextLong(publishNs) : Long.MAX_VALUE,
                slow ? slowFrom : Long.MAX_VALUE,
                slowFrom + random.nextLong(SECOND),
                rooms[random.nextInt(rooms.length)]);
    }

    private ReceiverConfig receiverConfig() {
        long repeat = logarithmic(5 * MS, 200 * MS);
        long rdata = logarithmic(10 * MS, 400 * MS);
        long longest = Math.max(repeat, rdata) + random.nextLong(SECOND);
        long shortestExpiry = slowestAmbientNs * 5 / 2;
        return new ReceiverConfig(
                chance(0.5) ? DeliveryOrder.CONTIGUOUS : DeliveryOrder.COMPLETE,
                chance(0.2),
                chance(0.15),
                logarithmic(MS / 2, 50 * MS),
                repeat,
                rdata,
                longest,
                retries(),
                retries(),
                (int) logarithmic(1, 100),
                !gentle && chance(0.1) ? logarithmic(50 * MS, SECOND) : 0,
                gentle ? 64 * MIB : logarithmic(64 * KIB, 16 * MIB),
                gentle ? 1 << 16 : (int) logarithmic(16, 8_192),
                gentle || chance(0.9) ? MOST_FRAGMENTS : random.nextInt(8, 64),
                gentle || chance(0.9) ? MOST_APDU_BYTES : random.nextInt(10_000, 100_000),
                gentle ? 20 * SECOND : random.nextLong(shortestExpiry, 10 * SECOND),
                1_024,
                64,
                10);
    }

    private int retries() {
        if (gentle) {
            return 50;
        }
        return chance(0.3) ? random.nextInt(1, 4) : random.nextInt(4, 51);
    }

    private Weather weather() {
        boolean dry = chance(0.2);
        boolean bursts = !dry && !gentle && chance(0.3);
        return new Weather(
                dry || chance(0.3) ? 0 : random.nextDouble(gentle ? 0.2 : 0.3),
                bursts ? random.nextDouble(0.02) : 0,
                bursts ? random.nextDouble(0.1, 0.5) : 1,
                !dry && chance(0.3) ? random.nextDouble(0.5) : 0,
                !dry && chance(0.3) ? random.nextDouble(0.01) : 0,
                logarithmic(50_000, 20 * MS),
                chance(0.4) ? 0 : logarithmic(10_000, gentle ? 10 * MS : 50 * MS));
    }

    private List<Trouble> troubles(long healsNs) {
        List<Trouble> troubles = new ArrayList<>();
        long longest = gentle ? 200 * MS : 2 * SECOND;
        for (int count = chance(0.3) ? 0 : random.nextInt(1, 7); count > 0; count--) {
            Blow[] blows = Blow.values();
            Blow blow = gentle ? Blow.FILTER : blows[random.nextInt(blows.length)];
            long from = random.nextLong(healsNs);
            long duration = Math.min(logarithmic(10 * MS, longest), healsNs - from);
            int host = random.nextInt(sourceCount + receiverCount);
            troubles.add(new Trouble(host, blow, FILTERED[random.nextInt(FILTERED.length)], from, duration));
        }
        return troubles;
    }

    /** From a generator of its own: it came later, and known seeds had to stay what they were. */
    private Mischief mischief() {
        RandomGenerator own =
                RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed ^ MISCHIEF << Integer.SIZE);
        boolean replays = own.nextDouble() < 0.2;
        boolean stranger = own.nextDouble() < 0.2;
        double replay = replays ? own.nextDouble(0.05) : 0;
        long replayNs = own.nextLong(MS, 3 * SECOND);
        long strangerNs = stranger ? own.nextLong(MS, 50 * MS) : 0;
        boolean forger = own.nextDouble() < 0.2;
        long forgerNs = forger ? own.nextLong(MS, 50 * MS) : 0;
        boolean impostor = own.nextDouble() < 0.2;
        return new Mischief(replay, replayNs, strangerNs, forgerNs, impostor ? own.nextLong(MS, 50 * MS) : 0);
    }

    /** From a generator of its own, as {@link #mischief}. */
    private List<Defect> defects(long healsNs) {
        RandomGenerator own =
                RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed ^ DEFECT << Integer.SIZE);
        List<Defect> defects = new ArrayList<>();
        boolean skewed = own.nextDouble() < 0.3;
        for (int i = 0; i < sourceCount + receiverCount; i++) {
            int skew = skewed ? own.nextInt(-MOST_SKEW_PPM, MOST_SKEW_PPM + 1) : 0;
            boolean small = !gentle && own.nextDouble() < 0.1;
            long from = own.nextLong(healsNs);
            int mtu = small ? own.nextInt(100, 1_400) : 0;
            defects.add(new Defect(skew, mtu, from, Math.min(own.nextLong(SECOND), healsNs - from)));
        }
        return defects;
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Small values as likely as large ones; the end is not included. */
    private long logarithmic(long from, long to) {
        double exponent = random.nextDouble(Math.log(from), Math.log(to));
        return Math.max(from, Math.min(to - 1, (long) Math.exp(exponent)));
    }
}
