package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.wire.DataEncoder;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.NakEncoder;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.engine.wire.SpmEncoder;
import org.pgmjms.engine.wire.SpmrEncoder;
import org.pgmjms.engine.wire.StatusOption;

/** A receiver in virtual time, a source written by hand, and a record of what the receiver sent. */
final class ReceiverRig {
    static final long MS = 1_000_000;
    static final long SECOND = 1_000 * MS;
    static final Nla SOURCE = Nla.ipv4(0x0A000001);
    static final Nla OTHER_HOST = Nla.ipv4(0x0A000099);
    static final Nla GROUP = Nla.ipv4(0xEFC00001);
    static final Tsi TSI = Tsi.of(0x0102030405L, 777);
    static final int DPORT = 7500;
    static final int UDP_PORT = 7501;
    static final int UNICAST_PORT = 40_000;
    static final int PACKET_BYTES = 1_000;
    static final int BUFFER_BYTES = 150_000;
    private static final int MAX_TIMEOUTS_AT_ONCE = 100;
    static final long START_NS = Long.MAX_VALUE - 2 * SECOND;

    /** A packet that the receiver sent. */
    record Sent(
            long atNs,
            String where,
            @Nullable Nla host,
            int port,
            PacketType type,
            List<Integer> sqns,
            long tsi,
            @Nullable Status status) {}

    /** How far it lets the source go, and what it has. */
    record Status(int taken, int limit, int roomBytes, boolean isLeaving) {}

    final List<Sent> sent = new ArrayList<>();
    final Recorder heard = new Recorder();
    final Counters<ReceiverCounter> counters = new Counters<>(ReceiverCounter.class);
    final Receiver receiver;
    final PacketView view = new PacketView();
    final ByteBuf buffer = Unpooled.directBuffer(70_000);

    boolean isSocketFull;
    private boolean isInBatch;
    long nowNs = START_NS;
    int spmSqn;
    int trail;
    int lead = -1;
    Nla from = SOURCE;
    Tsi tsi = TSI;
    int announcedPort = UNICAST_PORT;
    int firstSqn;
    boolean hasOption = true;
    long bornNs = START_NS;
    /** How often SPMs ask for statuses. */
    long statusMillis;

    ReceiverRig() {
        this(UnaryOperator.identity());
    }

    ReceiverRig(UnaryOperator<Config> change) {
        this(change.apply(new Config()).build(), 1);
    }

    ReceiverRig(ReceiverConfig config, long seed) {
        this(config, seed, PacketProtection.NONE);
    }

    ReceiverRig(ReceiverConfig config, long seed, PacketProtection protection) {
        ReceiverContext context =
                new ReceiverContext(config, DPORT, GROUP, UDP_PORT, Nla.ipv4(0x0A000002), PACKET_BYTES, BUFFER_BYTES);
        receiver = new Receiver(
                context,
                new Sink(),
                UnpooledByteBufAllocator.DEFAULT,
                protection,
                new SplittableRandom(seed),
                counters,
                START_NS);
        receiver.add(heard);
    }

    /** Settings of a receiver that tests change by name. */
    static final class Config {
        DeliveryOrder order = DeliveryOrder.CONTIGUOUS;
        boolean lateJoin;
        boolean raw;
        long backOffNs = 2 * MS;
        int ncfRetries = 3;
        int dataRetries = 3;
        long gapDeadlineNs;
        long windowBytes = 1 << 22;
        int windowPackets = 4096;
        int maxFragments = 64;
        int maxApduBytes = 1 << 20;
        long expiryNs = 60 * SECOND;
        int maxPeers = 1024;
        int maxPeersPerAddress = 64;
        int spmrsPerSecond = 10;

        static UnaryOperator<Config> with(Consumer<Config> change) {
            return config -> {
                change.accept(config);
                return config;
            };
        }

        ReceiverConfig build() {
            return new ReceiverConfig(
                    order,
                    lateJoin,
                    raw,
                    backOffNs,
                    20 * MS,
                    40 * MS,
                    200 * MS,
                    ncfRetries,
                    dataRetries,
                    10,
                    gapDeadlineNs,
                    windowBytes,
                    windowPackets,
                    maxFragments,
                    maxApduBytes,
                    expiryNs,
                    maxPeers,
                    maxPeersPerAddress,
                    spmrsPerSecond);
        }
    }

    /** Gives back all memory. */
    void close() {
        receiver.close(nowNs);
        buffer.release();
    }

    long count(ReceiverCounter counter) {
        return counters.get(counter);
    }

    /** The session is established with an empty window, and starts with this number. */
    ReceiverRig established(int first) {
        firstSqn = first;
        trail = first;
        lead = first - 1;
        spm();
        spm();
        return this;
    }

    /** Time passes; timers run when they are due. */
    void advance(long ns) {
        long endNs = nowNs + ns;
        int atOnce = 0;
        while (Deadlines.isDue(receiver.nextDeadlineNs(), endNs)) {
            long nextNs = receiver.nextDeadlineNs();
            atOnce = nextNs - nowNs > 0 ? 0 : atOnce + 1;
            if (atOnce > MAX_TIMEOUTS_AT_ONCE) {
                throw new AssertionError("the deadline does not move");
            }
            nowNs = nextNs - nowNs > 0 ? nextNs : nowNs;
            receiver.onTimeout(nowNs);
        }
        nowNs = endNs;
    }

    /** Data as a part of a batch that is not over. */
    void hold(int sqn) {
        isInBatch = true;
        odata(sqn);
        isInBatch = false;
    }

    void feed(int length) {
        DecodeResult result = view.wrap(buffer, 0, length);
        if (result != DecodeResult.OK) {
            throw new AssertionError("the test sends a malformed packet: " + result);
        }
        receiver.onPacket(nowNs, view, from, 30_000);
        if (!isInBatch) {
            receiver.onBatchEnd(nowNs);
        }
    }

    void spm() {
        spm(spm -> {});
    }

    void spm(Consumer<SpmEncoder> options) {
        SpmEncoder spm = new SpmEncoder()
                .wrap(buffer, 0)
                .session(tsi.value(), DPORT)
                .sqn(spmSqn++)
                .trail(trail)
                .lead(lead)
                .path(from);
        options.accept(spm);
        if (hasOption) {
            spm.sessionOption(announcedPort, firstSqn, (nowNs - bornNs) / MS, statusMillis);
        }
        feed(spm.finish());
    }

    /** New data, the next number. */
    int odata() {
        odata(++lead);
        return lead;
    }

    void odata(int sqn) {
        data(PacketType.ODATA, sqn, trail);
    }

    void rdata(int sqn) {
        data(PacketType.RDATA, sqn, trail);
    }

    void data(PacketType type, int sqn, int dataTrail) {
        data(type, sqn, dataTrail, data -> {});
    }

    void data(PacketType type, int sqn, int dataTrail, Consumer<DataEncoder> options) {
        byte[] payload = payload(sqn);
        DataEncoder data = new DataEncoder().wrap(buffer, 0).type(type).session(tsi.value(), DPORT);
        data.sqn(sqn).trail(dataTrail);
        options.accept(data);
        buffer.setBytes(data.payloadAt(), payload);
        feed(data.finish(payload.length));
    }

    /** A part of an APDU whose payload is that of its number, of {@code parts} equal ones. */
    void fragment(PacketType type, int sqn, int first, int parts) {
        byte[] payload = payload(sqn);
        fragment(type, sqn, first, (sqn - first) * payload.length, parts * payload.length);
    }

    void fragment(PacketType type, int sqn, int first, int offset, int apduLength) {
        byte[] payload = payload(sqn);
        DataEncoder data = new DataEncoder().wrap(buffer, 0).type(type).session(tsi.value(), DPORT);
        data.sqn(sqn).trail(trail).fragment(first, offset, apduLength);
        buffer.setBytes(data.payloadAt(), payload);
        feed(data.finish(payload.length));
    }

    /** What the number carries. */
    static byte[] payload(int sqn) {
        return ByteBufUtil.getBytes(Unpooled.buffer(8).writeInt(sqn).writeInt(~sqn));
    }

    void ncf(int... sqns) {
        nakLike(PacketType.NCF, sqns);
    }

    void peerNak(int... sqns) {
        nakLike(PacketType.NAK, sqns);
    }

    private void nakLike(PacketType type, int... sqns) {
        NakEncoder nak = new NakEncoder().wrap(buffer, 0).type(type).session(tsi.value(), DPORT);
        nak.source(SOURCE).group(GROUP).sqn(sqns[0]);
        for (int i = 1; i < sqns.length; i++) {
            nak.add(sqns[i]);
        }
        feed(nak.finish());
    }

    void peerSpmr() {
        feed(new SpmrEncoder().wrap(buffer, 0).session(tsi.value(), DPORT).finish());
    }

    List<Sent> sent(PacketType type) {
        return sent.stream().filter(packet -> packet.type == type).toList();
    }

    /** The statuses that it sent, in order. */
    List<Status> statuses() {
        return sent.stream().map(Sent::status).filter(Objects::nonNull).toList();
    }

    /** All numbers that NAKs asked for, in order. */
    List<Integer> naked() {
        return sent(PacketType.NAK).stream()
                .flatMap(packet -> packet.sqns.stream())
                .toList();
    }

    private final class Sink implements PacketSink {
        private final PacketView seen = new PacketView();
        private final List<Sent> waiting = new ArrayList<>();

        @Override
        public void toGroup(ByteBuf packet, int at, int length) {
            add("group", null, 0, packet, at, length);
        }

        @Override
        public void toNeighbours(ByteBuf packet, int at, int length) {
            add("neighbours", null, 0, packet, at, length);
        }

        @Override
        public void toControlGroup(ByteBuf packet, int at, int length) {
            add("control", null, 0, packet, at, length);
        }

        @Override
        public void toHost(Nla host, int udpPort, ByteBuf packet, int at, int length) {
            add("host", host, udpPort, packet, at, length);
        }

        @Override
        public int flush() {
            int refused = isSocketFull ? waiting.size() : 0;
            if (!isSocketFull) {
                sent.addAll(waiting);
            }
            waiting.clear();
            return refused;
        }

        private void add(String where, @Nullable Nla host, int port, ByteBuf packet, int at, int length) {
            DecodeResult result = seen.wrap(packet, at, length);
            if (result != DecodeResult.OK) {
                throw new AssertionError("the receiver sends a malformed packet: " + result);
            }
            List<Integer> sqns = new ArrayList<>();
            if (seen.type() == PacketType.NAK) {
                for (int i = 0; i < seen.nak().count(); i++) {
                    sqns.add(seen.nak().sqn(i));
                }
            }
            waiting.add(new Sent(nowNs, where, host, port, seen.type(), sqns, seen.tsi(), status()));
        }

        private @Nullable Status status() {
            if (seen.type() != PacketType.ACK) {
                return null;
            }
            StatusOption status = seen.options().status();
            return new Status(seen.ack().highestSqn(), status.limitSqn(), status.roomBytes(), status.isLeaving());
        }
    }
}
