package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.api.SourceEvents;
import org.pgmjms.engine.testing.CountingStore;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.NakEncoder;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.engine.wire.SpmrEncoder;

/** A source in virtual time: a supply, a socket that remembers, and the world that asks for repairs. */
final class SourceRig implements ApduSupplier, SourceEvents, PacketSink {
    static final long MS = SourceConfigBuilder.MS;
    static final int PORT = 7500;
    static final int UNICAST_PORT = 40001;
    static final int HEADERS = 28;
    static final int TPDU_PAYLOAD = 1472;
    static final Nla PATH = Nla.ipv4(0x0A4D0001);
    static final Nla GROUP = Nla.ipv4(0xEFC00001);
    static final Nla RECEIVER = Nla.ipv4(0x0A4D0002);

    /** Nothing happens in a moment that takes more turns than this. */
    private static final int MAX_TURNS = 200_000;

    private record Pending(ByteBuf buffer, int at, int length) {}

    final Source source;
    final SourceConfig config;
    final CountingStore store = new CountingStore();
    final Counters<SourceCounter> counters = new Counters<>(SourceCounter.class);
    final Deque<byte[]> supply = new ArrayDeque<>();
    final List<int[]> storedRanges = new ArrayList<>();
    final Deque<byte[]> heads = new ArrayDeque<>();
    final List<Integer> pads = new ArrayList<>();
    /** How many packets were handed to the socket at once. */
    final List<Integer> batches = new ArrayList<>();

    long nowNs;
    int idles;
    int closings;
    boolean sendsRuns;
    /** What the supplier says that it wrote, whatever it did; or negative. */
    int filled = -1;
    /** How many more packets the socket takes. */
    long socketRoom = Long.MAX_VALUE;

    private final Nla path;
    private final Nla group;
    private final List<SentPacket> sent = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private final ByteBuf upstream = Unpooled.buffer(2048);
    private final PacketView view = new PacketView();

    SourceRig(SourceConfigBuilder config) {
        this(config, SourceSpis.PLAIN, 0);
    }

    SourceRig(SourceConfigBuilder builder, SourceSpis spis, long startNs) {
        this(builder, spis, startNs, PATH, GROUP);
    }

    private SourceRig(SourceConfigBuilder builder, SourceSpis spis, long startNs, Nla path, Nla group) {
        this.path = path;
        this.group = group;
        nowNs = startNs;
        config = builder.build();
        SourceContext context = new SourceContext(config, PORT, group, path, UNICAST_PORT, TPDU_PAYLOAD, HEADERS);
        source = new Source(context, this, this, this, store, spis, counters, nowNs);
    }

    static SourceRig opened() {
        return opened(new SourceConfigBuilder());
    }

    /** On IPv6. */
    static SourceRig onIpv6(Nla path, Nla group) {
        return new SourceRig(new SourceConfigBuilder(), SourceSpis.PLAIN, 0, path, group);
    }

    /** Past the three opening SPMs. */
    static SourceRig opened(SourceConfigBuilder config) {
        SourceRig rig = new SourceRig(config);
        rig.source.open(0);
        rig.runFor(100 * MS);
        rig.take();
        return rig;
    }

    // the world

    void supply(byte[]... frames) {
        supply.addAll(List.of(frames));
    }

    void send(byte[]... frames) {
        supply(frames);
        source.trySend(nowNs);
    }

    /** Sends that many packets of one byte each, apart. */
    void sendPackets(int count) {
        for (int i = 0; i < count; i++) {
            send(new byte[] {(byte) i});
        }
    }

    /** Lets time pass, serving each deadline when it comes. */
    void runFor(long durationNs) {
        long endNs = nowNs + durationNs;
        int turns = 0;
        while (source.nextDeadlineNs() != ProtocolHalf.NONE && source.nextDeadlineNs() - endNs <= 0) {
            long deadlineNs = source.nextDeadlineNs();
            nowNs = deadlineNs - nowNs > 0 ? deadlineNs : nowNs;
            source.onTimeout(nowNs);
            assertThat(source.finished() || source.nextDeadlineNs() - nowNs > 0)
                    .as("a deadline in the past after it was served")
                    .isTrue();
            assertThat(++turns).isLessThan(MAX_TURNS);
        }
        nowNs = endNs;
    }

    void nak(int... numbers) {
        nakFrom(RECEIVER, 5000, numbers);
    }

    void nakFrom(Nla from, int port, int... numbers) {
        NakEncoder nak = new NakEncoder().wrap(upstream, 0).type(PacketType.NAK);
        nak.session(config.tsi().value(), PORT).source(path).group(group).sqn(numbers[0]);
        for (int i = 1; i < numbers.length; i++) {
            nak.add(numbers[i]);
        }
        deliver(nak.finish(), from, port);
    }

    void nak(NakEncoder nak) {
        deliver(nak.finish(), RECEIVER, 5000);
    }

    NakEncoder nakOf(PacketType type) {
        return new NakEncoder()
                .wrap(upstream, 0)
                .type(type)
                .session(config.tsi().value(), PORT);
    }

    void spmr() {
        deliver(
                new SpmrEncoder()
                        .wrap(upstream, 0)
                        .session(config.tsi().value(), PORT)
                        .finish(),
                RECEIVER,
                5000);
    }

    void discover() {
        deliver(new SpmrEncoder().wrap(upstream, 0).session(0, PORT).finish(), RECEIVER, 5000);
    }

    /** Whatever bytes come in, of whomever. */
    DecodeResult hear(byte[] packet, Nla from, int port) {
        DecodeResult result = view.wrap(Unpooled.wrappedBuffer(packet), 0, packet.length);
        if (result == DecodeResult.OK) {
            source.onPacket(nowNs, view, from, port);
            source.onBatchEnd(nowNs);
        }
        return result;
    }

    private void deliver(int length, Nla from, int port) {
        assertThat(view.wrap(upstream, 0, length)).isEqualTo(DecodeResult.OK);
        source.onPacket(nowNs, view, from, port);
        source.onBatchEnd(nowNs);
    }

    // what was sent

    /** What was sent since the last call. */
    List<SentPacket> take() {
        List<SentPacket> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    List<SentPacket> take(PacketType type) {
        return take().stream().filter(packet -> packet.type() == type).toList();
    }

    static List<Integer> numbers(List<SentPacket> packets, PacketType type) {
        return packets.stream()
                .filter(packet -> packet.type() == type)
                .map(SentPacket::sqn)
                .toList();
    }

    long count(SourceCounter counter) {
        return counters.get(counter);
    }

    // the supply

    @Override
    public int nextLength() {
        byte[] next = supply.peek();
        return next == null ? 0 : next.length;
    }

    @Override
    public int fill(ByteBuf packet, int at, int max, int padTo) {
        pads.add(padTo);
        int length = 0;
        while (nextLength() > 0 && length + nextLength() <= max) {
            byte[] frame = supply.remove();
            packet.setBytes(at + length, frame);
            length += frame.length;
        }
        return filled < 0 ? length : filled;
    }

    @Override
    public void fillFragment(ByteBuf packet, int at, int length, int apduOffset) {
        packet.setBytes(at, supply.element(), apduOffset, length);
        if (apduOffset + length == nextLength()) {
            supply.remove();
        }
    }

    @Override
    public void onStored(int firstSqn, int lastSqn) {
        storedRanges.add(new int[] {firstSqn, lastSqn});
    }

    // the owner

    @Override
    public void onFailed(PgmException cause) {
        throw new AssertionError(cause);
    }

    @Override
    public void onIdle() {
        idles++;
        supply.addAll(heads);
    }

    @Override
    public void onClosing() {
        closings++;
        supply.addAll(heads);
    }

    // the socket

    @Override
    public void toGroup(ByteBuf buffer, int at, int length) {
        pending.add(new Pending(buffer, at, length));
    }

    @Override
    public void toNeighbours(ByteBuf buffer, int at, int length) {
        throw new AssertionError("a source sends to its group only");
    }

    @Override
    public void toControlGroup(ByteBuf buffer, int at, int length) {
        throw new AssertionError("a source sends to its group only");
    }

    @Override
    public void toHost(Nla host, int udpPort, ByteBuf buffer, int at, int length) {
        throw new AssertionError("a source sends to its group only");
    }

    @Override
    public boolean sendsRuns() {
        return sendsRuns;
    }

    @Override
    public int flush() {
        int accepted = (int) Math.min(pending.size(), socketRoom);
        for (Pending packet : pending.subList(0, accepted)) {
            byte[] bytes = new byte[packet.length];
            packet.buffer.getBytes(packet.at, bytes);
            sent.add(SentPacket.of(nowNs, bytes));
        }
        int refused = pending.size() - accepted;
        batches.add(pending.size());
        socketRoom -= accepted;
        pending.clear();
        return refused;
    }
}
