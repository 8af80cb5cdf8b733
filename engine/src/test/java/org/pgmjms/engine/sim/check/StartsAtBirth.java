package org.pgmjms.engine.sim.check;

import java.util.HashSet;
import java.util.Set;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.sim.HeardStream;
import org.pgmjms.engine.sim.SentStream;
import org.pgmjms.engine.sim.SimChannel;
import org.pgmjms.engine.sim.SimListener;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.engine.sim.SimReceiver;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;

/** Who joined before a session that announces itself was born, and got an SPM of it, starts at its first number. */
public final class StartsAtBirth implements SimListener {
    private final SimChannel channel;
    private final Set<Announcement> announcements = new HashSet<>();

    /** A host has got an SPM of a session. */
    private record Announcement(SimNode to, long tsi) {}

    public StartsAtBirth(SimChannel channel) {
        this.channel = channel;
    }

    @Override
    public void onTaken(SimNode by, PacketView packet) {
        if (packet.type() == PacketType.SPM) {
            announcements.add(new Announcement(by, packet.tsi()));
        }
    }

    @Override
    public void onSession(HeardStream stream) {
        SentStream sent = stream.sent();
        SimReceiver receiver = stream.receiver();
        boolean announced = channel.sourceOf(sent).config().announce()
                && announcements.contains(
                        new Announcement(receiver.node(), sent.tsi().value()));
        boolean wasThere = !sent.isBorn() || receiver.joinedNs() - sent.bornNs() <= 0;
        boolean first = receiver.last(sent) == null;
        if (announced && wasThere && first && !receiver.config().raw() && stream.start() != SessionStart.FROM_BIRTH) {
            throw new AssertionError(stream + ": was there before the session was born");
        }
    }
}
