package org.pgmjms.engine.sim;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.engine.wire.SpmEncoder;

/**
 * A host that sends SPMs as if sources had sent them, each with one lie, and each lie once about a session: plain PGM cannot
 * tell two that agree from the truth. None may cost a message, end a session, or make anybody deaf.
 */
final class Liar implements SimListener {
    private static final int NEAR = 100;
    private static final int FAR = 1 << 30;
    private static final int NEXT_SPMS = 1 << 16;

    /** What is not true about an SPM. */
    private enum Lie {
        /** The session is over. */
        FIN,
        /** The session was given up. */
        RST,
        /** A little more was sent. */
        LEAD,
        /** Much more was sent. */
        FAR_LEAD,
        /** Nothing that was sent can be repaired. */
        TRAIL,
        /** It is far later in the session. */
        NUMBER,
        /** It is another session, that began with another number. */
        FIRST
    }

    /** What a source said last. */
    private record Said(int sqn, int trail, int lead, int firstSqn, int unicastPort) {}

    private final SimChannel channel;
    private final Gen gen;
    private final long everyNs;
    private final ByteBuf buffer = Unpooled.buffer(200);
    private final Map<SentStream, Said> said = new HashMap<>();
    private final Map<SentStream, Set<Lie>> told = new HashMap<>();
    private boolean left;

    Liar(SimChannel channel, long seed, long everyNs) {
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

    @Override
    public void onSent(SimNode from, PacketView packet, SimNode.Target target) {
        SentStream sent = channel.sent(packet.tsi());
        if (sent != null && packet.type() == PacketType.SPM && packet.spm().hasWindow()) {
            boolean isOurs = packet.options().has(OptionType.SESSION);
            said.put(
                    sent,
                    new Said(
                            packet.spm().sqn(),
                            packet.spm().trail(),
                            packet.spm().lead(),
                            isOurs ? packet.options().session().firstSqn() : sent.firstSqn(),
                            isOurs ? packet.options().session().unicastPort() : 0));
        }
    }

    private void act() {
        if (left) {
            return;
        }
        List<SimSource> living = channel.sources().stream()
                .filter(source -> source.life() == SimSource.Life.LIVES)
                .toList();
        if (!living.isEmpty()) {
            SimSource source = living.get(gen.below(living.size()));
            Said last = said.get(source.stream());
            Lie lie = Lie.values()[gen.below(Lie.values().length)];
            Lie kind = lie == Lie.FAR_LEAD ? Lie.LEAD : lie;
            if (last != null
                    && source.stream().isBorn()
                    && told.computeIfAbsent(source.stream(), sent -> EnumSet.noneOf(Lie.class))
                            .add(kind)) {
                tell(source, spm(source, last, lie));
            }
        }
        channel.world().after(1 + gen.random().nextLong(2 * everyNs), this::act);
    }

    /** Lies to those who know the session: who has heard nothing of it believes what it hears first. */
    private void tell(SimSource source, byte[] spm) {
        for (SimReceiver receiver : channel.receivers()) {
            if (!receiver.isClosed() && receiver.now(source.stream()) != null) {
                channel.network().inject(source.node(), receiver.node(), spm);
            }
        }
    }

    private byte[] spm(SimSource source, Said last, Lie lie) {
        int first = last.firstSqn + (lie == Lie.FIRST ? 1 + gen.below(FAR) : 0);
        SpmEncoder spm = new SpmEncoder()
                .wrap(buffer, 0)
                .session(source.stream().tsi().value(), SimNetwork.PORT)
                .sqn(last.sqn
                        + 1
                        + (lie == Lie.NUMBER ? NEXT_SPMS + gen.below(FAR) : gen.below(gen.oneIn(2) ? 3 : NEXT_SPMS)));
        int ahead = 1 + gen.below(lie == Lie.LEAD ? NEAR : FAR);
        boolean isAhead = lie == Lie.LEAD || lie == Lie.FAR_LEAD;
        int lead = last.lead + (isAhead ? ahead : 0);
        source.stream().makeUp(lead);
        spm.trail(lie == Lie.TRAIL ? lead + 1 : last.trail)
                .lead(lead)
                .path(source.node().address());
        if (lie == Lie.FIN) {
            spm.fin();
        } else if (lie == Lie.RST) {
            spm.rst(1, true);
        }
        if (source.config().announce()) {
            spm.sessionOption(last.unicastPort, first, 0, 0);
        }
        byte[] bytes = new byte[spm.finish()];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
