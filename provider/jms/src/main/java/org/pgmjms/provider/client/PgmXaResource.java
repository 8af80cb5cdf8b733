package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's part in global transactions: the companion broker's, with what goes to groups as its last step. It promises
 * to commit when there is room for all messages on every group and the broker has promised, too; it publishes once the
 * broker has committed, which cannot fail. What is prepared for groups is in memory: after the end of this JVM only the
 * broker's part is there to be recovered.
 *
 * <p>Safe for any thread, as transaction managers end branches in threads of their own. Jakarta Messaging 3.1, section
 * 11.3; javax.transaction.xa.
 */
public final class PgmXaResource implements XAResource {
    private static final Logger LOG = LoggerFactory.getLogger(PgmXaResource.class);

    private final PgmSession session;
    private final SessionDelivery delivery;
    private final BrokerSession broker;
    private final Outbox outbox;
    private final Branches branches;
    /** The branch that the session works for, or null. */
    private volatile @Nullable Branch active;

    PgmXaResource(PgmSession session, Outbox outbox) {
        this.session = session;
        this.delivery = session.delivery();
        this.broker = session.broker();
        this.outbox = outbox;
        this.branches = session.connection().runtime().branches();
    }

    /** What the session sends now belongs to; null outside of a branch. */
    @Nullable Transaction transaction() {
        Branch current = active;
        return current == null ? null : current.transaction();
    }

    Links links() {
        return session.connection().links();
    }

    /** The broker's part; the same for the life of the session. */
    private XAResource theirs() throws XAException {
        return broker.xa(its -> its);
    }

    private @Nullable Branch find(Xid xid) throws XAException {
        return branches.find(xid, theirs());
    }

    /**
     * The session works for a branch from now on: a new one, one that other sessions of this JVM work for, or one that was
     * suspended.
     *
     * @throws XAException {@code XAER_NOTA} also for a branch that another JVM has begun, as nobody would publish what
     *     is sent here
     */
    @Override
    public void start(Xid xid, int flags) throws XAException {
        if (active != null) {
            throw JmsExceptions.xa(XAException.XAER_PROTO, "The session works for a branch already", null);
        }
        XAResource its = theirs();
        Branch known = branches.find(xid, its);
        if (known == null && flags != TMNOFLAGS) {
            throw JmsExceptions.xa(XAException.XAER_NOTA, "No such branch was begun in this JVM: " + xid, null);
        }
        broker.xa(at -> {
            at.start(xid, flags);
            return at;
        });
        if (known != null && flags == TMNOFLAGS) {
            rolledBack(known); // the broker has forgotten it, after a timeout
            known = null;
        }
        Branch branch = known == null ? begin(xid, its) : known;
        locally(() -> {
            delivery.enterBranch(branch.enter(this));
            outbox.use(branch.transaction());
            active = branch;
        });
    }

    private Branch begin(Xid xid, XAResource its) {
        PgmConnection connection = session.connection();
        Branch branch = new Branch(
                xid,
                its,
                new Transaction(
                        connection.runtime().clock(), connection.settings().sendTimeoutNs()));
        branches.add(branch);
        return branch;
    }

    /** The session no longer works for the branch; waits for completion listeners first. */
    @Override
    public void end(Xid xid, int flags) throws XAException {
        try {
            session.completions().awaitAll(session);
        } catch (JMSException e) {
            throw JmsExceptions.xa(XAException.XAER_PROTO, String.valueOf(e.getMessage()), e);
        }
        Branch current = active;
        Branch branch = current != null && Branches.areEqual(current.xid(), xid) ? current : find(xid);
        try {
            broker.xa(at -> {
                at.end(xid, flags);
                return at;
            });
        } catch (XAException e) {
            if (!isMisuse(e)) {
                left(branch, true);
            }
            throw e;
        }
        left(branch, flags == TMFAIL);
    }

    private void left(@Nullable Branch branch, boolean hasFailed) throws XAException {
        if (branch == null) {
            return;
        }
        if (hasFailed) {
            branch.markFailed();
        }
        if (branch.equals(active)) {
            locally(() -> {
                active = null;
                outbox.use(null);
                List<Pending> got = delivery.leaveBranch();
                if (!branch.leave(this, got)) {
                    delivery.deliverAgain(got);
                }
            });
        }
    }

    /** While nothing is delivered. */
    private void locally(SessionGate.Action action) throws XAException {
        try {
            delivery.exclusively(action);
        } catch (JMSException e) {
            throw JmsExceptions.xa(XAException.XAER_RMFAIL, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Promises to commit. Waits for room on the groups as long as {@code jms.sendTimeout} says.
     *
     * @throws XAException {@code XA_RBROLLBACK} if there is no room for all, or messages were lost under the loss policy
     *     rollback: the branch is rolled back, at the broker, too
     */
    @Override
    public int prepare(Xid xid) throws XAException {
        Branch branch = find(xid);
        if (branch == null) {
            return broker.xa(at -> at.prepare(xid));
        }
        reserve(branch);
        int vote;
        try {
            vote = broker.xa(at -> at.prepare(xid));
        } catch (XAException e) {
            if (isRolledBack(e)) {
                rolledBack(branch);
            } else {
                branch.release();
            }
            throw e;
        }
        if (vote == XA_RDONLY && branch.isEmpty()) {
            committed(branch);
            return XA_RDONLY;
        }
        if (vote == XA_RDONLY) {
            branch.goOnWithoutBroker();
        }
        return XA_OK;
    }

    /** Room for all of it, or it is rolled back. */
    private void reserve(Branch branch) throws XAException {
        try {
            branch.prepare();
        } catch (JMSException e) {
            quietly(at -> at.rollback(branch.xid()));
            rolledBack(branch);
            throw JmsExceptions.xa(XAException.XA_RBROLLBACK, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Commits at the broker, then publishes. A prepared branch that this JVM knows may have been begun by any session; of
     * one that it does not know only the broker's part is committed.
     */
    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        Branch branch = find(xid);
        if (branch == null) {
            commitAtBroker(xid, onePhase);
            return;
        }
        boolean wasPrepared = branch.isPrepared();
        if (!wasPrepared) {
            reserve(branch);
        }
        try {
            if (branch.isAtBroker()) {
                commitAtBroker(xid, onePhase);
            }
        } catch (XAException e) {
            settle(branch, e, wasPrepared);
            throw e;
        }
        committed(branch);
    }

    private void commitAtBroker(Xid xid, boolean onePhase) throws XAException {
        broker.xa(at -> {
            at.commit(xid, onePhase);
            return at;
        });
    }

    /**
     * The broker did not say that it has committed. What was prepared keeps its room for another attempt, unless the
     * broker says how it ended; it is not known there any more once an earlier attempt, of which nobody heard, has
     * committed it.
     */
    private void settle(Branch branch, XAException refusal, boolean wasPrepared) {
        int code = refusal.errorCode;
        if (code == XAException.XA_HEURCOM || wasPrepared && code == XAException.XAER_NOTA) {
            committed(branch);
        } else if (isRolledBack(refusal) || isHeuristic(code) || !wasPrepared && !isMisuse(refusal)) {
            rolledBack(branch);
        } else if (!wasPrepared) {
            branch.release();
        }
    }

    /** Undoes all of it; queues and groups deliver again. */
    @Override
    public void rollback(Xid xid) throws XAException {
        Branch branch = find(xid);
        try {
            if (branch == null || branch.isAtBroker()) {
                broker.xa(at -> {
                    at.rollback(xid);
                    return at;
                });
            }
        } catch (XAException e) {
            if (branch != null && branch.isPrepared() && e.errorCode == XAException.XA_HEURCOM) {
                committed(branch);
            } else if (branch != null && !isMisuse(e)) {
                rolledBack(branch);
            }
            throw e;
        }
        if (branch != null) {
            rolledBack(branch);
        }
    }

    private void committed(Branch branch) {
        branches.remove(branch);
        branch.commit();
    }

    private void rolledBack(Branch branch) {
        branches.remove(branch);
        branch.rollback();
    }

    /** What this session got in a branch that was rolled back comes again. */
    void deliverAgain(List<Pending> delivered) {
        try {
            delivery.exclusively(() -> delivery.deliverAgain(delivered));
        } catch (JMSException closed) {
            delivery.deliverAgain(delivered);
        }
    }

    /** The broker says that nothing of it was done, or will be. */
    private static boolean isRolledBack(XAException e) {
        int code = e.errorCode;
        return code >= XAException.XA_RBBASE && code <= XAException.XA_RBEND
                || code == XAException.XAER_NOTA
                || code == XAException.XAER_RMERR;
    }

    private static boolean isHeuristic(int code) {
        return code == XAException.XA_HEURRB || code == XAException.XA_HEURMIX || code == XAException.XA_HEURHAZ;
    }

    /** The call was wrong, and has changed nothing. */
    private static boolean isMisuse(XAException e) {
        return e.errorCode == XAException.XAER_PROTO || e.errorCode == XAException.XAER_INVAL;
    }

    /** The branches that the broker keeps for a decision, those of an earlier JVM, too. */
    @Override
    public Xid[] recover(int flag) throws XAException {
        return broker.xa(at -> at.recover(flag));
    }

    @Override
    public void forget(Xid xid) throws XAException {
        broker.xa(at -> {
            at.forget(xid);
            return at;
        });
    }

    /**
     * Whether both are this provider's, in one JVM, with the same broker: then a branch of one can be joined by the other,
     * and either can end it. The broker's own resources are others, as they know nothing of groups.
     */
    @Override
    public boolean isSameRM(XAResource other) throws XAException {
        if (!(other instanceof PgmXaResource ours) || !ours.branches.equals(branches)) {
            return false;
        }
        XAResource its = ours.theirs();
        return ours.equals(this) || broker.xa(at -> at.isSameRM(its));
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return broker.xa(XAResource::getTransactionTimeout);
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return broker.xa(at -> at.setTransactionTimeout(seconds));
    }

    /** The session closes: what it takes part in and nobody has prepared is rolled back. */
    void close() {
        Branch current = active;
        active = null;
        for (Branch branch : branches.unpreparedOf(this)) {
            if (branch.equals(current)) {
                quietly(at -> at.end(branch.xid(), TMFAIL));
            }
            quietly(at -> at.rollback(branch.xid()));
            rolledBack(branch);
        }
    }

    /** What is done at the broker where nobody can hear of its failure. */
    @FunctionalInterface
    private interface QuietCall {
        void on(XAResource theirs) throws XAException;
    }

    private void quietly(QuietCall call) {
        try {
            broker.xa(at -> {
                call.on(at);
                return at;
            });
        } catch (XAException e) {
            LOG.debug("The companion broker did not end a branch, error code {}", e.errorCode, e);
        }
    }
}
