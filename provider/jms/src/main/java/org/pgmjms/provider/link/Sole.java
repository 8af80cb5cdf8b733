package org.pgmjms.provider.link;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Things that come and go, each perhaps several times, and which of them is the only one. Safe for any thread.
 *
 * @param <T> the things, told apart by {@code equals}
 */
public final class Sole<T> {
    private final ReentrantLock lock = new ReentrantLock();
    /** How often each is there. */
    private final Map<T, Integer> all = new HashMap<>();

    private volatile @Nullable T only;

    /** It came. */
    public void add(T thing) {
        change(thing, 1);
    }

    /** It went, once. */
    public void remove(T thing) {
        change(thing, -1);
    }

    private void change(T thing, int by) {
        lock.lock();
        try {
            all.merge(thing, by, (known, more) -> known + more == 0 ? null : known + more);
            only = all.size() == 1 ? all.keySet().iterator().next() : null;
        } finally {
            lock.unlock();
        }
    }

    /** The only one there is; null when there is none, or another one. */
    public @Nullable T only() {
        return only;
    }
}
