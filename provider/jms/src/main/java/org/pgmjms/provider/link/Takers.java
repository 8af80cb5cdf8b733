package org.pgmjms.provider.link;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Whose the listeners of a transport are. Safe for any thread. */
final class Takers {
    private final ReentrantLock lock = new ReentrantLock();
    /** How many listeners each has. */
    private final Map<Object, Integer> all = new HashMap<>();

    private volatile @Nullable Object only;

    void add(Object taker) {
        change(taker, 1);
    }

    void remove(Object taker) {
        change(taker, -1);
    }

    private void change(Object taker, int by) {
        lock.lock();
        try {
            all.merge(taker, by, (known, more) -> known + more == 0 ? null : known + more);
            only = all.size() == 1 ? all.keySet().iterator().next() : null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is no other. */
    boolean isOnly(Object taker) {
        return taker.equals(only);
    }
}
