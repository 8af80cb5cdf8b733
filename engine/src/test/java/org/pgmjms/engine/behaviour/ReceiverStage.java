package org.pgmjms.engine.behaviour;

import java.util.List;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.sim.ScriptedPeer;
import org.pgmjms.engine.sim.ScriptedPeer.Heard;
import org.pgmjms.engine.sim.SimChannel;
import org.pgmjms.engine.sim.SimConfigs;
import org.pgmjms.engine.sim.SimReceiver;
import org.pgmjms.engine.wire.PacketType;

/** A real receiver that takes foreign sources, and a source written by hand. */
final class ReceiverStage {
    static final long MS = 1_000_000;
    static final long SECOND = 1_000 * MS;
    static final int FIRST = 90_000;

    final SimChannel channel = new SimChannel(0, 1);
    final Told told = new Told();
    final ScriptedPeer peer;
    final SimReceiver receiver;

    /** One with the timers that OpenPGM's scripts use. */
    ReceiverStage() {
        this(SimConfigs.rawReceiver("pgm.profile", "openpgm"));
    }

    ReceiverStage(ReceiverConfig config) {
        channel.world().listeners().add(told);
        peer = ScriptedPeer.source(channel, Tsi.of(0x010203040506L, 1_000), FIRST);
        receiver = channel.receiver(channel.network().host("receiver"), config);
    }

    void run(long durationNs) {
        channel.world().runFor(durationNs);
    }

    long nowNs() {
        return channel.world().nowNs();
    }

    /** An SPM and two packets of data, all of which come. */
    void begin() {
        peer.spm(3_200, FIRST, FIRST - 1);
        peer.odata(FIRST, FIRST, "a");
        peer.odata(FIRST + 1, FIRST, "b");
        run(MS);
    }

    List<Heard> naks() {
        return peer.heard(PacketType.NAK);
    }

    /** The numbers that were asked for, in the order of the requests. */
    List<Integer> asked() {
        return naks().stream().flatMap(nak -> nak.numbers().stream()).toList();
    }
}
