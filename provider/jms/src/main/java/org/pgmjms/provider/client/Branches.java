package org.pgmjms.provider.client;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * The branches of global transactions that are not over, of all connections of a JVM: a transaction manager may end a
 * branch by another session than the one that began it, after a failure also by another connection. Safe for any thread.
 */
public final class Branches {
    private final ReentrantLock lock = new ReentrantLock();
    /** Several only when brokers that have nothing to do with each other got the same identifier. */
    private final Map<Key, List<Branch>> branches = new HashMap<>();

    /** None yet. */
    public Branches() {}

    /** What makes identifiers of different classes equal. */
    private record Key(int format, ByteBuffer global, ByteBuffer branch) {
        static Key of(Xid xid) {
            return new Key(
                    xid.getFormatId(),
                    ByteBuffer.wrap(xid.getGlobalTransactionId().clone()),
                    ByteBuffer.wrap(xid.getBranchQualifier().clone()));
        }
    }

    /** Whether both name the same branch. */
    static boolean areEqual(Xid a, Xid b) {
        return Key.of(a).equals(Key.of(b));
    }

    /** The branch with this identifier at the broker that one of its sessions leads to, or null. */
    @Nullable Branch find(Xid xid, XAResource theirs) {
        for (Branch branch : all(Key.of(xid))) {
            if (isSameBroker(branch.theirs(), theirs)) {
                return branch;
            }
        }
        return null;
    }

    private List<Branch> all(Key key) {
        lock.lock();
        try {
            return List.copyOf(branches.getOrDefault(key, List.of()));
        } finally {
            lock.unlock();
        }
    }

    private static boolean isSameBroker(XAResource known, XAResource asked) {
        try {
            return known.equals(asked) || asked.isSameRM(known);
        } catch (XAException e) {
            return false;
        }
    }

    /** A branch begins. */
    void add(Branch branch) {
        lock.lock();
        try {
            branches.computeIfAbsent(Key.of(branch.xid()), key -> new ArrayList<>())
                    .add(branch);
        } finally {
            lock.unlock();
        }
    }

    /** A branch is over. */
    void remove(Branch branch) {
        lock.lock();
        try {
            branches.computeIfPresent(Key.of(branch.xid()), (key, all) -> {
                all.remove(branch);
                return all.isEmpty() ? null : all;
            });
        } finally {
            lock.unlock();
        }
    }

    /** The branches in which a session takes part and that are not prepared. */
    List<Branch> unpreparedOf(PgmXaResource session) {
        List<Branch> all;
        lock.lock();
        try {
            all = branches.values().stream().flatMap(List::stream).toList();
        } finally {
            lock.unlock();
        }
        return all.stream().filter(branch -> branch.isOpenFor(session)).toList();
    }
}
