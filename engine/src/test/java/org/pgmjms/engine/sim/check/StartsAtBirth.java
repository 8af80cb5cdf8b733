package org.pgmjms.engine.sim.check;

import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.sim.HeardStream;
import org.pgmjms.engine.sim.SentStream;
import org.pgmjms.engine.sim.SimChannel;
import org.pgmjms.engine.sim.SimListener;
import org.pgmjms.engine.sim.SimReceiver;

/** Who joined before a session that announces itself was born starts at its first number. */
public final class StartsAtBirth implements SimListener {
    private final SimChannel channel;

    public StartsAtBirth(SimChannel channel) {
        this.channel = channel;
    }

    @Override
    public void onSession(HeardStream stream) {
        SentStream sent = stream.sent();
        SimReceiver receiver = stream.receiver();
        boolean announced = channel.sourceOf(sent).config().announce();
        boolean wasThere = !sent.isBorn() || receiver.joinedNs() - sent.bornNs() <= 0;
        boolean first = receiver.last(sent) == null;
        if (announced && wasThere && first && !receiver.config().raw() && stream.start() != SessionStart.FROM_BIRTH) {
            throw new AssertionError(stream + ": was there before the session was born");
        }
    }
}
