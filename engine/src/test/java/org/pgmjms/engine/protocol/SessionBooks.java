package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;

/**
 * Keeps the books of any number of sessions, wherever they start and however far they jump: nothing is heard of a session
 * but between its start and its end, each number is delivered or lost once, in order where that was promised, and the
 * resolved edge tells the truth and never moves back. Payloads are non-negative bytes, so that spoilt memory shows.
 */
final class SessionBooks implements ReceiverHandler {
    private final boolean isContiguous;
    private final int maxApduBytes;
    private final Map<Tsi, Book> open = new HashMap<>();
    long apdus;
    long losses;
    long sessions;
    int capacity = Integer.MAX_VALUE;

    SessionBooks(boolean isContiguous, int maxApduBytes) {
        this.isContiguous = isContiguous;
        this.maxApduBytes = maxApduBytes;
    }

    /** What one session said. Places are counted from its first number, so that they do not wrap. */
    private static final class Book {
        /** What belongs to an APDU that began before the start is nobody's loss. */
        private static final int LONGEST_TAIL = 64;

        /** Ranges that are delivered or lost beyond the edge: first place and the one behind the last. */
        private final TreeMap<Long, Long> resolved = new TreeMap<>();

        private int edge;
        private long edgePlace;
        private boolean hasEdge;
        private @Nullable Integer start;

        long place(int sqn) {
            if (start == null) {
                start = sqn;
                edge = sqn;
            }
            return edgePlace + (sqn - edge);
        }

        void resolve(int first, int count, boolean inOrder) {
            long from = place(first);
            check(count > 0, "something");
            Map.Entry<Long, Long> before = resolved.lowerEntry(from + count);
            check(before == null || before.getValue() <= from, "resolved again: " + first + "+" + count);
            check(!inOrder || from == end() || from > end() && from <= LONGEST_TAIL, "in order: " + first);
            long begin = from;
            if (before != null && before.getValue() == from) {
                begin = before.getKey();
            }
            Long behind = resolved.remove(from + count);
            resolved.put(begin, behind == null ? from + count : behind);
        }

        private long end() {
            return resolved.isEmpty() ? edgePlace : resolved.lastEntry().getValue();
        }

        void edge(int newEdge) {
            long place = place(newEdge);
            if (!hasEdge) {
                hasEdge = true;
                edge = newEdge;
                edgePlace = place;
                resolved.headMap(place).clear();
                return;
            }
            check(place >= edgePlace, "the edge never moves back");
            while (!resolved.isEmpty() && resolved.firstKey() < place) {
                Map.Entry<Long, Long> first = resolved.pollFirstEntry();
                check(first.getKey() <= Math.max(edgePlace, LONGEST_TAIL), "all before the edge is resolved");
                if (first.getValue() > place) {
                    resolved.put(place, first.getValue());
                }
                edgePlace = Math.min(place, first.getValue());
                edge = newEdge - (int) (place - edgePlace);
            }
            check(place == edgePlace || place <= LONGEST_TAIL, "the edge ends what is resolved");
            edgePlace = place;
            edge = newEdge;
        }
    }

    private Book book(Tsi tsi) {
        Book book = open.get(tsi);
        check(book != null, "the session is there");
        return book == null ? new Book() : book;
    }

    @Override
    public boolean plausible(ByteBuf apduStart) {
        return !apduStart.isReadable() || apduStart.getByte(apduStart.readerIndex()) % 3 != 0;
    }

    @Override
    public void onSession(Tsi tsi, SessionStart begin) {
        sessions++;
        check(open.put(tsi, new Book()) == null, "a session begins once");
    }

    @Override
    public void onApdu(Tsi tsi, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
        check(apdu.readableBytes() <= maxApduBytes, "an APDU as large as is allowed");
        check(apdu.forEachByte(value -> value >= 0) < 0, "memory that nobody has given back");
        apdus++;
        book(tsi).resolve(firstSqn, lastSqn - firstSqn + 1, isContiguous);
    }

    @Override
    public void onLost(Tsi tsi, int firstSqn, int count, LossCause cause) {
        losses++;
        book(tsi).resolve(firstSqn, count, isContiguous);
    }

    @Override
    public void onResolved(Tsi tsi, int edge) {
        book(tsi).edge(edge);
    }

    @Override
    public void onEnd(Tsi tsi, EndReason reason, int finalSqn) {
        check(open.remove(tsi) != null, "a session ends once");
    }

    @Override
    public int capacityBytes(Tsi tsi) {
        check(open.containsKey(tsi), "asked about a session that is there");
        return capacity;
    }

    /** Sessions that have begun and not ended. */
    int open() {
        return open.size();
    }

    private static void check(boolean isTrue, String what) {
        if (!isTrue) {
            throw new AssertionError("expected: " + what);
        }
    }
}
