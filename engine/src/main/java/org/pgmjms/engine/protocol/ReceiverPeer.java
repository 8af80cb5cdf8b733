package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.after;
import static org.pgmjms.engine.wire.SequenceNumber.before;
import static org.pgmjms.engine.wire.SequenceNumber.max;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.window.ReceiveWindow;
import org.pgmjms.engine.wire.NakDecoder;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.OptionView;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.engine.wire.SpmDecoder;

/**
 * A receiver's side of one session. RFC 3208, section 6.
 *
 * <pre>
 *   half-open --an SPM and a plausible APDU, or two SPMs of our kind--> established --FIN, RST, silence--> ended
 * </pre>
 *
 * <p>One that falls silent before any SPM came is established in that moment, if data with two numbers came: what was heard
 * of it is handed out, and what is missing in between is lost.
 *
 * <p>A half-open session keeps and repairs a little, hands out nothing and reports nothing: any packet can make one. Until it
 * is established its start may still move back, as its SPM tells. Owned by one {@link Receiver}; not thread-safe.
 */
final class ReceiverPeer implements Timed {
    private static final long HALF_OPEN_BYTES = 64 * 1024;
    private static final int HALF_OPEN_NUMBERS = 1024;
    private static final int HALF_OPEN_REQUESTS = 8;
    private static final int ALL_HALF_OPEN_REQUESTS = 64;
    private static final int MAX_REQUESTS = 4096;
    private static final int ENOUGH_SPMS = 2;
    private static final long STALL_RETRY_NS = 5_000_000;
    private static final long FREE_BYTES = 64 * 1024;
    private static final long MICRO_NS = 1_000;

    private final Tsi tsi;
    private final PeerHost host;
    private final ReceiverParts parts;
    private final ReceiverConfig config;
    private final Counters<ReceiverCounter> counters;
    private final PeerAddress source;
    private final Audience audience;
    private final BackOff backOff;
    private final Gaps gaps;
    private final ReceiveStream stream;
    private final HeardRequests requests;
    private final StatusReporter statuses;
    private final StreamGuard guard;
    private final NakScheduler naks;
    private final SpmrSchedule spmrs = new SpmrSchedule();
    private final SpmOrder spmOrder = new SpmOrder();
    private final RestartWatch restarts = new RestartWatch();
    private final EndOfStream end = new EndOfStream();
    private final Silence silence;

    private int udpPort;
    private boolean hasSpm;
    private boolean hasStarted;
    private boolean isPlausible;
    /** The number of the first data that came before any SPM. */
    private int firstSqn;
    /** Whether data with another number came, too. */
    private boolean hasTwoNumbers;

    private boolean isEstablished;
    private boolean isOver;
    private boolean isTouched;
    private int consistentSpms;
    private int announcedFirst;
    private SessionStart kind = SessionStart.FROM_LEAD;
    private @Nullable Integer resumeAt;
    private long heardNs;
    private long expiryNs;
    private long stallNs = ProtocolHalf.NONE;
    private int resolvedTo;

    private long deadlineNs = ProtocolHalf.NONE;
    private int heapIndex = NOWHERE;

    ReceiverPeer(Tsi tsi, PeerHost host, ReceiverParts parts, Nla address, long nowNs) {
        this.tsi = tsi;
        this.host = host;
        this.parts = parts;
        this.config = parts.config();
        this.counters = parts.counters();
        this.source = new PeerAddress(address);
        this.audience = new Audience(tsi, host);
        this.silence = new Silence(config.peerExpiryNs(), audience);
        this.backOff = new BackOff(parts.random(), config.nakBackOffNs(), config.groupSize());
        this.gaps = new Gaps(NakTimes.of(config));
        ReceiveWindow window = new ReceiveWindow(parts.allocator(), parts.budget(), config.windowPackets());
        this.stream = new ReceiveStream(parts, window, gaps, backOff, audience);
        this.requests = new HeardRequests(stream, gaps, counters);
        this.statuses = new StatusReporter(tsi.value(), parts, stream, gaps, audience);
        this.guard = new StreamGuard(stream, restarts, counters, config.windowPackets());
        this.naks = new NakScheduler(tsi.value(), gaps, backOff, parts.sender(), nowNs);
        this.udpPort = parts.sender().commonUdpPort();
        this.heardNs = nowNs;
        this.expiryNs = nowNs + config.peerExpiryNs();
    }

    /** The session was here before and was resolved up to this number; it goes on there. */
    void resumeAt(int sqn) {
        resumeAt = sqn;
    }

    Tsi tsi() {
        return tsi;
    }

    Nla address() {
        return source.address();
    }

    boolean isEstablished() {
        return isEstablished;
    }

    /** Whether it has ended and is to be forgotten. */
    boolean isOver() {
        return isOver;
    }

    /** Whether the receiver has it on its list of sessions that got packets. */
    boolean isTouched() {
        return isTouched;
    }

    void isTouched(boolean newTouched) {
        isTouched = newTouched;
    }

    /** When its last packet came. */
    long heardNs() {
        return heardNs;
    }

    /** Numbers under request. */
    long requested() {
        return gaps.requested();
    }

    /** How it fares. */
    SessionStats stats() {
        return new SessionStats(
                tsi,
                source.address(),
                isEstablished,
                stream.edge(),
                stream.lead(),
                gaps.firstMissing(stream.lead() + 1),
                gaps.missing(),
                gaps.requested(),
                stream.chargedBytes(),
                audience.lost(),
                heardNs);
    }

    /** What it keeps. */
    long chargedBytes() {
        return stream.chargedBytes();
    }

    /** Drops the newest packet that it keeps. */
    void evictNewest(long nowNs) {
        stream.evictNewest(nowNs, stream.edge());
    }

    void onSpm(long nowNs, PacketView packet, Nla from) {
        SpmDecoder spm = packet.spm();
        if (!source.accept(spm, from)) {
            counters.increment(ReceiverCounter.SPM_REFUSED);
            return;
        }
        if (!spmOrder.accept(spm.sqn())) {
            counters.increment(ReceiverCounter.SPM_OLD);
            if (isEstablished) {
                restarts.onStray(nowNs, packet.options(), stream.seenLead());
            }
            return;
        }
        counters.increment(ReceiverCounter.SPM_RECEIVED);
        heardNs = nowNs;
        spmrs.onSpm();
        OptionView options = packet.options();
        takeOptions(nowNs, options);
        if (spm.hasWindow()
                && isEstablished
                && restarts.isOther(nowNs, options, spm.lead(), stream.seenLead(), stream.edge())) {
            counters.increment(ReceiverCounter.SESSIONS_RESTARTED);
            finish(EndReason.REPLACED);
            return;
        }
        if (spm.hasWindow() && !restarts.isDoubtful()) {
            if (!hasSpm) {
                hasSpm = true;
                start(nowNs, spm, options);
            } else {
                guard.onSpm(nowNs, spm.trail(), spm.lead());
            }
            takeEnd(nowNs, spm, options);
        }
        tryEstablish();
    }

    void onData(long nowNs, PacketView packet, Tsdu tsdu, Nla from) {
        if (!source.isFrom(from)) {
            counters.increment(ReceiverCounter.OUT_OF_WINDOW);
            return;
        }
        heardNs = nowNs;
        int sqn = tsdu.sqn();
        int trail = packet.data().trail();
        if (!hasSpm) {
            startByData(nowNs, packet, sqn, trail);
        }
        if (end.onData(sqn)) {
            counters.increment(ReceiverCounter.ENDS_CALLED_OFF);
        }
        if (!isEstablished) {
            isPlausible |= config.raw() || tsdu.apduOffset() == 0 && isPlausible(tsdu);
            tryEstablish();
        }
        if (!guard.onData(nowNs, sqn, trail)) {
            return;
        }
        hasTwoNumbers |= !hasSpm && sqn != firstSqn;
        if (!isEstablished && !hasHalfOpenRoom(sqn)) {
            stream.onLead(nowNs, sqn);
            stream.confirmLead(sqn);
            counters.increment(ReceiverCounter.NO_ROOM);
            return;
        }
        if (!stream.onData(nowNs, tsdu)) {
            host.relieve(this, nowNs);
        }
    }

    void onNcf(long nowNs, NakDecoder ncf, Nla from) {
        counters.increment(ReceiverCounter.NCF_RECEIVED);
        if (!hasStarted || !source.isFrom(from)) {
            return;
        }
        heardNs = nowNs;
        requests.onNcf(nowNs, ncf);
    }

    /** A NAK of another receiver, for our source and group. RFC 3208, section 6.3. */
    void onPeerNak(long nowNs, NakDecoder nak) {
        counters.increment(ReceiverCounter.PEER_NAKS_RECEIVED);
        if (hasStarted
                && nak.sourceEquals(source.address())
                && nak.groupEquals(parts.context().group())) {
            requests.onPeerNak(nowNs, nak);
        }
    }

    void onPeerSpmr(long nowNs) {
        if (!hasSpm) {
            spmrs.onPeerSpmr(nowNs);
        }
    }

    void addHandler(ReceiverHandler handler) {
        audience.add(handler, stream.lead() + 1);
    }

    void removeHandler(ReceiverHandler handler) {
        audience.remove(handler);
    }

    void onTimeout(long nowNs) {
        stream.trim();
        long allowance = Math.min(MAX_REQUESTS, parts.windowNumbers());
        if (!isEstablished) {
            long others = host.halfOpenRequests() - gaps.requested();
            allowance = Math.min(HALF_OPEN_REQUESTS, ALL_HALF_OPEN_REQUESTS - others);
        }
        boolean hasRoom =
                !stream.isStalled() && parts.budget().freeBytes() > Math.min(FREE_BYTES, config.windowBytes() / 8);
        naks.onTimeout(nowNs, stream, allowance, hasRoom);
        if (Deadlines.isDue(expiryNs, nowNs)) {
            expiryNs = heardNs + config.peerExpiryNs();
            if (Deadlines.isDue(expiryNs, nowNs)) {
                expire();
                return;
            }
        }
        settle(nowNs);
    }

    /** After a batch of packets or a timeout: tries what waited, tells the edge, ends if that is due. */
    void settle(long nowNs) {
        requestSpm(nowNs);
        silence.check(nowNs, heardNs);
        if (stream.isStalled()) {
            stream.resume();
        }
        stallNs = stream.isStalled() ? nowNs + STALL_RETRY_NS : ProtocolHalf.NONE;
        EndReason reason = end.confirmed(nowNs);
        boolean isDone = isEstablished ? after(stream.edge(), end.lead()) : gaps.missing() == 0;
        if (reason == EndReason.RST || reason == EndReason.FIN && isDone) {
            finish(reason);
            return;
        }
        tellResolved();
        if (isEstablished) {
            statuses.step(nowNs, source.address(), udpPort, host.sessions());
        }
    }

    /** No SPM will come any more that says what the data was of. */
    private void expire() {
        if (isPlausible && hasTwoNumbers && !isBeforeResumption()) {
            establish();
        }
        if (!isEstablished) {
            counters.increment(ReceiverCounter.SESSIONS_NOT_ESTABLISHED);
        }
        finish(EndReason.EXPIRED);
    }

    /** Ends the session: what is missing is lost. */
    void finish(EndReason reason) {
        if (isOver) {
            return;
        }
        isOver = true;
        if (isEstablished) {
            if (reason == EndReason.CLOSED) {
                statuses.leave(source.address(), udpPort);
            } else {
                stream.finish(reason == EndReason.RST ? LossCause.RESET : LossCause.SOURCE_EXPIRED);
            }
            tellResolved();
            audience.onEnd(reason, stream.lead());
            host.watcher().onEnded(tsi, reason, stream.lead());
        }
        host.remove(this, reason, stream.edge());
        stream.close();
    }

    /** When {@link #onTimeout} is wanted. */
    long nextDeadlineNs() {
        long nextNs = Deadlines.earlier(naks.nextDeadlineNs(), spmrs.nextDeadlineNs());
        nextNs = Deadlines.earlier(nextNs, Deadlines.earlier(expiryNs, stallNs));
        nextNs = Deadlines.earlier(nextNs, silence.nextDeadlineNs());
        nextNs = isEstablished ? Deadlines.earlier(nextNs, statuses.nextDeadlineNs()) : nextNs;
        return Deadlines.earlier(nextNs, end.nextDeadlineNs());
    }

    /** For the receiver's heap. */
    void deadlineNs(long newDeadlineNs) {
        deadlineNs = newDeadlineNs;
    }

    @Override
    public long deadlineNs() {
        return deadlineNs;
    }

    @Override
    public int heapIndex() {
        return heapIndex;
    }

    @Override
    public void heapIndex(int index) {
        heapIndex = index;
    }

    private void takeOptions(long nowNs, OptionView options) {
        boolean isOurs = options.has(OptionType.SESSION);
        if (isOurs) {
            int first = options.session().firstSqn();
            consistentSpms = consistentSpms > 0 && first == announcedFirst ? consistentSpms + 1 : 1;
            announcedFirst = first;
            statuses.onAsked(nowNs, options.session().statusIntervalMillis());
        }
        int announced = isOurs ? options.session().unicastPort() : 0;
        udpPort = announced == 0 ? parts.sender().commonUdpPort() : announced;
        naks.target(source.address(), udpPort);
        if (options.has(OptionType.NAK_BO_IVL) && options.nakBackOffIvlPollSqn() == 0) {
            backOff.onAdvertised(options.nakBackOffIvlMicros() * MICRO_NS);
        }
    }

    private void takeEnd(long nowNs, SpmDecoder spm, OptionView options) {
        if (options.has(OptionType.RST)) {
            end.onEnd(nowNs, EndReason.RST, spm.lead());
        } else if (options.has(OptionType.FIN)) {
            end.onEnd(nowNs, EndReason.FIN, spm.lead());
        } else if (end.onOtherSpm()) {
            counters.increment(ReceiverCounter.ENDS_CALLED_OFF);
        }
    }

    /** The first SPM with a window. What was held before it stays, as far as it fits. */
    private void start(long nowNs, SpmDecoder spm, OptionView options) {
        if (isEstablished) {
            guard.onSpm(nowNs, spm.trail(), spm.lead());
            return;
        }
        guard.begin(spm.trail(), spm.lead());
        int reach = config.windowPackets();
        StartOfStream start = resumeAt != null
                ? StartOfStream.resumed(spm, resumeAt, reach)
                : StartOfStream.of(spm, options, nowNs, host.joinedNs(), config.lateJoin(), reach);
        kind = start.kind();
        if (resumeAt != null && isBeforeResumption() && start.wanted() == resumeAt) {
            stream.skipTo(start.wanted());
        }
        if (!hasStarted || !stream.isNear(spm.lead())) {
            hasStarted = true;
            stream.begin(start.first());
        } else if (isOwed(start)) {
            stream.extendStart(nowNs, start.first());
        }
        stream.reconsiderStart(nowNs);
        if (before(start.wanted(), stream.edge()) && isOwed(start)) {
            LossCause cause = start.isShort() ? start.cause() : LossCause.WINDOW_OVERFLOW;
            stream.reportAtOpening(start.wanted(), stream.edge(), cause);
        }
        if (kind == SessionStart.FROM_JOIN) {
            stream.replayTo(spm.lead());
        }
        stream.onLead(nowNs, spm.lead());
    }

    /** Whether a start before what is held has to be kept: not when the SPM is much older than the data. */
    private boolean isOwed(StartOfStream start) {
        return kind != SessionStart.FROM_LEAD || resumeAt != null || stream.edge() - start.wanted() < HALF_OPEN_NUMBERS;
    }

    /** Data before any SPM: the first number held is the start, until an SPM says more. */
    private void startByData(long nowNs, PacketView packet, int sqn, int trail) {
        spmrs.onData(nowNs);
        OptionView options = packet.options();
        if (!hasStarted) {
            hasStarted = true;
            firstSqn = sqn;
            stream.begin(sqn);
            guard.begin(trail, sqn);
        } else if (before(sqn, stream.edge()) && stream.edge() - sqn < HALF_OPEN_NUMBERS) {
            stream.extendStart(nowNs, sqn);
        }
        if (config.lateJoin() && !isEstablished && options.has(OptionType.JOIN)) {
            int first = max(options.joinSqn(), trail);
            if (before(first, stream.edge())) {
                kind = SessionStart.FROM_JOIN;
                stream.replayTo(stream.edge() - 1);
                stream.extendStart(nowNs, first);
            }
        }
    }

    /** Of a session that is not established only a little is kept. */
    private boolean hasHalfOpenRoom(int sqn) {
        return stream.chargedBytes() < HALF_OPEN_BYTES && sqn - stream.edge() < HALF_OPEN_NUMBERS;
    }

    private boolean isPlausible(Tsdu tsdu) {
        ReceiverHandler[] handlers = host.handlers();
        if (handlers.length == 0) {
            return false;
        }
        ByteBuf buffer = tsdu.buffer();
        int readerIndex = buffer.readerIndex();
        int writerIndex = buffer.writerIndex();
        buffer.setIndex(tsdu.at(), tsdu.at() + tsdu.length());
        try {
            return handlers[0].plausible(buffer);
        } finally {
            buffer.setIndex(readerIndex, writerIndex);
        }
    }

    /** Raw data needs no SPM, unless it may be a late copy of what was delivered before the session fell silent. */
    private boolean isRawEnough() {
        return config.raw() && !isBeforeResumption();
    }

    private boolean isBeforeResumption() {
        return hasStarted && resumeAt != null && before(stream.edge(), resumeAt);
    }

    private void tryEstablish() {
        boolean isReady =
                hasStarted && (isPlausible && (hasSpm || isRawEnough()) || hasSpm && consistentSpms >= ENOUGH_SPMS);
        if (isReady) {
            establish();
        }
    }

    private void establish() {
        if (isEstablished || !host.admit(this)) {
            return;
        }
        isEstablished = true;
        silence.begin(heardNs);
        resolvedTo = stream.start();
        host.watcher().onBegun(tsi, source.address(), kind);
        audience.open(host.handlers(), kind);
        stream.open();
    }

    private void requestSpm(long nowNs) {
        if (!Deadlines.isDue(spmrs.nextDeadlineNs(), nowNs)) {
            return;
        }
        PacketGate gate = host.spmrGate();
        if (gate.available(nowNs) > 0) {
            gate.take(1, nowNs);
            parts.sender().spmr(tsi.value(), source.address(), udpPort);
            spmrs.onSent(nowNs);
        } else {
            spmrs.postpone(gate.nextNs());
        }
    }

    private void tellResolved() {
        if (isEstablished && resolvedTo != stream.edge()) {
            resolvedTo = stream.edge();
            audience.onResolved(resolvedTo);
        }
    }
}
