package org.pgmjms.provider.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.SourceEvent;

/**
 * The receiving half of a transport, or of one late joiner: takes what the engine delivers and hands it to listeners.
 * Owned by the receive agent, but for what says otherwise.
 *
 * @param <S> what it keeps of a source
 */
abstract sealed class Inbound<S> implements ReceiverHandler permits InboundLink, RawInboundLink {
    /** How many silent sources are remembered, in case they come back. */
    private static final int MOST_SILENT = 64;

    private final List<Listening> listenings = new ArrayList<>();
    /** Those that were given messages since the end of the last batch. */
    private final List<Listening> served = new ArrayList<>();

    private final Map<Tsi, S> sources = new HashMap<>();
    private final Map<Tsi, S> silent = new LinkedHashMap<>();
    private final Discovery discovery = new Discovery();
    private final Counters<InboundCounter> counters = new Counters<>(InboundCounter.class);
    private JmsLimits.@Nullable Watch limits;
    private volatile boolean failed;
    private @Nullable Tsi lastTsi;
    private @Nullable S lastSource;

    /** Which sessions are established. */
    final Discovery discovery() {
        return discovery;
    }

    final Counters<InboundCounter> counters() {
        return counters;
    }

    /** From here on somebody is told when a limit was hit. Before anything comes. */
    final void tell(JmsLimits told, String where) {
        limits = told.watch(counters, where);
    }

    /** Whether nothing will come any more; any thread. */
    final boolean hasFailed() {
        return failed;
    }

    /** Begins to call a listener; tells it of the sources that are there. */
    final void add(Listening listening) {
        listenings.add(listening);
        listening.serveBy(served);
        sources.forEach((tsi, source) -> {
            listening.source(new SourceEvent(tsi.toString(), SourceEvent.Kind.JOINED));
            onAdded(listening, source);
        });
        silent.values().forEach(source -> onAdded(listening, source));
        onAdded(listening);
    }

    /** Calls a listener no more; no effect if it is not there. */
    final void remove(Listening listening) {
        if (listenings.remove(listening)) {
            sources.values().forEach(source -> onRemoved(listening, source));
            silent.values().forEach(source -> onRemoved(listening, source));
            onRemoved(listening);
        }
    }

    /** Begins to call a listener for a source that is there already. */
    abstract void onAdded(Listening listening, S source);

    /** Begins to call a listener for all sources to come; after those that are there. */
    abstract void onAdded(Listening listening);

    /** Ends the calls to a listener for a source. */
    abstract void onRemoved(Listening listening, S source);

    /** Ends the calls to a listener; after those for each source. */
    abstract void onRemoved(Listening listening);

    abstract S newSource(Tsi tsi, SessionStart start);

    /** Hands out what waits of a source that has ended, and reports what may be lost. */
    abstract void finish(S source);

    /** Forgets a source that will not come back; after {@link #finish}. */
    abstract void onGone(S source);

    /** The listeners there are; not to be changed. */
    final List<Listening> listenings() {
        return listenings;
    }

    final Map<Tsi, S> sources() {
        return sources;
    }

    /** A source whose session is established, or null. */
    final @Nullable S source(Tsi tsi) {
        if (!tsi.equals(lastTsi)) {
            lastTsi = tsi;
            lastSource = sources.get(tsi);
        }
        return lastSource;
    }

    @Override
    public final void onSession(Tsi tsi, SessionStart start) {
        S known = silent.remove(tsi);
        boolean back = known != null && start != SessionStart.FROM_BIRTH;
        if (known != null && !back) {
            onGone(known);
        }
        sources.put(tsi, back ? known : newSource(tsi, start));
        lastTsi = null;
        tell(new SourceEvent(tsi.toString(), SourceEvent.Kind.JOINED));
        discovery.onSession(tsi);
    }

    @Override
    public final void onBatchEnd() {
        for (int i = 0; i < served.size(); i++) {
            served.get(i).batchEnd();
        }
        served.clear();
        if (limits != null) {
            limits.look();
        }
    }

    @Override
    public final void onSilence(Tsi tsi, boolean isSilent) {
        tell(new SourceEvent(tsi.toString(), isSilent ? SourceEvent.Kind.SILENT : SourceEvent.Kind.RESUMED));
    }

    @Override
    public final void onEnd(Tsi tsi, EndReason reason, int finalSqn) {
        S source = sources.remove(tsi);
        lastTsi = null;
        discovery.onEnd(tsi);
        if (source == null || reason == EndReason.CLOSED) {
            return;
        }
        finish(source);
        if (reason == EndReason.EXPIRED) {
            remember(tsi, source);
        } else {
            onGone(source);
        }
        SourceEvent.Kind kind = switch (reason) {
            case FIN -> SourceEvent.Kind.ENDED;
            case RST -> SourceEvent.Kind.RESET;
            case EXPIRED, REPLACED, CLOSED -> SourceEvent.Kind.EXPIRED;
        };
        tell(new SourceEvent(tsi.toString(), kind));
    }

    /** What waits here for other bytes to come, before listeners can have it. */
    abstract long waitingBytes();

    /** The slowest listener decides for all, and all sources have equal shares: any topic may come from any of them. */
    @Override
    public final int roomBytes(Tsi tsi, long comingBytes) {
        long waiting = comingBytes + waitingBytes();
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < listenings.size(); i++) {
            least = Math.min(least, listenings.get(i).roomBytes(waiting));
        }
        return least == Integer.MAX_VALUE ? least : least / Math.max(1, sources.size());
    }

    @Override
    public final void onFailed(PgmException cause) {
        failed = true;
        Exception reported = JmsExceptions.channelFailed("The channel cannot receive: " + cause.getMessage(), cause);
        for (Listening listening : listenings) {
            listening.failed(reported);
        }
        discovery.close();
    }

    /** A source that was silent may go on where it stopped: after a partition what was missed is counted exactly. */
    private void remember(Tsi tsi, S source) {
        silent.put(tsi, source);
        if (silent.size() > MOST_SILENT) {
            Tsi oldest = silent.keySet().iterator().next();
            onGone(Objects.requireNonNull(silent.remove(oldest)));
        }
    }

    private void tell(SourceEvent event) {
        for (Listening listening : listenings) {
            listening.source(event);
        }
    }

    /** The engine's cause in the words of the provider. */
    static LossCause cause(org.pgmjms.engine.api.LossCause cause) {
        return switch (cause) {
            case TRAIL_PASSED -> LossCause.TRAIL_PASSED;
            case NAK_RETRIES -> LossCause.NAK_RETRIES;
            case RDATA_RETRIES -> LossCause.RDATA_RETRIES;
            case RESET -> LossCause.RESET;
            case WINDOW_OVERFLOW -> LossCause.WINDOW_OVERFLOW;
            case SOURCE_EXPIRED -> LossCause.SOURCE_EXPIRED;
            case HISTORY_GONE -> LossCause.HISTORY_GONE;
            case DEADLINE -> LossCause.DEADLINE;
            case MALFORMED -> LossCause.MALFORMED;
        };
    }
}
