package org.pgmjms.engine.sim;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.wire.NakEncoder;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.SpmrEncoder;

/**
 * A host that forges what plain PGM can bear: NAKs to sources and to the group, from itself and under other addresses,
 * confirmations as if sources had sent them, and requests for SPMs, all of sessions that there are. It may cost time and repairs,
 * but no message.
 */
final class Forger {
    private static final int MOST_NUMBERS = 60;
    private static final int REACH = 200;

    private final SimChannel channel;
    private final SimNode node;
    private final Gen gen;
    private final long everyNs;
    private final ByteBuf buffer = Unpooled.buffer(1_000);
    private boolean left;

    Forger(SimChannel channel, long seed, long everyNs) {
        this.channel = channel;
        this.everyNs = everyNs;
        node = channel.network().outsider("forger", seed);
        gen = new Gen(seed);
        act();
    }

    /** Says nothing any more. */
    void leave() {
        left = true;
    }

    private void act() {
        if (left) {
            return;
        }
        if (!channel.sources().isEmpty()) {
            SimSource source = channel.sources().get(gen.below(channel.sources().size()));
            if (source.stream().isBorn()) {
                forge(source);
            }
        }
        channel.world().after(1 + gen.random().nextLong(2 * everyNs), this::act);
    }

    private void forge(SimSource source) {
        SimNode as = gen.oneIn(2)
                ? node
                : channel.network()
                        .hosts()
                        .get(gen.below(channel.network().hosts().size()));
        switch (gen.below(4)) {
            case 0 ->
                toSource(
                        source,
                        as,
                        numbers(source, PacketType.NAK, source.stream().sent() + REACH));
            case 1 ->
                toGroup(as, numbers(source, PacketType.NAK, source.stream().sent()));
            case 2 ->
                toGroup(
                        source.node(),
                        numbers(source, PacketType.NCF, source.stream().sent()));
            default -> {
                SpmrEncoder spmr = new SpmrEncoder().wrap(buffer, 0);
                toSource(
                        source,
                        as,
                        spmr.session(source.stream().tsi().value(), SimNetwork.PORT)
                                .finish());
            }
        }
    }

    /** Numbers below an offset, mostly of late. */
    private int numbers(SimSource source, PacketType type, int end) {
        int from = Math.max(0, end - (gen.oneIn(3) ? end : REACH));
        NakEncoder nak = new NakEncoder().wrap(buffer, 0).type(type);
        nak.session(source.stream().tsi().value(), SimNetwork.PORT)
                .source(source.node().address())
                .group(SimNetwork.GROUP)
                .sqn(source.stream().sqn(from));
        int offset = from;
        for (int i = gen.below(MOST_NUMBERS); i > 0; i--) {
            offset += 1 + gen.below(3);
            if (offset < end) {
                nak.add(source.stream().sqn(offset));
            }
        }
        return nak.finish();
    }

    private void toSource(SimSource source, SimNode as, int length) {
        channel.network().inject(as, source.node(), bytes(length));
    }

    private void toGroup(SimNode as, int length) {
        channel.network().inject(as, bytes(length));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
