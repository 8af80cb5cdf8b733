package org.pgmjms.provider.client;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.link.Intake;
import org.pgmjms.provider.link.LinkSubscription;

/** Which transports a session's consumers take from, each on its own. Safe for any thread. */
final class Intakes {
    private final ReentrantLock lock = new ReentrantLock();
    /** How many subscriptions there are to each. */
    private final Map<Intake, Integer> all = new HashMap<>();
    /** Subscriptions to transports that nobody else can receive for. */
    private int others;

    private volatile @Nullable Intake only;

    void add(LinkSubscription subscription) {
        change(subscription.intake(), 1);
    }

    void remove(LinkSubscription subscription) {
        change(subscription.intake(), -1);
    }

    private void change(@Nullable Intake intake, int by) {
        lock.lock();
        try {
            if (intake == null) {
                others += by;
            } else {
                all.merge(intake, by, (known, more) -> known + more == 0 ? null : known + more);
            }
            only = others == 0 && all.size() == 1 ? all.keySet().iterator().next() : null;
        } finally {
            lock.unlock();
        }
    }

    /** The transport that all of them take from, or null. */
    @Nullable Intake only() {
        return only;
    }
}
