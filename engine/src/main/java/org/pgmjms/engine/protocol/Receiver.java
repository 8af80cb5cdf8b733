package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.window.ApduAssembler;
import org.pgmjms.engine.window.WindowBudget;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.engine.wire.SequenceNumber;

/**
 * The receiving half of a channel: all sessions that are heard there. RFC 3208, section 6. Sans-I/O: packets and the time go
 * in; NAKs, SPMRs, APDUs, losses and the next deadline come out. Owned by one thread, which also calls the handlers.
 */
public final class Receiver implements ProtocolHalf {
    private static final ReceiverHandler[] NOBODY = new ReceiverHandler[0];
    private static final ReceiverPeer[] NONE_TOUCHED = new ReceiverPeer[0];
    private static final long[] NOTHING_IGNORED = new long[0];
    private static final int CLEAR_BYTES = 65_536;
    private static final int RELIEF_FACTOR = 2;

    private final ReceiverContext context;
    private final ReceiverConfig config;
    private final PacketProtection protection;
    private final Counters<ReceiverCounter> counters;
    private final ReceiverParts parts;
    private final long joinedNs;
    private final PeerTable peers = new PeerTable();
    private final Tombstones tombstones;
    private final DeadlineHeap<ReceiverPeer> timers = new DeadlineHeap<>();
    private final PacketGate spmrGate;
    private final PeerHost host = new Host();
    private final Tsdu tsdu = new Tsdu();
    private final @Nullable ByteBuf clear;

    private ReceiverHandler[] handlers = NOBODY;
    private long[] ignored = NOTHING_IGNORED;
    private ReceiverPeer[] touched = NONE_TOUCHED;
    private int touchedCount;
    private @Nullable ReceiverPeer latest;
    private ReceiverWatcher watcher = ReceiverWatcher.NONE;
    private long timeNs;
    private boolean isClosed;

    /**
     * A receiver that has just joined.
     *
     * @param allocator memory for packets that wait
     * @param protection checks packets before they change anything
     * @param joinedNs since when packets of the group come in
     */
    @SuppressWarnings("ReferenceEquality") // PLAIN is one object
    public Receiver(
            ReceiverContext context,
            PacketSink sink,
            ByteBufAllocator allocator,
            PacketProtection protection,
            RandomGenerator random,
            Counters<ReceiverCounter> counters,
            long joinedNs) {
        this.context = context;
        this.config = context.config();
        this.protection = protection;
        this.counters = counters;
        this.joinedNs = joinedNs;
        this.timeNs = joinedNs;
        this.parts = new ReceiverParts(
                context,
                allocator,
                new WindowBudget(config.windowBytes()),
                new ApduAssembler(allocator),
                random,
                counters,
                new UpstreamSender(context, sink, allocator, counters));
        this.tombstones = new Tombstones(config.peerExpiryNs());
        this.spmrGate = new PacketGate(config.spmrsPerSecond(), config.spmrsPerSecond(), joinedNs);
        this.clear = protection == PacketProtection.NONE ? null : allocator.directBuffer(CLEAR_BYTES);
    }

    /** One more handler. It hears of established sessions at once, and their data from the next APDU on. */
    public void add(ReceiverHandler handler) {
        handlers = Arrays.copyOf(handlers, handlers.length + 1);
        handlers[handlers.length - 1] = handler;
        peers.forEach(peer -> {
            if (peer.isEstablished()) {
                peer.addHandler(handler);
            }
        });
    }

    /** The handler hears nothing any more. */
    @SuppressWarnings("ReferenceEquality") // this handler, not an equal one
    public void remove(ReceiverHandler handler) {
        handlers = Arrays.stream(handlers).filter(other -> other != handler).toArray(ReceiverHandler[]::new);
        peers.forEach(peer -> peer.removeHandler(handler));
    }

    /** Packets of this session are this process' own, and of no interest. */
    public void ignore(long tsi) {
        ignored = Arrays.copyOf(ignored, ignored.length + 1);
        ignored[ignored.length - 1] = tsi;
    }

    /** Asks the sources of the channel's hosts to say what they have. */
    public void discover(long nowNs) {
        timeNs = nowNs;
        if (spmrGate.available(nowNs) > 0) {
            spmrGate.take(1, nowNs);
            parts.sender().discovery();
            parts.sender().flush();
        }
    }

    /** Ends all sessions here and gives back all memory. */
    public void close(long nowNs) {
        if (isClosed) {
            return;
        }
        isClosed = true;
        timeNs = nowNs;
        peers.forEach(peer -> peer.finish(EndReason.CLOSED));
        parts.assembler().close();
        parts.sender().flush();
        parts.sender().close();
        if (clear != null) {
            clear.release();
        }
    }

    /** Tells somebody of what happens from now on. */
    public void watch(ReceiverWatcher newWatcher) {
        watcher = newWatcher;
        parts.sender().watch(newWatcher);
    }

    /** All sessions, in no order. */
    public List<SessionStats> sessions() {
        List<SessionStats> all = new ArrayList<>();
        peers.forEach(peer -> all.add(peer.stats()));
        return all;
    }

    /** The number of established sessions. */
    public int peers() {
        return peers.established();
    }

    /** The number of sessions that are not established. */
    public int halfOpen() {
        return peers.halfOpen();
    }

    /** Bytes held for packets that wait. */
    public long heldBytes() {
        return parts.budget().usedBytes();
    }

    @Override
    public void onPacket(long nowNs, PacketView packet, Nla from, int fromPort) {
        timeNs = nowNs;
        long tsi = packet.tsi();
        if (isIgnored(tsi)) {
            counters.increment(ReceiverCounter.OWN_PACKETS);
        } else if (packet.dataDestinationPort() != context.destinationPort()) {
            counters.increment(ReceiverCounter.OTHER_PORT);
        } else {
            dispatch(nowNs, packet, tsi, from);
        }
    }

    @Override
    public void onBatchEnd(long nowNs) {
        timeNs = nowNs;
        for (int i = 0; i < touchedCount; i++) {
            ReceiverPeer peer = touched[i];
            peer.isTouched(false);
            if (!peer.isOver()) {
                peer.settle(nowNs);
                schedule(peer);
            }
        }
        touchedCount = 0;
        parts.sender().flush();
        tellBatchEnd();
    }

    @Override
    public void onTimeout(long nowNs) {
        timeNs = nowNs;
        int due = timers.size();
        for (int i = 0; i < due && timers.isDue(nowNs); i++) {
            ReceiverPeer peer = timers.peek();
            if (peer != null) {
                peer.onTimeout(nowNs);
                schedule(peer);
            }
        }
        parts.sender().flush();
        tellBatchEnd();
    }

    private void tellBatchEnd() {
        for (ReceiverHandler handler : handlers) {
            handler.onBatchEnd();
        }
    }

    @Override
    public long nextDeadlineNs() {
        return timers.nextDeadlineNs();
    }

    private void dispatch(long nowNs, PacketView packet, long tsi, Nla from) {
        PacketType type = packet.type();
        switch (type) {
            case POLL, POLR, ACK, NNAK -> counters.increment(ReceiverCounter.NOT_FOR_RECEIVERS);
            case SPM, ODATA, RDATA, NCF, NAK, SPMR -> {
                if (!isAuthentic(packet)) {
                    return;
                }
                ReceiverPeer peer = latest != null && latest.tsi().value() == tsi ? latest : peers.find(tsi);
                if (peer == null) {
                    peer = create(nowNs, packet, tsi, from);
                }
                if (peer != null) {
                    latest = peer;
                    touch(peer);
                    hand(nowNs, packet, peer, from);
                }
            }
        }
    }

    private void hand(long nowNs, PacketView packet, ReceiverPeer peer, Nla from) {
        switch (packet.type()) {
            case SPM -> peer.onSpm(nowNs, packet, from);
            case ODATA, RDATA -> peer.onData(nowNs, packet, tsdu, from);
            case NCF -> peer.onNcf(nowNs, packet.nak(), from);
            case NAK -> peer.onPeerNak(nowNs, packet.nak());
            case SPMR -> peer.onPeerSpmr(nowNs);
            case POLL, POLR, ACK, NNAK -> throw new AssertionError(packet.type());
        }
    }

    private boolean isAuthentic(PacketView packet) {
        boolean isData = packet.type().isData();
        if (clear == null) {
            if (isData) {
                tsdu.wrap(packet);
            }
            return true;
        }
        clear.clear();
        if (protection.open(packet, clear) != DecodeResult.OK) {
            counters.increment(ReceiverCounter.NOT_AUTHENTIC);
            return false;
        }
        if (isData && clear.isReadable()) {
            tsdu.wrap(packet, clear, 0, clear.readableBytes());
        } else if (isData) {
            tsdu.wrap(packet);
        }
        return true;
    }

    /** A packet of a session that is not known: SPMs and data make one, unless it has just ended. */
    private @Nullable ReceiverPeer create(long nowNs, PacketView packet, long tsi, Nla from) {
        if (packet.type() != PacketType.SPM && !packet.type().isData()) {
            counters.increment(ReceiverCounter.OF_NO_SESSION);
            return null;
        }
        Tombstones.Tombstone ended = tombstones.find(tsi, nowNs);
        if (ended != null && !isBack(ended, packet)) {
            counters.increment(ReceiverCounter.TOMBSTONED);
            return null;
        }
        ReceiverPeer victim = peers.victim(from);
        if (victim != null) {
            counters.increment(ReceiverCounter.SESSIONS_REFUSED);
            victim.finish(EndReason.REPLACED);
        }
        ReceiverPeer peer = new ReceiverPeer(new Tsi(tsi), host, parts, from, nowNs);
        if (ended != null) {
            peer.resumeAt(ended.resolvedTo());
        }
        peers.add(peer);
        return peer;
    }

    /** Whether a session that ended lives after all: it was silent only, or sends new data beyond its end. */
    private static boolean isBack(Tombstones.Tombstone ended, PacketView packet) {
        return ended.reason() == EndReason.EXPIRED
                || packet.type() == PacketType.ODATA
                        && !SequenceNumber.before(packet.data().sqn(), ended.resolvedTo());
    }

    private void touch(ReceiverPeer peer) {
        if (!peer.isTouched()) {
            peer.isTouched(true);
            if (touchedCount == touched.length) {
                touched = Arrays.copyOf(touched, Math.max(8, touchedCount * 2));
            }
            touched[touchedCount++] = peer;
        }
    }

    private void schedule(ReceiverPeer peer) {
        if (peer.isOver()) {
            return;
        }
        long nextNs = peer.nextDeadlineNs();
        if (nextNs != peer.deadlineNs() || peer.heapIndex() == Timed.NOWHERE) {
            peer.deadlineNs(nextNs);
            timers.put(peer);
        }
    }

    private boolean isIgnored(long tsi) {
        for (long own : ignored) {
            if (own == tsi) {
                return true;
            }
        }
        return false;
    }

    private final class Host implements PeerHost {
        @Override
        public long joinedNs() {
            return joinedNs;
        }

        @Override
        public ReceiverWatcher watcher() {
            return watcher;
        }

        @Override
        public ReceiverHandler[] handlers() {
            return handlers;
        }

        @Override
        public boolean admit(ReceiverPeer peer) {
            if (peers.established() >= config.maxPeers()
                    || peers.established(peer.address()) >= config.maxPeersPerAddress()) {
                counters.increment(ReceiverCounter.SESSIONS_REFUSED);
                return false;
            }
            peers.onEstablished(peer);
            tombstones.remove(peer.tsi().value());
            counters.increment(ReceiverCounter.SESSIONS_ESTABLISHED);
            return true;
        }

        @Override
        public int sessions() {
            return peers.established();
        }

        @Override
        public long halfOpenRequests() {
            return peers.halfOpenRequests();
        }

        @Override
        public PacketGate spmrGate() {
            return spmrGate;
        }

        @Override
        public void relieve(ReceiverPeer peer, long nowNs) {
            ReceiverPeer largest = peers.largest();
            if (largest != null && largest.chargedBytes() > RELIEF_FACTOR * peer.chargedBytes()) {
                largest.evictNewest(nowNs);
                schedule(largest);
            }
        }

        @Override
        public void remove(ReceiverPeer peer, EndReason reason, int resolvedTo) {
            timers.remove(peer);
            peers.remove(peer);
            if (latest == peer) {
                latest = null;
            }
            if (peer.isEstablished() && reason != EndReason.CLOSED) {
                counters.increment(ReceiverCounter.SESSIONS_ENDED);
                if (reason != EndReason.REPLACED) {
                    tombstones.add(peer.tsi().value(), reason, resolvedTo, timeNs);
                }
            }
        }
    }
}
