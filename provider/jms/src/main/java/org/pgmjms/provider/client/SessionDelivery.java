package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmQueue;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.link.Intake;
import org.pgmjms.provider.link.JmsLimit;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.Acknowledger;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.PgmMessage;
import org.pgmjms.provider.message.PgmObjectMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiving half of a session: delivers to listeners and receives, remembers what is not acknowledged, and delivers
 * it again. Jakarta Messaging 3.1, sections 6.2.10, 6.2.13, 8.5 and 8.7.
 */
final class SessionDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(SessionDelivery.class);
    /** How long a receive waits at a broker before it looks whether it still may. */
    private static final long SLICE_NS = 20_000_000;

    private final PgmConnection connection;
    private final AckMode mode;
    private final String name;
    private final SessionGate gate = new SessionGate();
    private final AckLedger ledger;
    private final Signal signal = new Signal();
    private final ListenerRounds rounds = new ListenerRounds(this);
    private final Acknowledger acknowledger;
    private final List<PgmMessageConsumer> consumers = new CopyOnWriteArrayList<>();
    /** Makes sure that no dispatcher is started once the session is closed. */
    private final ReentrantLock lifecycle = new ReentrantLock();

    private volatile @Nullable Dispatcher dispatcher;
    private volatile boolean closed;
    /** Whether what is delivered stays unacknowledged until the application ends that. */
    private volatile boolean kept;
    /** Whether a full ledger was told of since it was last emptied. */
    private volatile boolean fullReported;

    private volatile boolean failingReported;
    /** A guess to others, so that it need not be seen at once. */
    private final AtomicBoolean inListener = new AtomicBoolean();
    /** Whether there was ever a consumer that has to pass its turns on. */
    private volatile boolean takesTurns;

    private final Look<Received> receiving = this::tryReceive;
    private final Look<Pending> handingOn = this::tryHandOn;

    private final Intakes intakes = new Intakes();
    /** Whether there was ever a consumer of something that others may take from, too. */
    private volatile boolean sharesIntake;

    SessionDelivery(PgmConnection connection, AckMode mode, String name, Acknowledger acknowledger) {
        ConnectionSettings settings = connection.settings();
        this.connection = connection;
        this.mode = mode;
        this.kept = mode.isKept();
        this.acknowledger = acknowledger;
        this.name = name;
        this.ledger = new AckLedger(settings.maxUnacknowledged(), settings.maxUnacknowledgedBytes());
    }

    SessionGate gate() {
        return gate;
    }

    void add(PgmMessageConsumer consumer) {
        consumers.add(consumer);
        if (consumer.subscription() instanceof SharedSubscription) {
            takesTurns = true;
        }
        if (!(consumer.subscription() instanceof TopicSubscription)) {
            sharesIntake = true;
        }
    }

    /** Where its consumers take from. */
    Intakes intakes() {
        return intakes;
    }

    /** The transport that all of its consumers take from and nobody else does, or null. */
    @Nullable Intake intake() {
        Intake only = sharesIntake ? null : intakes.only();
        return only != null && only.isOnlyFor(this) ? only : null;
    }

    /** Takes a consumer out, and waits until nothing is delivered to it any more. */
    void remove(PgmMessageConsumer consumer) {
        consumers.remove(consumer);
        wake();
        gate.awaitIdle(consumer);
    }

    /** There may be something to deliver, or what kept it from being delivered has ended. Never blocks. */
    void wake() {
        rounds.announceAll();
        wakeThreads();
    }

    /** There may be something to deliver to a consumer. Never blocks. */
    void wake(PgmMessageConsumer consumer) {
        if (dispatcher != null) {
            rounds.announce(consumer);
        }
        wakeThreads();
    }

    private void wakeThreads() {
        signal.announce();
        Dispatcher running = dispatcher;
        if (running != null) {
            running.wake();
        }
    }

    /** Deliveries may begin. */
    void start() {
        gate.start();
        wake();
    }

    /** No delivery begins from here on; does not wait for one that runs. */
    void stop() {
        gate.stop();
        passTurns();
    }

    /** Whether a listener could be called now. A guess; {@link #passTurns} tells when it ends being right. */
    boolean isReady() {
        return gate.isOpen() && !inListener.get() && !(kept && ledger.isFull());
    }

    private void passTurns() {
        if (takesTurns) {
            consumers.forEach(consumer -> consumer.subscription().passTurn());
        }
    }

    /** A listener is about to be set, which excludes synchronous receives. Section 6.2.5. */
    void beforeListenerChange(@Nullable MessageListener listener) throws JMSException {
        if (listener != null && gate.isReceiving()) {
            throw JmsExceptions.illegalState("A thread is receiving in this session: it cannot have a listener, too");
        }
    }

    /** A listener was set; the first one starts the dispatcher. */
    void afterListenerChange(@Nullable MessageListener listener) {
        lifecycle.lock();
        try {
            if (listener != null && dispatcher == null && !closed) {
                dispatcher = connection.runtime().workers().dispatcher(name, rounds);
            }
        } finally {
            lifecycle.unlock();
        }
        wake();
        passTurns();
    }

    /** Waits for a message as long as {@code wait} says; null when there was none or the consumer was closed. */
    @Nullable Received receive(PgmMessageConsumer consumer, ReceiveWait wait) throws JMSException {
        refuseBesideListener();
        return await(consumer, wait, receiving);
    }

    /**
     * Waits for a message that another session delivers, or this one later, and tells of gaps as before a listener; null
     * when the consumer was closed.
     */
    @Nullable Pending awaitToHandOn(PgmMessageConsumer consumer) throws JMSException {
        return await(consumer, ReceiveWait.forever(), handingOn);
    }

    /** The same at once; null when there is none, or nothing may be delivered. */
    @Nullable Pending takeToHandOn(PgmMessageConsumer consumer) throws JMSException {
        return tryHandOn(consumer, 0);
    }

    /** One look for a message, with so much patience where nobody wakes the session for what comes. */
    @FunctionalInterface
    private interface Look<T> {
        @Nullable T at(PgmMessageConsumer consumer, long patienceNs) throws JMSException;
    }

    private void refuseBesideListener() throws JMSException {
        for (PgmMessageConsumer each : consumers) {
            if (each.isListening()) {
                throw JmsExceptions.illegalState("The session has a message listener: it cannot receive, too");
            }
        }
    }

    private <T> @Nullable T await(PgmMessageConsumer consumer, ReceiveWait wait, Look<T> look) throws JMSException {
        gate.beginReceive(consumer);
        try {
            return awaitIn(consumer, wait, look);
        } finally {
            signal.done();
            gate.endReceive();
        }
    }

    private <T> @Nullable T awaitIn(PgmMessageConsumer consumer, ReceiveWait wait, Look<T> look) throws JMSException {
        ClientClock clock = connection.runtime().clock();
        T atOnce = look.at(consumer, 0);
        if (atOnce != null) {
            return atOnce;
        }
        boolean isStored = consumer.subscription().isStored();
        while (true) {
            signal.prepare();
            if (consumer.isClosed() || gate.isClosing()) {
                return null;
            }
            boolean waitsThere = isStored && gate.isOpen();
            T received = look.at(consumer, waitsThere ? Math.min(SLICE_NS, wait.leftNs(clock.nowNs())) : 0);
            if (received != null) {
                return received;
            }
            checkAlive(consumer);
            long nowNs = clock.nowNs();
            if (wait.isOver(nowNs)) {
                return null;
            }
            if (Thread.interrupted()) {
                throw JmsExceptions.interrupted("receive() was interrupted", new InterruptedException());
            }
            if (!waitsThere) {
                signal.awaitAtMost(clock, nowNs, Math.min(wait.leftNs(nowNs), untilNext(consumer)));
            }
        }
    }

    /** Until a listener's delayed message may be due. */
    long waitNs(PgmMessageConsumer consumer) {
        boolean isNever = !consumer.isListening() || kept && ledger.isFull();
        return isNever ? Subscription.NEVER : untilNext(consumer);
    }

    /** Until a delayed message may be due; while nothing may be delivered, that does not count. */
    private long untilNext(PgmMessageConsumer consumer) {
        return gate.isOpen() ? consumer.subscription().waitNs() : Subscription.NEVER;
    }

    private @Nullable Received tryReceive(PgmMessageConsumer consumer, long patienceNs) throws JMSException {
        if (!gate.enter(consumer)) {
            return null;
        }
        try {
            beforeTake(consumer, patienceNs);
            Pending pending = consumer.takeToReceive();
            if (pending == null) {
                return null;
            }
            PgmMessage message = present(pending);
            if (kept) {
                ledger.add(pending);
            }
            return new Received(pending, message);
        } finally {
            gate.leave();
        }
    }

    private @Nullable Pending tryHandOn(PgmMessageConsumer consumer, long patienceNs) throws JMSException {
        if (!gate.enter(consumer)) {
            return null;
        }
        try {
            beforeTake(consumer, patienceNs);
            return consumer.takeForListener();
        } finally {
            gate.leave();
        }
    }

    private void beforeTake(PgmMessageConsumer consumer, long patienceNs) throws JMSException {
        if (kept && ledger.isFull()) {
            onFull(consumer);
            throw full();
        }
        if (patienceNs > 0) {
            consumer.subscription().awaitArrival(patienceNs);
        }
    }

    /** A message was received. Section 6.2.10: in the automatic modes that acknowledges it. */
    void onReceived(Pending pending) {
        if (!kept) {
            pending.consumer().subscription().acknowledged(pending);
        }
    }

    /** A body could not be had as asked for. Section 8.6: in the automatic modes, as if the call had not been. */
    void onBodyRefused(Pending pending) {
        if (!kept) {
            pending.onDeliveryUndone();
            pending.consumer().subscription().putBackUnseen(pending);
        }
    }

    private void checkAlive(PgmMessageConsumer consumer) throws JMSException {
        Subscription subscription = consumer.subscription();
        Exception failure = subscription.failure();
        if (failure != null && subscription.isStored()) {
            throw JmsExceptions.brokerFailed("Nothing more comes from " + consumer.destination(), failure);
        }
        if (failure != null) {
            throw JmsExceptions.channelFailed("The transport of " + consumer.destination() + " failed", failure);
        }
        if (subscription.isCutOff()) {
            drop(consumer);
            throw JmsExceptions.resource(
                    "The consumer was slower than its messages came, and " + JmsSetting.OVERRUN_POLICY.settingName()
                            + "=disconnect closed it",
                    null);
        }
    }

    /** Ends a consumer for which nothing more can come, by who delivers to it. */
    void drop(PgmMessageConsumer consumer) {
        consumer.closeWithSession();
        consumers.remove(consumer);
    }

    /** What can be delivered. */
    List<PgmMessageConsumer> consumers() {
        return consumers;
    }

    /** Calls a consumer's listener with what is there for it, as long as nobody else waits; whether there was anything. */
    boolean deliverTo(PgmMessageConsumer consumer, int most) {
        if (!consumer.isListening() || !gate.enter(consumer)) {
            return false;
        }
        int delivered = 0;
        try {
            while (deliverNext(consumer)) {
                delivered++;
                if (delivered == most || !gate.mayGoOn() || !rounds.isNobodyAnnounced()) {
                    return true;
                }
            }
        } finally {
            gate.leave();
        }
        if (delivered == 0 && consumer.subscription().isCutOff()) {
            drop(consumer);
        }
        return delivered > 0;
    }

    private boolean deliverNext(PgmMessageConsumer consumer) {
        MessageListener listener = consumer.activeListener();
        if (listener == null || kept && isFullNow(consumer)) {
            return false;
        }
        Pending pending = consumer.takeForListener();
        if (pending == null) {
            return false;
        }
        deliver(pending, listener);
        return true;
    }

    private void deliver(Pending pending, MessageListener listener) {
        if (kept) {
            ledger.add(pending);
            call(listener, pending);
            return;
        }
        ledger.begin(pending);
        boolean failed = !call(listener, pending);
        if (!ledger.end(pending)) {
            return;
        }
        if (failed && !isExhausted(pending)) {
            pending.consumer().subscription().putBack(pending);
            return;
        }
        if (failed) {
            pending.consumer().tellGivenUp(exhausted(pending));
            pending.consumer().addGap(1);
        }
        pending.consumer().subscription().acknowledged(pending);
    }

    /** Whether the listener returned. */
    private boolean call(MessageListener listener, Pending pending) {
        inListener.setRelease(true);
        passTurns();
        try {
            listener.onMessage(present(pending));
            return true;
        } catch (RuntimeException | Error e) {
            onListenerFailed(e);
            return false;
        } finally {
            inListener.setRelease(false);
        }
    }

    private void onListenerFailed(Throwable cause) {
        if (!failingReported) {
            failingReported = true;
            LOG.warn("A message listener of {} threw an exception; the next ones are not logged", name, cause);
        }
    }

    private LossReport exhausted(Pending pending) {
        connection.onHit(JmsLimit.REDELIVERY, pending.consumer().destination());
        return pending.message().asLost(pending.consumer().destination(), 1, LossCause.REDELIVERY_EXHAUSTED);
    }

    /** The message as the application sees it, fresh for each delivery. */
    private PgmMessage present(Pending pending) {
        pending.onDelivery();
        PgmMessage message = decode(
                pending.message(),
                pending.deliveries(),
                pending.gapBefore(),
                pending.consumer().destination());
        message.acknowledger(acknowledger);
        return message;
    }

    /** A fresh message, with destinations as this connection calls them. */
    PgmMessage decode(InboundMessage encoded, int deliveries, long gapBefore, PgmDestination from) {
        PgmMessage message = encoded.decode(deliveries, gapBefore);
        if (encoded.hasReplyTo() && message.getJMSReplyTo() instanceof PgmDestination replyTo) {
            message.setJMSReplyTo(connection.settings().channels().settled(replyTo));
        }
        if (message instanceof PgmObjectMessage object) {
            object.trust(connection.settings().trusted(), () -> connection.onHit(JmsLimit.DESERIALIZATION, from));
        }
        if (from instanceof PgmQueue) {
            message.setJMSDestination(from);
        }
        return message;
    }

    private boolean isFullNow(PgmMessageConsumer consumer) {
        boolean full = ledger.isFull();
        if (full && !fullReported) {
            fullReported = true;
            onFull(consumer);
            connection.notices().onException(full());
        }
        return full;
    }

    private void onFull(PgmMessageConsumer consumer) {
        connection.onHit(JmsLimit.UNACKNOWLEDGED, consumer.destination());
    }

    private JMSException full() {
        String wayOut = mode.isTransacted() ? "commit or roll back" : "acknowledge or recover";
        return JmsExceptions.resource(
                "Too many messages are unacknowledged (" + JmsSetting.MAX_UNACKNOWLEDGED.settingName() + ", "
                        + JmsSetting.MAX_UNACKNOWLEDGED_BYTES.settingName() + "): " + wayOut + " first",
                null);
    }

    /** Everything that was delivered is done with. */
    void acknowledgeAll() {
        acknowledge(ledger.takeAll());
        fullReported = false;
        wake();
    }

    /** These were delivered, and will not be again. */
    static void acknowledge(List<Pending> delivered) {
        delivered.forEach(pending -> pending.consumer().subscription().acknowledged(pending));
    }

    /** A branch of a global transaction begins, or goes on: what it got before counts again. Runs {@link #exclusively}. */
    void enterBranch(List<Pending> before) {
        before.forEach(ledger::add);
        kept = true;
    }

    /** The branch goes on without this session, which answers what the branch got. Runs {@link #exclusively}. */
    List<Pending> leaveBranch() {
        kept = false;
        List<Pending> delivered = ledger.takeAll();
        fullReported = false;
        wake();
        return delivered;
    }

    /** Runs something that no delivery may overlap. */
    void exclusively(SessionGate.Action action) throws JMSException {
        gate.exclusively(action);
    }

    /**
     * Delivers again, from the first message that is not acknowledged; but for what a transaction of a listener got so
     * often that it is given up. Sections 6.2.7 and 6.2.10.
     */
    void deliverAllAgain() {
        fullReported = false;
        deliverAgain(ledger.takeAll());
    }

    /** The same with what is not in the ledger any more. */
    void deliverAgain(List<Pending> delivered) {
        putBack(mode.isTransacted() ? withoutExhausted(delivered) : delivered);
        wake();
    }

    private List<Pending> withoutExhausted(List<Pending> all) {
        List<Pending> left = new ArrayList<>(all.size());
        Map<PgmMessageConsumer, Long> gaps = new LinkedHashMap<>();
        for (Pending pending : all) {
            PgmMessageConsumer consumer = pending.consumer();
            if (consumer.isListening() && isExhausted(pending)) {
                consumer.tellGivenUp(exhausted(pending));
                consumer.subscription().acknowledged(pending);
                gaps.merge(consumer, 1L, Long::sum);
            } else {
                Long gap = gaps.remove(consumer);
                pending.addGapBefore(gap == null ? 0 : gap);
                left.add(pending);
            }
        }
        gaps.forEach(PgmMessageConsumer::addGap);
        return left;
    }

    private boolean isExhausted(Pending pending) {
        return pending.deliveries() > connection.settings().redeliveryMax()
                && !pending.consumer().subscription().isStored();
    }

    private static void putBack(List<Pending> all) {
        for (int i = all.size() - 1; i >= 0; i--) {
            Pending pending = all.get(i);
            pending.consumer().subscription().putBack(pending);
        }
        all.stream()
                .map(pending -> pending.consumer().subscription())
                .distinct()
                .forEach(Subscription::passTurn);
    }

    /** Whether the caller has to close; others have waited until it was done. */
    boolean beginClose() {
        boolean first = gate.beginClose();
        wake();
        passTurns();
        return first;
    }

    /** Waits for listeners and receives, then ends everything; {@link SessionGate#endClose} remains to be called. */
    void close() {
        gate.awaitQuiet();
        Dispatcher running;
        lifecycle.lock();
        try {
            closed = true;
            running = dispatcher;
        } finally {
            lifecycle.unlock();
        }
        if (running != null) {
            running.close();
        }
        putBack(ledger.takeAll());
        for (PgmMessageConsumer consumer : consumers) {
            consumer.closeWithSession();
        }
        consumers.clear();
    }

    boolean isClosed() {
        return closed;
    }
}
