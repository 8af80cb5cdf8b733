package org.pgmjms.engine.sim.check;

import io.netty.buffer.ByteBuf;
import org.pgmjms.engine.sim.HeardStream;
import org.pgmjms.engine.sim.SimListener;

/** C2. No packet is delivered twice to a receiver, not even after its session expired and came back. */
public final class OnceEach implements SimListener {

    @Override
    public void onApdu(HeardStream stream, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
        int first = stream.sent().offset(firstSqn);
        int last = stream.sent().offset(lastSqn);
        for (HeardStream earlier : stream.receiver().streams()) {
            if (earlier.sent() == stream.sent() && first >= 0) {
                int again = earlier.delivered().nextSetBit(first);
                if (again >= 0 && again <= last) {
                    throw new AssertionError(stream + ": " + again + " was delivered before");
                }
            }
        }
    }
}
