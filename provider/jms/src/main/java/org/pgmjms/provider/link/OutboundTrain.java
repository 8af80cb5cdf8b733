package org.pgmjms.provider.link;

import org.pgmjms.engine.api.Reservation;

/** Room for a train in a transport's queue and in its source's window. Used by one thread at a time. */
final class OutboundTrain implements TrainReservation {
    private final Outbound outbound;
    private final WrittenTrain train;
    private final Room room;
    private final Reservation window;
    private State state = State.RESERVED;

    private enum State {
        RESERVED,
        PUBLISHED,
        RELEASED
    }

    OutboundTrain(Outbound outbound, WrittenTrain train, Room room, Reservation window) {
        this.outbound = outbound;
        this.train = train;
        this.room = room;
        this.window = window;
    }

    @Override
    public void publish() {
        if (state == State.PUBLISHED) {
            throw new IllegalStateException("A train is published once");
        }
        if (state == State.RESERVED) {
            state = State.PUBLISHED;
            outbound.publish(train, room);
            window.publish();
        }
    }

    @Override
    public void release() {
        if (state == State.RESERVED) {
            state = State.RELEASED;
            outbound.release(room);
            window.release();
        }
    }
}
