package org.pgmjms.engine.sim;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.protocol.ProtocolHalf;
import org.pgmjms.engine.wire.DataEncoder;
import org.pgmjms.engine.wire.NakEncoder;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.engine.wire.SpmEncoder;
import org.pgmjms.engine.wire.SpmrEncoder;

/** A host whose packets are written by hand, and which remembers what it hears. It answers nothing of its own accord. */
public final class ScriptedPeer implements ProtocolHalf {
    private static final int LARGEST_PACKET = 9_000;

    private final SimChannel channel;
    private final SimNode node;
    private final Tsi tsi;
    private final Nla source;
    private final ByteBuf buffer = Unpooled.buffer(LARGEST_PACKET);
    private final List<Heard> heard = new ArrayList<>();

    /**
     * A packet that the host heard.
     *
     * @param sqn of data, or of an SPM
     * @param numbers what a NAK or NCF is about
     */
    public record Heard(
            long atNs, PacketType type, Tsi tsi, int sqn, int lead, List<Integer> numbers, String payload) {}

    private ScriptedPeer(SimChannel channel, SimNode node, Tsi tsi, Nla source) {
        this.channel = channel;
        this.node = node;
        this.tsi = tsi;
        this.source = source;
        node.run(this);
    }

    /** A source of a session; receivers may speak of its numbers from this one on. */
    public static ScriptedPeer source(SimChannel channel, Tsi tsi, int firstSqn) {
        SimNode node = channel.network().host("scripted source");
        channel.expect(new SentStream(tsi, firstSqn));
        return new ScriptedPeer(channel, node, tsi, node.address());
    }

    /** A receiver of a session of another source. */
    public static ScriptedPeer receiver(SimChannel channel, Tsi tsi, Nla source) {
        return new ScriptedPeer(channel, channel.network().host("scripted receiver"), tsi, source);
    }

    public SimNode node() {
        return node;
    }

    /** Everything heard. */
    public List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** Everything of one type heard. */
    public List<Heard> heard(PacketType type) {
        return heard.stream().filter(packet -> packet.type == type).toList();
    }

    /** Forgets what was heard. */
    public void forget() {
        heard.clear();
    }

    /** Sends an SPM to the group. */
    public void spm(int spmSqn, int trail, int lead) {
        SpmEncoder spm = new SpmEncoder().wrap(buffer, 0).session(tsi.value(), SimNetwork.PORT);
        toGroup(spm.sqn(spmSqn).trail(trail).lead(lead).path(node.address()).finish());
    }

    /** Sends original data to the group. */
    public void odata(int sqn, int trail, String payload) {
        data(PacketType.ODATA, sqn, trail, payload);
    }

    /** Sends a repair to the group. */
    public void rdata(int sqn, int trail, String payload) {
        data(PacketType.RDATA, sqn, trail, payload);
    }

    private void data(PacketType type, int sqn, int trail, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.US_ASCII);
        DataEncoder data = new DataEncoder().wrap(buffer, 0).type(type).session(tsi.value(), SimNetwork.PORT);
        data.sqn(sqn).trail(trail);
        buffer.setBytes(data.payloadAt(), bytes);
        toGroup(data.finish(bytes.length));
    }

    /** Confirms numbers, to the group. */
    public void ncf(int... sqns) {
        toGroup(numbers(PacketType.NCF, sqns));
    }

    /** Asks a host for numbers. */
    public void nak(SimNode host, int... sqns) {
        toHost(host, numbers(PacketType.NAK, sqns));
    }

    /** Lets the group hear that it asks for numbers. */
    public void nakToGroup(int... sqns) {
        toGroup(numbers(PacketType.NAK, sqns));
    }

    private int numbers(PacketType type, int... sqns) {
        NakEncoder nak = new NakEncoder().wrap(buffer, 0).type(type).session(tsi.value(), SimNetwork.PORT);
        nak.source(source).group(SimNetwork.GROUP).sqn(sqns[0]);
        for (int i = 1; i < sqns.length; i++) {
            nak.add(sqns[i]);
        }
        return nak.finish();
    }

    /** Asks a host for an SPM. */
    public void spmr(SimNode host) {
        toHost(host, request());
    }

    /** Asks for an SPM, to the group. */
    public void spmrToGroup() {
        toGroup(request());
    }

    private int request() {
        return new SpmrEncoder()
                .wrap(buffer, 0)
                .session(tsi.value(), SimNetwork.PORT)
                .finish();
    }

    private void toGroup(int length) {
        channel.network().inject(node, bytes(length));
    }

    private void toHost(SimNode host, int length) {
        channel.network().inject(node, host, bytes(length));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    @Override
    public void onPacket(long nowNs, PacketView packet, Nla from, int fromPort) {
        Tsi session = new Tsi(packet.tsi());
        PacketType type = packet.type();
        heard.add(
                switch (type) {
                    case SPM -> {
                        int lead = packet.spm().lead();
                        yield new Heard(nowNs, type, session, packet.spm().sqn(), lead, List.of(), "");
                    }
                    case ODATA, RDATA -> {
                        int sqn = packet.data().sqn();
                        yield new Heard(nowNs, type, session, sqn, 0, List.of(), payload(packet));
                    }
                    case NAK, NNAK, NCF -> new Heard(nowNs, type, session, 0, 0, numbers(packet), "");
                    case SPMR, POLL, POLR, ACK -> new Heard(nowNs, type, session, 0, 0, List.of(), "");
                });
    }

    private static String payload(PacketView packet) {
        return packet.buffer().toString(packet.payloadOffset(), packet.payloadLength(), StandardCharsets.US_ASCII);
    }

    private static List<Integer> numbers(PacketView packet) {
        return IntStream.range(0, packet.nak().count())
                .mapToObj(packet.nak()::sqn)
                .toList();
    }

    @Override
    public void onBatchEnd(long nowNs) {
        // nothing to do
    }

    @Override
    public void onTimeout(long nowNs) {
        // no timer runs
    }

    @Override
    public long nextDeadlineNs() {
        return NONE;
    }
}
