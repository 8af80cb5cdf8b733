package org.pgmjms.engine.channel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.Limit;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.ReceiverStats;
import org.pgmjms.engine.jmx.Registration;
import org.pgmjms.engine.protocol.Receiver;

/**
 * A receiver and the subscriptions that share it: all that want the same, except late joiners, which have one each. Owned
 * by the receive agent; {@link #stats} is for any thread.
 */
final class ChannelReceiver {
    private final ReceiveChannel channel;
    private final ReceiverConfig config;
    private final Receiver receiver;
    private final Counters<ReceiverCounter> counters;
    private final List<ChannelSubscription> subscriptions = new ArrayList<>();
    private final LimitWatch<ReceiverCounter> limits;
    private final Registration bean;
    private volatile int peers;
    private volatile int halfOpen;

    ChannelReceiver(
            ReceiveChannel channel,
            ReceiverConfig config,
            Receiver receiver,
            Counters<ReceiverCounter> counters,
            ReceiveAgent agent) {
        this.channel = channel;
        this.config = config;
        this.receiver = receiver;
        this.counters = counters;
        EngineContext context = channel.context();
        this.limits =
                new LimitWatch<>(context.limits(), counters, Limit::receiverCounter, BeanNames.shown(channel.config()));
        this.bean = new Registration(
                new ReceiverBean(context, agent, channel.config(), this),
                BeanNames.of("Receiver", context.name(), channel.config()));
    }

    Receiver receiver() {
        return receiver;
    }

    List<ChannelSubscription> subscriptions() {
        return subscriptions;
    }

    /** Whether a subscription that wants this can join in. */
    boolean suits(ReceiverConfig wanted) {
        return !wanted.lateJoin() && config.equals(wanted);
    }

    void add(ChannelSubscription subscription) {
        subscriptions.add(subscription);
        receiver.add(subscription.handler());
        subscription.attach(this);
    }

    void remove(ChannelSubscription subscription) {
        if (subscriptions.remove(subscription)) {
            receiver.remove(subscription.handler());
        }
    }

    /** Shows it to management tools, if it is not yet; any thread. */
    void show() {
        if (channel.config().jmx()) {
            channel.context().show();
            bean.register();
        }
    }

    /** Ends all sessions. */
    void close(long nowNs) {
        bean.close();
        receiver.close(nowNs);
        limits.check(nowNs);
    }

    /** Takes over the numbers that other threads may read, and looks after the limits. */
    void publishStats(long nowNs) {
        limits.check(nowNs);
        if (peers != receiver.peers()) {
            peers = receiver.peers();
        }
        if (halfOpen != receiver.halfOpen()) {
            halfOpen = receiver.halfOpen();
        }
    }

    ReceiverStats stats() {
        Map<ReceiverCounter, Long> values = new EnumMap<>(ReceiverCounter.class);
        for (ReceiverCounter counter : ReceiverCounter.values()) {
            values.put(counter, counters.get(counter) + channel.counters().get(counter));
        }
        return new ReceiverStats(peers, halfOpen, values, channel.rejects());
    }
}
