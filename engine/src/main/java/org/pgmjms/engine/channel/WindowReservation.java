package org.pgmjms.engine.channel;

import org.pgmjms.engine.api.Reservation;

/** Room in one source's window. Used by one thread. */
final class WindowReservation implements Reservation {
    private final SourceHalf half;
    private final int bytes;
    private boolean used;

    WindowReservation(SourceHalf half, int bytes) {
        this.half = half;
        this.bytes = bytes;
    }

    @Override
    public int bytes() {
        return bytes;
    }

    @Override
    public void publish() {
        if (used) {
            throw new IllegalStateException("a reservation is used once");
        }
        used = true;
        half.publishReserved(bytes);
    }

    @Override
    public void release() {
        if (!used) {
            used = true;
            half.releaseReserved(bytes);
        }
    }
}
