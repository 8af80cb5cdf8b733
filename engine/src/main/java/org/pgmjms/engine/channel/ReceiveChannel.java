package org.pgmjms.engine.channel;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.Limit;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.ReceiverStats;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.net.DatagramPort;
import org.pgmjms.engine.net.LocalInterface;
import org.pgmjms.engine.net.PortPoller;
import org.pgmjms.engine.net.ReceiveBatch;
import org.pgmjms.engine.protocol.PacketProtection;
import org.pgmjms.engine.protocol.Receiver;
import org.pgmjms.engine.protocol.ReceiverContext;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiving side of a channel: its group socket, the socket its requests leave from, and its receivers, which all see
 * the same packets. Opened by any thread, then owned by the receive agent.
 */
final class ReceiveChannel {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiveChannel.class);
    private static final int MAX_ROUNDS = 4;
    private static final long LOOK_NS = 1_000_000_000L;

    private final EngineContext context;
    private final ChannelKey key;
    private final ChannelConfig config;
    private final LocalInterface on;
    private final DatagramPort group;
    private final DatagramPort own;
    private final DatagramPort oneHop;
    private final PortSink sink;
    private final long joinedNs;

    private final List<ChannelReceiver> receivers = new ArrayList<>();
    private final List<Tsi> ignored = new ArrayList<>();
    private final Counters<ReceiverCounter> counters = new Counters<>(ReceiverCounter.class);
    private final Rejects rejects = new Rejects();
    private final Senders senders = new Senders();
    private final PacketView view = new PacketView();
    private final SimulatedLoss loss;
    private final LimitWatch<ReceiverCounter> limits;

    private boolean isRegistered;
    private int users;
    private long lookedNs;
    private int handled;

    private ReceiveChannel(EngineContext context, ChannelConfig config, LocalInterface on, DatagramPort... ports) {
        this.context = context;
        this.key = ChannelKey.of(config, on);
        this.config = config;
        this.on = on;
        this.group = ports[0];
        this.own = ports[1];
        this.oneHop = ports[2];
        this.sink = new PortSink(
                own,
                oneHop,
                new InetSocketAddress(config.group(), config.udpPort()),
                ControlGroup.like(config.group(), config.udpPort()),
                new Targets(on.device()));
        this.loss = new SimulatedLoss(config.simulatedLossPercent(), config.simulatedLossSeed());
        this.joinedNs = context.nowNs();
        this.lookedNs = joinedNs;
        this.limits = new LimitWatch<>(context.limits(), counters, Limit::receiverCounter, BeanNames.shown(config));
    }

    /** Opens the sockets and joins the group. */
    static ReceiveChannel open(EngineContext context, ChannelConfig config, LocalInterface on) throws PgmException {
        List<DatagramPort> opened = new ArrayList<>();
        try {
            DatagramPort group = context.ports().group(config.group(), config.udpPort(), config.receiveBufferBytes());
            opened.add(group);
            group.join(config.group(), on.device());
            DatagramPort own = context.ports().unicast(on, 0, config.ttl());
            opened.add(own);
            DatagramPort oneHop = own;
            if (config.ttl() > 1) {
                oneHop = context.ports().unicast(on, 0, 1);
                opened.add(oneHop);
            }
            ChannelChecks.checkBuffer(config, group.info());
            if (config.simulatedLossPercent() > 0) {
                LOG.warn(
                        "drops {} % of what {} receives on purpose: pgm.simulatedLoss, seed {}",
                        config.simulatedLossPercent(), group.info().local(), config.simulatedLossSeed());
            }
            return new ReceiveChannel(context, config, on, group, own, oneHop);
        } catch (PgmException e) {
            opened.forEach(DatagramPort::close);
            throw e;
        }
    }

    ChannelKey key() {
        return key;
    }

    ChannelConfig config() {
        return config;
    }

    EngineContext context() {
        return context;
    }

    /** Counts users; the last one closes. Guarded by the agent's lock for opening. */
    void retain() {
        users++;
    }

    /** Whether that was the last user. */
    boolean release() {
        users--;
        return users == 0;
    }

    /** Adds a subscription to the receiver that suits it, or to a new one. */
    void add(ChannelSubscription subscription, ReceiverConfig wanted, PortPoller poller, ReceiveBatch batch) {
        for (ChannelReceiver receiver : receivers) {
            if (receiver.suits(wanted)) {
                receiver.add(subscription);
                return;
            }
        }
        Counters<ReceiverCounter> counts = new Counters<>(ReceiverCounter.class);
        ReceiverContext where = new ReceiverContext(
                wanted,
                config.destinationPort(),
                Nla.of(config.group().getAddress()),
                config.udpPort(),
                Nla.of(on.address().getAddress()),
                config.tpduBytes() - ChannelChecks.headerBytes(config.group()),
                group.info().receiveBufferBytes());
        Receiver receiver = new Receiver(
                where,
                sink,
                context.memory(),
                PacketProtection.NONE,
                new SplittableRandom(),
                counts,
                isRegistered ? context.nowNs() : joinedNs);
        ignored.forEach(tsi -> receiver.ignore(tsi.value()));
        receiver.watch(new SessionFlights(BeanNames.shown(config)));
        ChannelReceiver added = new ChannelReceiver(this, wanted, receiver, counts, subscription.agent());
        added.add(subscription);
        receivers.add(added);
        receiver.discover(context.nowNs());
        sink.flush();
        listen(poller, batch);
    }

    /** Receives from now on, for those receivers that there are. */
    void listen(PortPoller poller, ReceiveBatch batch) {
        if (!isRegistered) {
            isRegistered = true;
            poller.add(group, () -> receive(group, batch));
            poller.add(own, () -> receive(own, batch));
        }
    }

    /** Removes a subscription, and its receiver with the last one. */
    void remove(ChannelSubscription subscription) {
        ChannelReceiver receiver = subscription.receiver();
        if (receiver != null) {
            receiver.remove(subscription);
            if (receiver.subscriptions().isEmpty() && receivers.remove(receiver)) {
                receiver.close(context.nowNs());
                sink.flush();
            }
        }
    }

    /** Takes no notice of a session that this engine sends itself. */
    void ignore(Tsi tsi) {
        ignored.add(tsi);
        for (ChannelReceiver receiver : receivers) {
            receiver.receiver().ignore(tsi.value());
        }
    }

    List<ChannelReceiver> receivers() {
        return receivers;
    }

    private void receive(DatagramPort port, ReceiveBatch batch) {
        int rounds = 0;
        do {
            port.receive(batch);
            handled += batch.size();
            long nowNs = context.nowNs();
            for (int index = 0; index < batch.size(); index++) {
                onDatagram(batch, index, nowNs);
            }
            for (int index = 0; index < receivers.size(); index++) {
                receivers.get(index).receiver().onBatchEnd(nowNs);
            }
            rounds++;
        } while (batch.size() >= batch.capacity() && rounds < MAX_ROUNDS);
        sink.flush();
    }

    /** The longest nap that it allows. */
    long napNs() {
        return config.napNs();
    }

    /** How long the agent is to look for the next packet without sleeping. */
    long spinNs() {
        return config.spinNs();
    }

    /** How many packets were received since the last call. */
    int takeHandled() {
        int count = handled;
        handled = 0;
        return count;
    }

    private void onDatagram(ReceiveBatch batch, int at, long nowNs) {
        InetSocketAddress sender = batch.sender(at);
        counters.add(ReceiverCounter.TOTAL_BYTES, batch.length(at));
        DecodeResult verdict = view.wrap(batch.buffer(), batch.offset(at), batch.length(at));
        if (verdict != DecodeResult.OK) {
            rejects.add(verdict, sender, nowNs);
            return;
        }
        if (loss.drops(view.type())) {
            counters.increment(ReceiverCounter.SIMULATED_LOSS);
            return;
        }
        Nla from = senders.address(sender);
        if (context.own().isClash(key, view, from, sender.getPort(), nowNs)) {
            counters.increment(ReceiverCounter.TSI_CLASHES);
            return;
        }
        for (int index = 0; index < receivers.size(); index++) {
            receivers.get(index).receiver().onPacket(nowNs, view, from, sender.getPort());
        }
    }

    /** Runs the timers that are due. */
    void work(long nowNs) {
        for (int index = 0; index < receivers.size(); index++) {
            ChannelReceiver receiver = receivers.get(index);
            long dueNs = receiver.receiver().nextDeadlineNs();
            if (dueNs != AgentThread.NEVER && nowNs - dueNs >= 0) {
                receiver.receiver().onTimeout(nowNs);
            }
            receiver.publishStats(nowNs);
        }
        if (nowNs - lookedNs >= LOOK_NS) {
            lookedNs = nowNs;
            counters.set(
                    ReceiverCounter.SOCKET_ERRORS,
                    group.info().transientErrors() + own.info().transientErrors());
            limits.check(nowNs);
        }
        sink.flush();
    }

    long nextDeadlineNs() {
        long nextNs = AgentThread.NEVER;
        for (int index = 0; index < receivers.size(); index++) {
            nextNs = AgentThread.earlier(nextNs, receivers.get(index).receiver().nextDeadlineNs());
        }
        return nextNs;
    }

    /** What the channel itself counts, for all of its receivers. */
    Counters<ReceiverCounter> counters() {
        return counters;
    }

    Map<String, Long> rejects() {
        return rejects.snapshot();
    }

    ReceiverStats emptyStats() {
        return new ReceiverStats(0, 0, Map.of(), rejects());
    }

    /** Closes all sockets. */
    void close(PortPoller poller) {
        poller.remove(group);
        poller.remove(own);
        group.close();
        own.close();
        oneHop.close();
    }
}
