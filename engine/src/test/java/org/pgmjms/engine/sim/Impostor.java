package org.pgmjms.engine.sim;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.engine.wire.SpmEncoder;

/**
 * A host that sends SPMs in the name of sources, with forged numbers and windows, FINs and resets. Each time it is one
 * packet that tells a lie to one receiver; the next lie about that session waits until the receiver has taken several SPMs
 * of the source itself. One such packet alone must cost nothing.
 *
 * <p>What plain PGM cannot bear is left out, see docs/rules.md: sessions that a receiver does not know yet, since the first
 * SPM is believed; leads a little beyond the last number, since a session that ends before the next SPM reports them lost.
 */
final class Impostor implements SimListener {
    private static final int ENOUGH_SPMS = 8;
    private static final int REACH = 1 << 17;
    private static final int NEAR = 100;
    private static final int[] FAR = {REACH, REACH + NEAR, 1 << 20, 1 << 29, (1 << 30) + 5, Integer.MAX_VALUE};
    private static final int[] NUMBERS_AHEAD = {1, 2, NEAR, 1 << 16, 1 << 20, 1 << 30, Integer.MIN_VALUE};

    private final SimChannel channel;
    private final Gen gen;
    private final long everyNs;
    private final ByteBuf buffer = Unpooled.buffer(Gen.MAX_PACKET);
    private final Map<Long, Integer> spmSqns = new HashMap<>();
    private final Map<SimNode, Map<Long, Lies>> told = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private boolean left;

    /** What one receiver was told of one session. */
    private static final class Lies {
        private byte[] last = {};
        private int realSpms;
    }

    Impostor(SimChannel channel, long seed, long everyNs) {
        this.channel = channel;
        this.everyNs = everyNs;
        gen = new Gen(seed);
        channel.world().listeners().add(this);
        act();
    }

    /** Says nothing any more. */
    void leave() {
        left = true;
    }

    void count(Outcome outcome) {
        counts.forEach((what, count) -> outcome.count("impostor: " + what, count));
    }

    @Override
    public void onSent(SimNode from, PacketView packet, SimNode.Target target) {
        if (packet.type() == PacketType.SPM) {
            spmSqns.put(packet.tsi(), packet.spm().sqn());
        }
    }

    @Override
    public void onTaken(SimNode by, PacketView packet) {
        if (packet.type() == PacketType.SPM && channel.sent(packet.tsi()) != null) {
            Lies lies = lies(by, packet.tsi());
            byte[] bytes = new byte[packet.length()];
            packet.buffer().getBytes(packet.offset(), bytes);
            lies.realSpms += Arrays.equals(bytes, lies.last) ? 0 : 1;
        }
    }

    private Lies lies(SimNode by, long tsi) {
        return told.computeIfAbsent(by, node -> new HashMap<>()).computeIfAbsent(tsi, session -> new Lies());
    }

    private void act() {
        if (left) {
            return;
        }
        List<SimReceiver> receivers = channel.receivers();
        List<SimSource> sources = channel.sources();
        if (!receivers.isEmpty() && !sources.isEmpty()) {
            lie(receivers.get(gen.below(receivers.size())), sources.get(gen.below(sources.size())));
        }
        channel.world().after(1 + gen.random().nextLong(2 * everyNs), this::act);
    }

    private void lie(SimReceiver to, SimSource about) {
        SentStream sent = about.stream();
        Lies lies = lies(to.node(), sent.tsi().value());
        if (to.isClosed() || to.now(sent) == null || lies.realSpms < ENOUGH_SPMS) {
            return;
        }
        lies.last = spm(about);
        lies.realSpms = 0;
        channel.network().inject(about.node(), to.node(), lies.last);
    }

    private byte[] spm(SimSource about) {
        SentStream sent = about.stream();
        int trail = about.source().trail();
        int lead = sent.sqn(sent.sent() - 1);
        int ahead = gen.oneIn(2) ? 1 : NUMBERS_AHEAD[gen.below(NUMBERS_AHEAD.length)];
        note("SPM_SQN", ahead != 1);
        if (noted("SPM_LEAD")) {
            int far = lead + FAR[gen.below(FAR.length)] + gen.below(NEAR);
            lead = gen.oneIn(2) ? far : lead - gen.below(NEAR);
        }
        if (noted("SPM_TRAIL")) {
            trail = gen.oneIn(2) ? lead + 1 : lead - gen.below(NEAR);
        }
        SpmEncoder spm = new SpmEncoder().wrap(buffer, 0).session(sent.tsi().value(), SimNetwork.PORT);
        spm.sqn(spmSqns.get(sent.tsi().value()) + ahead).trail(trail).lead(lead);
        spm.path(about.node().address());
        if (gen.oneIn(2) && noted("FIN")) {
            spm.fin();
        } else if (gen.oneIn(2) && noted("RST")) {
            spm.rst(gen.below(64), gen.oneIn(2));
        }
        byte[] bytes = new byte[spm.finish()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /** Draws whether to do something, and counts it. */
    private boolean noted(String what) {
        return note(what, gen.oneIn(2));
    }

    private boolean note(String what, boolean isDone) {
        counts.merge(what, isDone ? 1 : 0, Integer::sum);
        return isDone;
    }
}
