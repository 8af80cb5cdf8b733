package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.wire.SequenceNumber;

/**
 * The handlers of one established session. One that comes later hears nothing of what was sent before it came. The array
 * is replaced, never changed, so that a handler may leave while it is called. Not thread-safe.
 */
final class Audience {
    private static final class Seat {
        final ReceiverHandler handler;
        final int fromSqn;
        boolean isCaughtUp;

        Seat(ReceiverHandler handler, int fromSqn, boolean isCaughtUp) {
            this.handler = handler;
            this.fromSqn = fromSqn;
            this.isCaughtUp = isCaughtUp;
        }
    }

    private static final Seat[] NOBODY = new Seat[0];

    private final Tsi tsi;
    private final PeerHost host;
    private Seat[] seats = NOBODY;
    private long lost;

    Audience(Tsi tsi, PeerHost host) {
        this.tsi = tsi;
        this.host = host;
    }

    /** The session is established; these handlers hear all of it. */
    void open(ReceiverHandler[] handlers, SessionStart start) {
        Seat[] all = new Seat[handlers.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Seat(handlers[i], 0, true);
        }
        seats = all;
        for (Seat seat : all) {
            seat.handler.onSession(tsi, start);
        }
    }

    /** One more handler, which hears what starts at this number. */
    void add(ReceiverHandler handler, int fromSqn) {
        Seat[] more = new Seat[seats.length + 1];
        System.arraycopy(seats, 0, more, 0, seats.length);
        more[seats.length] = new Seat(handler, fromSqn, false);
        seats = more;
        handler.onSession(tsi, SessionStart.FROM_LEAD);
    }

    @SuppressWarnings("ReferenceEquality") // this handler, not an equal one
    void remove(ReceiverHandler handler) {
        for (int i = 0; i < seats.length; i++) {
            if (seats[i].handler == handler) {
                Seat[] fewer = new Seat[seats.length - 1];
                System.arraycopy(seats, 0, fewer, 0, i);
                System.arraycopy(seats, i + 1, fewer, i, fewer.length - i);
                seats = fewer;
                return;
            }
        }
    }

    /** An APDU at this place of a buffer, whose indexes are moved for the call. */
    void onApdu(int firstSqn, int lastSqn, ByteBuf buffer, int at, int length, int flags) {
        int readerIndex = buffer.readerIndex();
        int writerIndex = buffer.writerIndex();
        try {
            for (Seat seat : seats) {
                if (seat.isCaughtUp || !SequenceNumber.before(firstSqn, seat.fromSqn)) {
                    buffer.setIndex(at, at + length);
                    seat.handler.onApdu(tsi, firstSqn, lastSqn, buffer, flags);
                }
            }
        } finally {
            buffer.setIndex(readerIndex, writerIndex);
        }
    }

    void onLost(int firstSqn, int count, LossCause cause) {
        lost += count;
        host.watcher().onLost(tsi, firstSqn, count, cause);
        for (Seat seat : seats) {
            int before = seat.isCaughtUp ? 0 : Math.max(0, seat.fromSqn - firstSqn);
            if (before < count) {
                seat.handler.onLost(tsi, firstSqn + before, count - before, cause);
            }
        }
    }

    /** Packets reported lost. */
    long lost() {
        return lost;
    }

    /** A packet came that had to be asked for more than once; the application does not care. */
    void onLate(int sqn, long missingNs) {
        host.watcher().onLate(tsi, sqn, missingNs);
    }

    void onResolved(int edge) {
        for (Seat seat : seats) {
            seat.isCaughtUp |= !SequenceNumber.before(edge, seat.fromSqn);
            if (seat.isCaughtUp) {
                seat.handler.onResolved(tsi, edge);
            }
        }
    }

    void onSilence(boolean isSilent) {
        for (Seat seat : seats) {
            seat.handler.onSilence(tsi, isSilent);
        }
    }

    void onEnd(EndReason reason, int finalSqn) {
        Seat[] last = seats;
        seats = NOBODY;
        for (Seat seat : last) {
            seat.handler.onEnd(tsi, reason, finalSqn);
        }
    }

    /** What the slowest handler's application has room for, beside what has come of it already. */
    int roomBytes(long comingBytes) {
        int least = Integer.MAX_VALUE;
        for (Seat seat : seats) {
            least = Math.min(least, seat.handler.roomBytes(tsi, comingBytes));
        }
        return Math.max(0, least);
    }

    /** What the slowest handler can take. */
    int capacityBytes() {
        int least = Integer.MAX_VALUE;
        for (Seat seat : seats) {
            least = Math.min(least, seat.handler.capacityBytes(tsi));
        }
        return least;
    }
}
