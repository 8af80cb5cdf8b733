package org.pgmjms.engine.sim.check;

import org.pgmjms.engine.sim.SimChannel;
import org.pgmjms.engine.sim.SimListener;
import org.pgmjms.engine.sim.SimReceiver;
import org.pgmjms.engine.sim.SimSource;

/** C11. When all sessions ended and time passed, there is no session, no timer, no buffer. */
public final class NothingLeft implements SimListener {
    private final SimChannel channel;

    public NothingLeft(SimChannel channel) {
        this.channel = channel;
    }

    @Override
    public void onFinished() {
        for (SimReceiver receiver : channel.receivers()) {
            check(receiver);
        }
        for (SimSource source : channel.sources()) {
            source.source().close();
            if (source.memory().heldBytes() != 0) {
                throw new AssertionError(
                        source.node().name() + " still holds " + source.memory().heldBytes());
            }
        }
    }

    private static void check(SimReceiver receiver) {
        String name = receiver.node().name();
        if (!receiver.isClosed()) {
            if (receiver.receiver().peers() != 0 || receiver.receiver().halfOpen() != 0) {
                throw new AssertionError(name + " has " + receiver.receiver().peers() + " sessions and "
                        + receiver.receiver().halfOpen() + " half-open ones");
            }
            if (receiver.node().hasTimer()) {
                throw new AssertionError(name + " has a timer left");
            }
            receiver.close();
        }
        if (receiver.memory().heldBytes() != 0) {
            throw new AssertionError(name + " still holds " + receiver.memory().heldBytes() + " bytes");
        }
    }
}
