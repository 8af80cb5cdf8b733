package org.pgmjms.engine.sim.check;

import io.netty.buffer.ByteBuf;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.sim.HeardStream;
import org.pgmjms.engine.sim.SimListener;

/** C1. In CONTIGUOUS order each APDU and each loss starts where the one before it ended; what is new never is before the edge. */
public final class InOrder implements SimListener {

    @Override
    public void onApdu(HeardStream stream, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
        check(stream, firstSqn, "delivered");
    }

    @Override
    public void onLost(HeardStream stream, int firstSqn, int count, LossCause cause) {
        check(stream, firstSqn, "lost");
    }

    private static void check(HeardStream stream, int firstSqn, String what) {
        int offset = stream.sent().offset(firstSqn);
        boolean contiguous = stream.receiver().config().order() == DeliveryOrder.CONTIGUOUS;
        if (contiguous && stream.first() >= 0 && offset != stream.next()) {
            throw new AssertionError(stream + ": " + what + " " + offset + " when " + stream.next() + " was next");
        }
        if (stream.edge() >= 0 && offset < stream.edge()) {
            throw new AssertionError(stream + ": " + what + " " + offset + " before the edge " + stream.edge());
        }
    }
}
