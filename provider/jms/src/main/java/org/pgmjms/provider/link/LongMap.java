package org.pgmjms.provider.link;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A map from {@code long} to objects that allocates nothing but when it grows: open addressing, linear probing. Not
 * thread-safe. Must not be changed while {@link #forEach} runs.
 */
final class LongMap<V> {
    private static final int FIRST_CAPACITY = 16;
    /** Fibonacci hashing: keys that are hashes already do not need it, those that count up do. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[FIRST_CAPACITY];

    private @Nullable Object[] values = new Object[FIRST_CAPACITY];

    private int size;

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked")
    @Nullable V get(long key) {
        int at = find(key);
        return (V) values[at];
    }

    /** Sets the value, whether there was one or not. */
    void put(long key, V value) {
        int at = find(key);
        if (values[at] == null) {
            if (2 * (size + 1) > keys.length) {
                grow();
                at = find(key);
            }
            keys[at] = key;
            size++;
        }
        values[at] = value;
    }

    @SuppressWarnings("unchecked")
    @Nullable V remove(long key) {
        int at = find(key);
        Object removed = values[at];
        if (removed != null) {
            size--;
            closeHole(at);
        }
        return (V) removed;
    }

    @SuppressWarnings("unchecked")
    void forEach(Consumer<? super V> action) {
        for (Object value : values) {
            if (value != null) {
                action.accept((V) value);
            }
        }
    }

    /** Where the key is, or the free place where it belongs. */
    private int find(long key) {
        int mask = keys.length - 1;
        int at = home(key);
        while (values[at] != null && keys[at] != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    private int home(long key) {
        return (int) (key * SPREAD >>> 32) & keys.length - 1;
    }

    /** Moves back what was pushed over the place that becomes free, so that no search ends too early. */
    private void closeHole(int hole) {
        int mask = keys.length - 1;
        int free = hole;
        int at = hole;
        values[free] = null;
        while (true) {
            at = at + 1 & mask;
            if (values[at] == null) {
                return;
            }
            int home = home(keys[at]);
            if ((at - home & mask) >= (at - free & mask)) {
                keys[free] = keys[at];
                values[free] = values[at];
                values[at] = null;
                free = at;
            }
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new Object[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int at = find(oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }
}
