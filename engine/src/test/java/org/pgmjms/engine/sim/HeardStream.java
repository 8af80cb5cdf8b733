package org.pgmjms.engine.sim;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.SessionStart;

/** What one receiver was told about one session, from its establishment to its end. Offsets are those of {@link SentStream}. */
public final class HeardStream {
    private final SimReceiver receiver;
    private final SentStream sent;
    private final SessionStart start;
    private final long sinceNs;
    private final BitSet delivered = new BitSet();
    private final BitSet lost = new BitSet();
    private final Map<LossCause, Integer> causes = new EnumMap<>(LossCause.class);
    private int first = -1;
    private int next;
    private int edge = -1;
    private @Nullable EndReason end;

    HeardStream(SimReceiver receiver, SentStream sent, SessionStart start, long sinceNs) {
        this.receiver = receiver;
        this.sent = sent;
        this.start = start;
        this.sinceNs = sinceNs;
    }

    public SimReceiver receiver() {
        return receiver;
    }

    public SentStream sent() {
        return sent;
    }

    public SessionStart start() {
        return start;
    }

    /** When it was established. */
    public long sinceNs() {
        return sinceNs;
    }

    /** Offsets of packets that were delivered. */
    public BitSet delivered() {
        return delivered;
    }

    /** Offsets of packets that were reported lost. */
    public BitSet lost() {
        return lost;
    }

    /** Packets reported lost, by cause. */
    public Map<LossCause, Integer> causes() {
        return causes;
    }

    /** The lowest offset that anything was said about, or -1. */
    public int first() {
        return first;
    }

    /** The offset after the highest that anything was said about; 0 at the beginning. */
    public int next() {
        return next;
    }

    /** The offset of the resolved edge, or -1. */
    public int edge() {
        return edge;
    }

    /** Why it ended, or null. */
    public @Nullable EndReason end() {
        return end;
    }

    /** Whether something was said about this offset. */
    public boolean covers(int offset) {
        return delivered.get(offset) || lost.get(offset);
    }

    /** The first offset from here on that nothing was said about. */
    public int nextUncovered(int from) {
        int offset = from;
        while (covers(offset)) {
            offset = delivered.get(offset) ? delivered.nextClearBit(offset) : lost.nextClearBit(offset);
        }
        return offset;
    }

    void deliver(int from, int to) {
        cover(delivered, from, to);
    }

    void lose(int from, int to, LossCause cause) {
        cover(lost, from, to);
        causes.merge(cause, to - from, Integer::sum);
    }

    private void cover(BitSet set, int from, int to) {
        if (from < 0 || to <= from) {
            throw new AssertionError(this + ": " + from + " to " + to + " was never sent");
        }
        set.set(from, to);
        first = first < 0 ? from : Math.min(first, from);
        next = Math.max(next, to);
    }

    void resolve(int newEdge) {
        edge = newEdge;
    }

    void end(EndReason reason) {
        end = reason;
    }

    @Override
    public String toString() {
        return receiver.node().name() + " <- " + sent.tsi() + " (" + start + ")";
    }
}
