package org.pgmjms.engine.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.PgmException.Code;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.Subscription;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.net.Interfaces;
import org.pgmjms.engine.net.LocalInterface;
import org.pgmjms.engine.net.PortPoller;
import org.pgmjms.engine.net.ReceiveBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that receives for an engine: it selects over the sockets of all channels until the next deadline, and calls
 * all handlers; a visitor may do that for it. A daemon; it ends with the last subscription. {@link #subscribe},
 * {@link #ignore} and {@link #close} are safe for any thread.
 */
public final class ReceiveAgent implements AgentThread.Duty {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiveAgent.class);
    private static final long JOIN_NS = 1_000_000_000;

    private final EngineContext context;
    private final PortPoller poller;
    private final AgentThread thread;
    private final ReentrantLock opening = new ReentrantLock();
    private final Map<ChannelKey, ReceiveChannel> byKey = new HashMap<>();
    private final Map<ChannelKey, List<Tsi>> ignored = new HashMap<>();

    private final List<ReceiveChannel> channels = new ArrayList<>();
    private final ArrayDeque<Overhearing> overhearings = new ArrayDeque<>();
    private @Nullable ReceiveBatch batch;
    private @Nullable PgmException failure;

    /** A channel that is listened to until then, for {@link OwnSessions}. */
    private record Overhearing(ReceiveChannel channel, long untilNs) {}

    /** An agent whose thread starts with the first subscription. */
    public ReceiveAgent(EngineContext context, String name) throws PgmException {
        this.context = context;
        this.poller = context.ports().poller();
        this.thread = new AgentThread("pgmjms-receive-" + name, true, context.options(), poller, this);
    }

    /** Adds a handler to a channel, whose group is joined when this returns. */
    public Subscription subscribe(ChannelConfig config, ReceiverConfig how, ReceiverHandler handler)
            throws PgmException {
        LocalInterface on = Interfaces.resolve(config.networkInterface(), config.group());
        ReceiveChannel channel = retain(config, on);
        ChannelSubscription subscription = new ChannelSubscription(this, channel, handler);
        try {
            await(() -> add(subscription, how));
        } catch (PgmException e) {
            release(channel);
            throw e;
        }
        ChannelReceiver receiver = subscription.receiver();
        if (receiver != null) {
            receiver.show();
        }
        return subscription;
    }

    private ReceiveChannel retain(ChannelConfig config, LocalInterface on) throws PgmException {
        ChannelKey key = ChannelKey.of(config, on);
        opening.lock();
        try {
            ReceiveChannel channel = byKey.get(key);
            if (channel == null) {
                channel = ReceiveChannel.open(context, config, on);
                ignored.getOrDefault(key, List.of()).forEach(channel::ignore);
                byKey.put(key, channel);
            }
            channel.retain();
            return channel;
        } finally {
            opening.unlock();
        }
    }

    private void release(ReceiveChannel channel) {
        opening.lock();
        try {
            if (channel.release()) {
                byKey.remove(channel.key());
                channel.close(poller);
                channels.remove(channel);
            }
        } finally {
            opening.unlock();
        }
    }

    private void add(ChannelSubscription subscription, ReceiverConfig how) {
        ReceiveBatch packets = enter(subscription.channel());
        subscription.channel().add(subscription, how, poller, packets);
    }

    private ReceiveBatch enter(ReceiveChannel channel) {
        ReceiveBatch packets = batch;
        if (packets == null) {
            packets = context.newBatch();
            batch = packets;
        }
        if (!channels.contains(channel)) {
            channels.add(channel);
        }
        return packets;
    }

    private void leave(ReceiveChannel channel) {
        release(channel);
        ReceiveBatch packets = batch;
        if (channels.isEmpty() && packets != null) {
            packets.close();
            batch = null;
        }
    }

    /** Listens to a channel for a minute, to notice who sends there under the name of an own session. */
    public void overhear(ChannelConfig config) {
        try {
            ReceiveChannel channel = retain(config, Interfaces.resolve(config.networkInterface(), config.group()));
            try {
                await(() -> beginOverhearing(channel));
            } catch (PgmException e) {
                release(channel);
                throw e;
            }
        } catch (PgmException e) {
            LOG.warn("does not notice who else sends under its name: {}", e.getMessage());
        }
    }

    private void beginOverhearing(ReceiveChannel channel) {
        channel.listen(poller, enter(channel));
        overhearings.add(new Overhearing(channel, context.nowNs() + ClashWatch.MEMORY_NS));
    }

    private void endOverhearings(long nowNs) {
        for (Overhearing first = overhearings.peek();
                first != null && nowNs - first.untilNs >= 0;
                first = overhearings.peek()) {
            overhearings.remove();
            leave(first.channel);
        }
    }

    /** Removes a subscription and what only it needed. Agent only. */
    void remove(ChannelSubscription subscription) {
        remove(subscription, null);
    }

    private void remove(ChannelSubscription subscription, @Nullable PgmException cause) {
        if (subscription.isClosed()) {
            return;
        }
        try {
            subscription.channel().remove(subscription);
        } finally {
            leave(subscription.channel());
            subscription.complete(cause);
        }
    }

    /** Takes no notice of a session on a channel; before its first packet leaves. */
    public void ignore(ChannelConfig config, Tsi tsi) throws PgmException {
        ChannelKey key = ChannelKey.of(config, Interfaces.resolve(config.networkInterface(), config.group()));
        ReceiveChannel open;
        opening.lock();
        try {
            ignored.computeIfAbsent(key, any -> new ArrayList<>()).add(tsi);
            open = byKey.get(key);
        } finally {
            opening.unlock();
        }
        if (open != null) {
            await(() -> open.ignore(tsi));
        }
    }

    /** Runs a task on the agent and waits for it; at once when this is the agent. */
    private void await(Runnable task) throws PgmException {
        if (thread.isCurrent()) {
            task.run();
            return;
        }
        CompletableFuture<@Nullable PgmException> done = new CompletableFuture<>();
        try {
            thread.execute(() -> runFor(done, task));
        } catch (RejectedExecutionException e) {
            throw new PgmException(Code.CLOSED, "the engine is closed", e);
        }
        PgmException failed = done.join();
        if (failed != null) {
            throw failed;
        }
    }

    /** What the agent answers between two packets; the other value when it has ended. */
    <T> T ask(Supplier<T> question, T otherwise) {
        AtomicReference<T> answer = new AtomicReference<>(otherwise);
        try {
            await(() -> answer.set(question.get()));
        } catch (PgmException e) {
            LOG.debug("not asked: {}", e.getMessage());
        }
        return answer.get();
    }

    /** Runs a task somebody waits for, who must not wait forever when the task fails. */
    private void runFor(CompletableFuture<@Nullable PgmException> done, Runnable task) {
        try {
            if (failure == null) {
                task.run();
            }
            done.complete(failure);
        } finally {
            done.complete(new PgmException(Code.CLOSED, "the receive agent failed"));
        }
    }

    @Override
    public void work(long nowNs) {
        endOverhearings(nowNs);
        for (int index = 0; index < channels.size(); index++) {
            channels.get(index).work(nowNs);
        }
    }

    @Override
    public long nextDeadlineNs() {
        Overhearing first = overhearings.peek();
        long nextNs = first == null ? AgentThread.NEVER : first.untilNs;
        for (int index = 0; index < channels.size(); index++) {
            nextNs = AgentThread.earlier(nextNs, channels.get(index).nextDeadlineNs());
        }
        return nextNs;
    }

    @Override
    public int takeHandled() {
        int handled = 0;
        for (int index = 0; index < channels.size(); index++) {
            handled += channels.get(index).takeHandled();
        }
        return handled;
    }

    @Override
    public long napNs(int packets) {
        long napNs = channels.isEmpty() ? 0 : Long.MAX_VALUE;
        for (int index = 0; index < channels.size(); index++) {
            napNs = Math.min(napNs, channels.get(index).napNs());
        }
        return Pace.stretch(napNs, packets);
    }

    @Override
    public long spinNs() {
        long spinNs = 0;
        for (int index = 0; index < channels.size(); index++) {
            spinNs = Math.max(spinNs, channels.get(index).spinNs());
        }
        return spinNs;
    }

    @Override
    public boolean isOver() {
        return channels.isEmpty();
    }

    @Override
    public void onFailed(Throwable cause) {
        failure = new PgmException(Code.CLOSED, "the receive agent failed: " + cause, cause);
        for (ChannelSubscription subscription : subscriptions()) {
            try {
                remove(subscription, failure);
            } catch (RuntimeException | AssertionError e) {
                LOG.warn("a receiver that failed did not close: {}", e.toString());
            }
        }
        leaveOverheard();
    }

    private void leaveOverheard() {
        overhearings.forEach(each -> leave(each.channel));
        overhearings.clear();
    }

    private List<ChannelSubscription> subscriptions() {
        List<ChannelSubscription> all = new ArrayList<>();
        for (ReceiveChannel channel : channels) {
            channel.receivers().forEach(receiver -> all.addAll(receiver.subscriptions()));
        }
        return all;
    }

    private void removeAll() {
        subscriptions().forEach(this::remove);
        leaveOverheard();
    }

    void execute(Runnable task) {
        thread.execute(task);
    }

    /** See {@link org.pgmjms.engine.PgmEngine#receiveHere}. Any thread. */
    public boolean visit(BooleanSupplier enough, long longestNs) {
        return thread.visit(enough, longestNs);
    }

    /** A visitor may have enough. Any thread. */
    public void wakeVisitor() {
        thread.wakeVisitor();
    }

    /** Closes all subscriptions and takes no more. */
    public void close() {
        if (thread.isCurrent()) {
            removeAll();
        } else {
            try {
                thread.execute(() -> removeAll());
            } catch (RejectedExecutionException e) {
                LOG.debug("closed before: {}", e.getMessage());
            }
        }
        if (!thread.close(JOIN_NS) && !thread.isCurrent()) {
            LOG.warn("the receive agent did not end in time");
        }
    }
}
