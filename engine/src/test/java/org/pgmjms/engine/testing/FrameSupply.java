package org.pgmjms.engine.testing;

import io.netty.buffer.ByteBuf;
import org.pgmjms.engine.api.ApduSupplier;

/** Supplies frames of one length, as many in a packet as fit. Allocates nothing. One owner. */
public class FrameSupply implements ApduSupplier {
    private final int frameBytes;
    private int waiting;

    /** Nothing waits yet. */
    public FrameSupply(int frameBytes) {
        this.frameBytes = frameBytes;
    }

    /** Adds that many frames. */
    public final void add(int frames) {
        waiting += frames;
    }

    @Override
    public final int nextLength() {
        return waiting > 0 ? frameBytes : 0;
    }

    @Override
    public final int fill(ByteBuf packet, int at, int max, int padTo) {
        int length = 0;
        while (waiting > 0 && length + frameBytes <= max) {
            packet.setInt(at + length, waiting);
            length += frameBytes;
            waiting--;
        }
        return length;
    }

    @Override
    public void fillFragment(ByteBuf packet, int at, int length, int apduOffset) {
        packet.setInt(at, apduOffset);
        waiting -= apduOffset + length == frameBytes ? 1 : 0;
    }

    @Override
    public final void onStored(int firstSqn, int lastSqn) {
        // nobody waits for it
    }
}
