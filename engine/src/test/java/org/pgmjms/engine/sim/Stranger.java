package org.pgmjms.engine.sim;

import io.netty.buffer.Unpooled;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.engine.wire.PgmHeader;

/**
 * A host that sends what nobody asked for: random packets, damaged ones, and copies of what others send, each under a
 * session of its own. It leaves the sessions of others alone: plain PGM has no defence against that.
 */
final class Stranger implements SimListener {
    private final SimChannel channel;
    private final SimNode node;
    private final Gen gen;
    private final long everyNs;
    private byte[] overheard = {};
    private boolean left;

    Stranger(SimChannel channel, long seed, long everyNs) {
        this.channel = channel;
        this.everyNs = everyNs;
        node = channel.network().host("stranger");
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
        if (!left && packet.length() < Gen.MAX_PACKET && gen.oneIn(4)) {
            overheard = new byte[packet.length()];
            packet.buffer().getBytes(packet.offset(), overheard);
        }
    }

    private void act() {
        if (left) {
            return;
        }
        switch (gen.below(3)) {
            case 0 -> send(gen.packet());
            case 1 -> send(ofAnotherSession(gen.mutant(gen.packet())));
            default -> send(ofAnotherSession(overheard.clone()));
        }
        channel.world().after(1 + gen.random().nextLong(2 * everyNs), this::act);
    }

    private byte[] ofAnotherSession(byte[] packet) {
        if (packet.length >= PgmHeader.LENGTH) {
            byte[] gsi = gen.bytes(PgmHeader.GSI_LENGTH);
            System.arraycopy(gsi, 0, packet, PgmHeader.GSI_OFFSET, PgmHeader.GSI_LENGTH);
            Gen.setChecksum(packet);
        }
        return packet;
    }

    private void send(byte[] packet) {
        PacketView view = new PacketView();
        view.wrap(Unpooled.wrappedBuffer(packet), 0, packet.length);
        if (packet.length < PgmHeader.LENGTH || channel.sent(view.tsi()) == null) {
            channel.network().inject(node, packet);
        }
    }
}
