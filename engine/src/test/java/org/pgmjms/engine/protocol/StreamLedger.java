package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import java.util.BitSet;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;

/**
 * A handler that keeps the books of one session: each number is delivered or lost, once; the order is kept; the resolved
 * edge never lies and never moves back.
 */
final class StreamLedger implements ReceiverHandler {
    private final int start;
    private final boolean isContiguous;
    final BitSet delivered = new BitSet();
    final BitSet lost = new BitSet();
    int capacity = Integer.MAX_VALUE;
    int resolvedTo;
    int next;
    int sessions;
    int ends;

    /** For a session that starts with this number. */
    StreamLedger(int start, boolean isContiguous) {
        this.start = start;
        this.isContiguous = isContiguous;
    }

    /** The first number, counted from the start, that is neither delivered nor lost. */
    int firstOpen() {
        BitSet resolved = (BitSet) delivered.clone();
        resolved.or(lost);
        return resolved.nextClearBit(0);
    }

    @Override
    public boolean plausible(ByteBuf apduStart) {
        return true;
    }

    @Override
    public void onSession(Tsi tsi, SessionStart begin) {
        check(sessions++ == ends, "a session begins once");
    }

    @Override
    public void onApdu(Tsi tsi, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
        for (int sqn = firstSqn; sqn - lastSqn <= 0; sqn++) {
            check(apdu.readInt() == sqn && apdu.readInt() == ~sqn, "right bytes");
        }
        check(!apdu.isReadable(), "nothing more in the APDU");
        resolve(delivered, firstSqn, lastSqn - firstSqn + 1);
    }

    @Override
    public void onLost(Tsi tsi, int firstSqn, int count, LossCause cause) {
        resolve(lost, firstSqn, count);
    }

    private void resolve(BitSet set, int firstSqn, int count) {
        check(sessions == ends + 1, "a session is there");
        int from = firstSqn - start;
        check(count > 0 && from >= resolvedTo, "not before the edge: " + from + " of " + resolvedTo);
        int again = Math.min(nextOf(delivered, from), nextOf(lost, from));
        check(again >= from + count, "number " + again + " resolved again");
        if (isContiguous) {
            check(from == next, "in order: " + from + " instead of " + next);
            next = from + count;
        }
        set.set(from, from + count);
    }

    private static int nextOf(BitSet set, int from) {
        int found = set.nextSetBit(from);
        return found < 0 ? Integer.MAX_VALUE : found;
    }

    @Override
    public void onResolved(Tsi tsi, int edge) {
        check(edge - start > resolvedTo, "the edge moves on");
        resolvedTo = edge - start;
        check(firstOpen() >= resolvedTo, "all before the edge is resolved: " + firstOpen() + " of " + resolvedTo);
    }

    @Override
    public void onEnd(Tsi tsi, EndReason reason, int finalSqn) {
        check(++ends == sessions, "a session ends once");
    }

    @Override
    public int capacityBytes(Tsi tsi) {
        return capacity;
    }

    private static void check(boolean isTrue, String what) {
        if (!isTrue) {
            throw new AssertionError("expected: " + what);
        }
    }
}
