package org.pgmjms.engine.sim.check;

import org.pgmjms.engine.sim.SimChannel;
import org.pgmjms.engine.sim.SimListener;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.engine.sim.SimReceiver;
import org.pgmjms.engine.sim.SimSource;

/** C6. A receiver holds no more than its windows and one APDU in the making, a source its window and chunks in change. */
public final class BoundedMemory implements SimListener {
    private static final int MOST_CHUNK_BYTES = 1 << 20;
    private static final int CHUNKS_IN_CHANGE = 4;
    /** Netty rounds up what it gives. */
    private static final int SLACK_BYTES = 64 * 1024;

    private final SimChannel channel;

    public BoundedMemory(SimChannel channel) {
        this.channel = channel;
    }

    @Override
    public void onSettled(SimNode node) {
        for (SimReceiver receiver : channel.receivers()) {
            if (receiver.node() == node) {
                long most =
                        receiver.config().windowBytes() + 2L * receiver.config().maxApduBytes() + SLACK_BYTES;
                check(node, receiver.memory().heldBytes(), most);
            }
        }
    }

    @Override
    public void onFinished() {
        for (SimSource source : channel.sources()) {
            long window = source.config().windowBytes();
            check(
                    source.node(),
                    source.memory().mostBytes(),
                    window + window / 2 + (long) CHUNKS_IN_CHANGE * MOST_CHUNK_BYTES);
        }
    }

    private static void check(SimNode node, long held, long most) {
        if (held > most) {
            throw new AssertionError(node.name() + " holds " + held + " bytes, " + most + " are allowed");
        }
    }
}
