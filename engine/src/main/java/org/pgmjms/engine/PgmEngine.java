package org.pgmjms.engine;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.EngineOptions;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.PgmException.Code;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.api.SourceEvents;
import org.pgmjms.engine.api.Subscription;
import org.pgmjms.engine.channel.EngineContext;
import org.pgmjms.engine.channel.ExitHook;
import org.pgmjms.engine.channel.ReceiveAgent;
import org.pgmjms.engine.channel.SourceAgent;

/**
 * Publishes and subscribes on channels: PGM (RFC 3208) in UDP. An engine has one thread for all it receives and one for
 * all its sources, each from the first use to the last; until then it holds nothing. Safe for any thread.
 */
public final class PgmEngine implements AutoCloseable {
    private final EngineOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable EngineContext context;
    private @Nullable SourceAgent sources;
    private volatile @Nullable ReceiveAgent receivers;
    private @Nullable ExitHook exitHook;
    private boolean closed;

    /** An engine on the machine's clock, with plain threads. */
    public PgmEngine() {
        this(EngineOptions.defaults());
    }

    /** An engine that opens nothing yet. */
    public PgmEngine(EngineOptions options) {
        this.options = options;
    }

    /**
     * Opens a source. Its sockets are open and its first SPM is sent when this returns. Of a source whose identifier was
     * given, the engine listens to the channel for a minute, as somebody else may send under the same.
     *
     * @param supply what to send; the engine pulls
     * @param events hears how the source fares
     * @throws PgmException when interface, group, port or a setting cannot be used, with what is allowed
     */
    public Publication publish(ChannelConfig channel, SourceConfig source, ApduSupplier supply, SourceEvents events)
            throws PgmException {
        SourceAgent agent;
        ReceiveAgent ears;
        lock.lock();
        try {
            agent = sources();
            ears = channel.loop() && !source.named() ? null : receivers();
        } finally {
            lock.unlock();
        }
        if (ears != null && !channel.loop()) {
            ears.ignore(channel, source.tsi());
        }
        Publication publication = agent.publish(channel, source, supply, events);
        if (ears != null && source.named()) {
            ears.overhear(channel);
        }
        return publication;
    }

    /**
     * Adds a handler to a channel. The group is joined when this returns, and the first subscription of a channel has asked
     * sources to announce themselves. Subscriptions that want the same share what is known of each source; a late joiner
     * starts on its own.
     *
     * @throws PgmException when interface, group, port or a setting cannot be used, with what is allowed
     */
    public Subscription subscribe(ChannelConfig channel, ReceiverConfig receiver, ReceiverHandler handler)
            throws PgmException {
        ReceiveAgent agent;
        lock.lock();
        try {
            agent = receivers();
        } finally {
            lock.unlock();
        }
        return agent.subscribe(channel, receiver, handler);
    }

    /**
     * Receives on the calling thread for a while, instead of on the engine's own: for a thread that has to wait for what is
     * received anyway, and saves a wake-up for each packet that way. It calls all handlers meanwhile, runs all timers and
     * tasks, and is the thread on which {@link Subscription#close} and others take effect at once. When it stays away
     * afterwards, the engine's thread goes on after a millisecond or two.
     *
     * <p>Nothing is received while it comes and goes, so that only what handlers give to this thread should be received
     * this way: others would wait for it. Not to be called by a handler.
     *
     * @param enough asked often, by this thread, and not in between: whoever makes it true calls {@link #lookAgain},
     *     unless it is a handler
     * @param longestNs how long at most, in nanoseconds; {@link Long#MAX_VALUE} for any time
     * @return false, at once, when the engine's thread is busy with it: as soon as that lets go the caller is unparked
     *     and may try again. False for good when nothing is subscribed to.
     */
    public boolean receiveHere(BooleanSupplier enough, long longestNs) {
        ReceiveAgent agent = receivers;
        return agent != null && agent.visit(enough, longestNs);
    }

    /** Has the thread that is in {@link #receiveHere}, if there is one, ask whether there is enough. Never blocks. */
    public void lookAgain() {
        ReceiveAgent agent = receivers;
        if (agent != null) {
            agent.wakeVisitor();
        }
    }

    private SourceAgent sources() throws PgmException {
        SourceAgent agent = sources;
        if (agent == null) {
            EngineContext shared = context();
            agent = new SourceAgent(shared, shared.name());
            sources = agent;
            exitHook = new ExitHook("pgmjms-exit-" + shared.name(), agent::close);
        }
        return agent;
    }

    private ReceiveAgent receivers() throws PgmException {
        ReceiveAgent agent = receivers;
        if (agent == null) {
            EngineContext shared = context();
            agent = new ReceiveAgent(shared, shared.name());
            receivers = agent;
        }
        return agent;
    }

    private EngineContext context() throws PgmException {
        if (closed) {
            throw new PgmException(Code.CLOSED, "the engine is closed");
        }
        EngineContext shared = context;
        if (shared == null) {
            shared = EngineContext.of(options);
            context = shared;
        }
        return shared;
    }

    /**
     * Closes what is open, in a quarter of a second: sources end their sessions without lingering, subscriptions end. For
     * a graceful end close publications first. Again does nothing.
     */
    @Override
    public void close() {
        SourceAgent openSources;
        ReceiveAgent openReceivers;
        EngineContext openContext;
        ExitHook hook;
        lock.lock();
        try {
            closed = true;
            openSources = sources;
            openReceivers = receivers;
            openContext = context;
            hook = exitHook;
            exitHook = null;
        } finally {
            lock.unlock();
        }
        if (openSources != null) {
            openSources.close();
        }
        if (openReceivers != null) {
            openReceivers.close();
        }
        if (openContext != null) {
            openContext.close();
        }
        if (hook != null) {
            hook.remove();
        }
    }
}
