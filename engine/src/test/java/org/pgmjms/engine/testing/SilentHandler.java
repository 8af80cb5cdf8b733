package org.pgmjms.engine.testing;

import io.netty.buffer.ByteBuf;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;

/** Counts what it hears, and keeps nothing. */
public class SilentHandler implements ReceiverHandler {
    private volatile long apdus;
    private volatile long bytes;
    private volatile long lost;

    /** APDUs heard. */
    public long apdus() {
        return apdus;
    }

    /** Their bytes. */
    public long bytes() {
        return bytes;
    }

    /** Packets reported lost. */
    public long lost() {
        return lost;
    }

    @Override
    public boolean plausible(ByteBuf apduStart) {
        return true;
    }

    @Override
    public void onSession(Tsi tsi, SessionStart start) {
        // all sessions are welcome
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    public void onApdu(Tsi tsi, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
        apdus++;
        bytes += apdu.readableBytes();
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    public void onLost(Tsi tsi, int firstSqn, int count, LossCause cause) {
        lost += count;
    }

    @Override
    public void onResolved(Tsi tsi, int edge) {
        // no use for it
    }

    @Override
    public void onEnd(Tsi tsi, EndReason reason, int finalSqn) {
        // no use for it
    }

    @Override
    public int capacityBytes(Tsi tsi) {
        return Integer.MAX_VALUE;
    }
}
