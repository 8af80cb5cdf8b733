package org.pgmjms.engine.behaviour;

import java.util.List;
import org.pgmjms.engine.sim.ScriptedPeer;
import org.pgmjms.engine.sim.ScriptedPeer.Heard;
import org.pgmjms.engine.sim.SimChannel;
import org.pgmjms.engine.sim.SimConfigs;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.engine.sim.SimSource;
import org.pgmjms.engine.sim.check.Checks;
import org.pgmjms.engine.wire.PacketType;

/** A real source, and a host written by hand that hears it and asks it. */
final class SourceStage {
    static final long MS = 1_000_000;
    static final long SECOND = 1_000 * MS;

    private static final int TPDU_BYTES = 1_500;

    final SimChannel channel = new SimChannel(0, 1);
    final SimSource source;
    final ScriptedPeer peer;

    SourceStage(String... settings) {
        Checks.watch(channel);
        SimNode host = channel.network().host("source");
        source = channel.source(host, SimConfigs.source(settings), TPDU_BYTES);
        peer = ScriptedPeer.receiver(channel, source.stream().tsi(), host.address());
        source.open();
    }

    void run(long durationNs) {
        channel.world().runFor(durationNs);
    }

    long nowNs() {
        return channel.world().nowNs();
    }

    void publish(int count, int length) {
        for (int i = 0; i < count; i++) {
            source.publish(length);
        }
    }

    /** Publishes packets of one message each. */
    void publishApart(int count, int length) {
        for (int i = 0; i < count; i++) {
            source.publish(length);
            run(MS);
        }
    }

    List<Heard> heard(PacketType type) {
        return peer.heard(type);
    }

    List<Integer> sqns(PacketType type) {
        return peer.heard(type).stream().map(Heard::sqn).toList();
    }

    void nak(int... sqns) {
        peer.nak(source.node(), sqns);
    }
}
