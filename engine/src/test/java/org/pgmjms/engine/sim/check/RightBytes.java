package org.pgmjms.engine.sim.check;

import io.netty.buffer.ByteBuf;
import org.pgmjms.engine.sim.HeardStream;
import org.pgmjms.engine.sim.SentStream;
import org.pgmjms.engine.sim.SimListener;
import org.pgmjms.engine.sim.SimSupply;

/** C3. What is delivered is an APDU that was sent: the same numbers, the same bytes. */
public final class RightBytes implements SimListener {

    @Override
    public void onApdu(HeardStream stream, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
        SentStream sent = stream.sent();
        int first = sent.offset(firstSqn);
        int last = sent.offset(lastSqn);
        if (first < 0 || last < first || last >= sent.size()) {
            throw new AssertionError(stream + ": delivered " + first + " to " + last + " of " + sent.size());
        }
        if (sent.apduFirst(first) != first || sent.apduLast(first) != last) {
            throw new AssertionError(stream + ": delivered " + first + " to " + last + ", but the APDU is "
                    + sent.apduFirst(first) + " to " + sent.apduLast(first));
        }
        if (sent.apduHash(first) != SimSupply.hash(apdu)) {
            throw new AssertionError(stream + ": APDU " + first + " has other bytes than were sent");
        }
    }
}
