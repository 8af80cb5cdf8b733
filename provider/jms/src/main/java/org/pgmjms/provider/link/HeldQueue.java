package org.pgmjms.provider.link;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What waits, by a key, and by when it came among equals. What comes in order, as nearly all does, is added to a row at no
 * cost; only the others go into a heap. Owned by the receive agent.
 */
final class HeldQueue {
    private final ToLongFunction<Held> key;
    private final ArrayDeque<Held> row = new ArrayDeque<>();
    private final PriorityQueue<Held> late;

    HeldQueue(ToLongFunction<Held> key) {
        this.key = key;
        this.late = new PriorityQueue<>(this::compare);
    }

    boolean isEmpty() {
        return row.isEmpty() && late.isEmpty();
    }

    int size() {
        return row.size() + late.size();
    }

    void add(Held held) {
        Held newest = row.peekLast();
        if (newest == null || compare(newest, held) < 0) {
            row.addLast(held);
        } else {
            late.add(held);
        }
    }

    /** The first one, or null. */
    @Nullable Held peek() {
        Held first = row.peekFirst();
        Held firstLate = late.peek();
        if (first == null || firstLate == null) {
            return first == null ? firstLate : first;
        }
        return compare(first, firstLate) < 0 ? first : firstLate;
    }

    /** Takes the first one out. */
    @Nullable Held poll() {
        Held first = peek();
        if (first != null && first == row.peekFirst()) {
            row.removeFirst();
        } else {
            late.poll();
        }
        return first;
    }

    void removeIf(Predicate<Held> unwanted) {
        row.removeIf(unwanted);
        late.removeIf(unwanted);
    }

    void forEach(Consumer<Held> action) {
        row.forEach(action);
        late.forEach(action);
    }

    void clear() {
        row.clear();
        late.clear();
    }

    private int compare(Held a, Held b) {
        int byKey = Long.compare(key.applyAsLong(a), key.applyAsLong(b));
        return byKey != 0 ? byKey : Long.compare(a.order(), b.order());
    }
}
