package org.pgmjms.engine.channel;

import java.util.function.BooleanSupplier;
import org.pgmjms.engine.protocol.Source;

/**
 * The end of a source: everything leaves, whoever still misses something can ask for it, then the session is closed.
 *
 * <pre>
 *   OPEN --begin--> FLUSHING --all sent--> LINGERING --quiet, or time over--> ENDING --last FIN--> OVER
 *      \                                                                        ^
 *       `-----begin without linger---------------------------------------------'
 * </pre>
 *
 * <p>Owned by whoever holds the source's lock.
 */
final class CloseProcedure {
    private static final long QUIET_NS = 1_000_000_000;

    private final Source source;
    private final BooleanSupplier hasWork;

    private Phase phase = Phase.OPEN;
    private long lingerNs;
    private long flushedAtNs;

    private enum Phase {
        OPEN,
        FLUSHING,
        LINGERING,
        ENDING,
        OVER
    }

    /**
     * For an open source.
     *
     * @param hasWork whether anything supplied has not been sent
     */
    CloseProcedure(Source source, BooleanSupplier hasWork) {
        this.source = source;
        this.hasWork = hasWork;
    }

    /** Starts it. A second call can only shorten the linger time. */
    void begin(long newLingerNs, long nowNs) {
        lingerNs = phase == Phase.OPEN ? newLingerNs : Math.min(lingerNs, newLingerNs);
        if (phase == Phase.OPEN) {
            phase = Phase.FLUSHING;
        }
        if (lingerNs <= 0 && (phase == Phase.FLUSHING || phase == Phase.LINGERING)) {
            end(nowNs);
        }
    }

    /** Ends without lingering; a second call does not even wait for the data. */
    void hurry(long nowNs) {
        if (phase == Phase.ENDING) {
            source.beginFin(nowNs);
        } else {
            begin(0, nowNs);
        }
    }

    /** Goes on as far as possible. */
    void step(long nowNs) {
        if (phase == Phase.FLUSHING && !hasWork.getAsBoolean()) {
            phase = Phase.LINGERING;
            flushedAtNs = nowNs;
            source.announce(nowNs);
        }
        if (phase != Phase.OPEN && phase != Phase.OVER && source.heldNs(nowNs) > Math.max(lingerNs, QUIET_NS)) {
            giveUpData(nowNs);
        }
        if (phase == Phase.LINGERING && nowNs - lingerDeadlineNs() >= 0) {
            end(nowNs);
        }
        if (phase == Phase.ENDING && source.finished()) {
            phase = Phase.OVER;
        }
    }

    /** Receivers that take nothing, or never came, must not keep a program alive. */
    private void giveUpData(long nowNs) {
        if (phase != Phase.ENDING) {
            end(nowNs);
        }
        source.beginFin(nowNs);
    }

    private void end(long nowNs) {
        phase = Phase.ENDING;
        source.beginFin(nowNs);
    }

    private long lingerDeadlineNs() {
        long lastUpstreamNs = source.lastUpstreamNs();
        long quietSinceNs = lastUpstreamNs - flushedAtNs > 0 ? lastUpstreamNs : flushedAtNs;
        long quietAtNs = quietSinceNs + QUIET_NS;
        long timeOverNs = flushedAtNs + lingerNs;
        return quietAtNs - timeOverNs < 0 ? quietAtNs : timeOverNs;
    }

    /** When {@link #step} is wanted, or {@link AgentThread#NEVER}. */
    long deadlineNs() {
        return phase == Phase.LINGERING ? lingerDeadlineNs() : AgentThread.NEVER;
    }

    /** Whether nothing more will be sent. */
    boolean isOver() {
        return phase == Phase.OVER;
    }
}
