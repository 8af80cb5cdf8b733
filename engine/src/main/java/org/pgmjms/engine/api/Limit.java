package org.pgmjms.engine.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limits of the engine. Each has a counter that says how often it was hit, an entry in {@link
 * org.pgmjms.engine.jmx.LimitsMXBean}, an event for Java Flight Recorder and, if being hit is not its business, one line in
 * the log a minute.
 */
public enum Limit implements LimitKind {
    /** Sessions that a channel receives: of all, from one address, and those that are not established. */
    SESSIONS(true, ReceiverCounter.SESSIONS_REFUSED, "pgm.maxPeers", "pgm.maxPeersPerAddress"),
    /** What may wait behind gaps. */
    RECEIVE_WINDOW(true, ReceiverCounter.NO_ROOM, "pgm.receiveWindow.bytes", "pgm.receiveWindow.packets"),
    /** How far a receiver may fall behind before it goes on with what is sent now. */
    FALLING_BEHIND(true, ReceiverCounter.FELL_BEHIND, "pgm.receiveWindow.bytes", "pgm.receiveWindow.packets"),
    /** The names of this process' sources, under which somebody else sends as well. */
    NAME(true, ReceiverCounter.TSI_CLASHES, "pgm.gsi", "pgm.sourcePort"),
    /** What the network takes of a receiver. */
    NETWORK_OF_RECEIVER(true, ReceiverCounter.SOCKET_ERRORS),
    /** How far a number may be ahead without a second packet that confirms it. */
    REACH(true, ReceiverCounter.DISCONTINUITIES, "pgm.receiveWindow.packets"),
    /** NAK packets that a source listens to, and their confirmations. */
    NAK_RATE(true, SourceCounter.NAKS_OVER_BUDGET, "pgm.nakLimit.perSender", "pgm.nakLimit.total"),
    /** More NAKs than that, so that repairs get less of the rate. */
    NAK_FLOOD(
            true, SourceCounter.NAK_FLOODS, "pgm.nakLimit.perSender", "pgm.nakLimit.total", "pgm.nakLimit.repairShare"),
    /** How long packets can be repaired: requests that came after that. */
    REPAIR_TIME(true, SourceCounter.NAKS_TOO_LATE, "pgm.window.time", "pgm.window.bytes", "pgm.window.packets"),
    /** How much can wait to be repaired: repairs that were not sent any more. */
    REPAIR_ROOM(true, SourceCounter.EVICTED_WITH_REPAIR, "pgm.window.bytes", "pgm.window.packets", "pgm.repairShare"),
    /** Receivers that a source waits for, and what it believes them. */
    STATUSES(true, SourceCounter.STATUSES_REFUSED),
    /** How long a source waits for a receiver. */
    PATIENCE(true, SourceCounter.RECEIVERS_DROPPED, "pgm.sendLimit.silence", "pgm.sendLimit.patience"),
    /** What the socket takes. */
    SOCKET(true, SourceCounter.SEND_REFUSED),
    /** What the network takes of a source. */
    NETWORK_OF_SOURCE(true, SourceCounter.SOCKET_ERRORS),
    /** The rate of sending. It is there to be hit. */
    RATE(false, SourceCounter.RATE_WAITS, "pgm.maxRate", "pgm.bucket"),
    /** The room of the slowest receiver. It is there to be hit. */
    SLOWEST_RECEIVER(false, SourceCounter.LIMIT_WAITS, "pgm.sendLimit");

    private final boolean isWorthWarning;
    private final @Nullable ReceiverCounter receiverCounter;
    private final @Nullable SourceCounter sourceCounter;
    private final List<String> settings;

    Limit(boolean isWorthWarning, ReceiverCounter counter, String... settings) {
        this.isWorthWarning = isWorthWarning;
        this.receiverCounter = counter;
        this.sourceCounter = null;
        this.settings = List.of(settings);
    }

    Limit(boolean isWorthWarning, SourceCounter counter, String... settings) {
        this.isWorthWarning = isWorthWarning;
        this.receiverCounter = null;
        this.sourceCounter = counter;
        this.settings = List.of(settings);
    }

    @Override
    public boolean isWorthWarning() {
        return isWorthWarning;
    }

    /** What counts its hits at a receiver, or null. */
    public @Nullable ReceiverCounter receiverCounter() {
        return receiverCounter;
    }

    /** What counts its hits at a source, or null. */
    public @Nullable SourceCounter sourceCounter() {
        return sourceCounter;
    }

    @Override
    public List<String> settings() {
        return settings;
    }
}
