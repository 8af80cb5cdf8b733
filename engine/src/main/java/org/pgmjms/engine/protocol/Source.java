package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.api.SourceEvents;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.window.WindowStore;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketView;

/**
 * One source: the sending half of a channel. RFC 3208, section 5.
 *
 * <pre>
 *   NEW ---open---> OPEN ---beginFin---> DRAINING ---all data sent---> ENDING ---last SPM---> CLOSED
 *                     \                      |                            ^
 *                      `------abort----------+----abort-------------------'
 * </pre>
 *
 * <p>Data is pulled from an {@link ApduSupplier} when it may be sent: {@link #trySend} when there is some, and the
 * timeouts while some waits. Nothing is allocated per packet. Owned by whoever holds the lock of its channel's sending
 * half; not thread-safe.
 */
public final class Source implements ProtocolHalf, AutoCloseable {
    private static final long MS = 1_000_000;

    /** FIN SPMs: at once and 50, 100, 200 and 400 ms later; another at 800 ms if somebody still asks. */
    private static final long[] FIN_NS = {0, 50 * MS, 50 * MS, 100 * MS, 200 * MS, 400 * MS};

    private static final int FINS_WHEN_QUIET = 5;
    private static final long FIN_QUIET_NS = 200 * MS;
    private static final long[] RST_NS = {0, 50 * MS, 50 * MS};

    /** An ending that the socket or the rate hold up is cut off after this time. */
    private static final long MAX_ENDING_NS = 1000 * MS;

    private static final long DISCOVERY_DELAY_NS = 5 * MS;
    private static final long SPMR_ECHO_NS = 10 * MS;
    private static final int SCRATCH_BYTES = 1024;

    private enum State {
        NEW,
        OPEN,
        DRAINING,
        ENDING,
        CLOSED
    }

    private final SourceContext context;
    private final Tsi tsi;
    private final SourceEvents events;
    private final WindowStore store;
    private final ByteBuf scratch;
    private final SourceCore core;
    private final SpmSchedule schedule;
    private final WindowReservations reservations;
    private final DataPacker packer;
    private final DataPump pump;
    private final SpmSender spms;
    private final NakResponder naks;

    private State state = State.NEW;
    private boolean isReset;
    private long endsAtNs;
    private long lastUpstreamNs;
    private boolean released;

    /**
     * A source that sends nothing before {@link #open}.
     *
     * @param store gives the memory of the window, and takes it back with {@link #close}
     */
    public Source(
            SourceContext context,
            ApduSupplier supplier,
            SourceEvents events,
            PacketSink sink,
            WindowStore store,
            SourceSpis spis,
            Counters<SourceCounter> counters,
            long nowNs) {
        this.context = context;
        this.tsi = context.config().tsi();
        this.events = events;
        this.store = store;
        this.lastUpstreamNs = nowNs;
        this.core = new SourceCore(context, spis, sink, store, counters, nowNs);
        this.schedule = new SpmSchedule(
                context.config().ambientSpmNs(),
                context.config().heartbeatMinNs(),
                context.config().heartbeatMaxNs());
        this.reservations = new WindowReservations(core.window(), context.maxTpduPayload());
        this.packer = new DataPacker(core, supplier, reservations);
        this.pump = new DataPump(core, packer, reservations, schedule);
        this.scratch = store.chunk(SCRATCH_BYTES);
        this.spms = new SpmSender(core, pump, scratch);
        this.naks = new NakResponder(core, schedule, scratch, nowNs);
    }

    /** The session. */
    public Tsi tsi() {
        return tsi;
    }

    /** TXW_TRAIL: the oldest number that can be repaired. */
    public int trail() {
        return core.window().trail();
    }

    /** TXW_LEAD: the newest number sent. */
    public int lead() {
        return core.window().sentLead();
    }

    /** Numbers that wait to be repaired. */
    public int queuedRepairs() {
        return core.repairs().size();
    }

    /** Who asked for most repairs, most first. */
    public List<NakSenderStats> nakSenders() {
        return naks.senders();
    }

    /** The most bytes of one unfragmented packet. */
    public int maxTsduBytes() {
        return packer.maxTsduBytes();
    }

    /** The most bytes of one packet of an APDU that needs several. */
    public int maxFragmentBytes() {
        return packer.maxFragmentBytes();
    }

    /** The largest APDU in bytes. */
    public int maxApduBytes() {
        return packer.largestApduBytes();
    }

    /** The length, at least this, of an APDU that is cut into fragments of equal length. Any thread. */
    public int evenApduBytes(int length) {
        return packer.evenApduBytes(length);
    }

    /** Whether packets wait in the window for rate, limit or socket: new ones, or repairs. */
    public boolean hasUnsent() {
        return pump.hasQueued();
    }

    /** How long data has been waiting for the send limit alone; 0 when it does not. */
    public long heldNs(long nowNs) {
        return core.spis().limit().heldNs(nowNs);
    }

    /** When a NAK or SPMR last came for this session; when it was made, if none did. */
    public long lastUpstreamNs() {
        return lastUpstreamNs;
    }

    /** Bytes that the window can take before it has to drop packets, headers included. */
    public long windowFreeBytes() {
        return reservations.freeBytes();
    }

    /** Sets aside room for this many bytes of payload; false when too much is set aside already. */
    public boolean reserve(int bytes) {
        return reservations.tryReserve(bytes);
    }

    /** What was reserved is in the supply now. */
    public void publishReserved(int bytes) {
        reservations.publish(bytes);
    }

    /** What was reserved is not needed. */
    public void releaseReserved(int bytes) {
        reservations.release(bytes);
    }

    /** Opens the session: the first SPM leaves, two more follow. */
    public void open(long nowNs) {
        if (state == State.NEW) {
            enter(State.OPEN);
            schedule.open(nowNs);
            sendSpmIfDue(nowNs);
        }
    }

    /**
     * Sends what the supplier holds, as far as rate, limit and socket allow.
     *
     * @return whether more waits; {@link #nextDeadlineNs} tells when it can leave
     */
    public boolean trySend(long nowNs) {
        if (state == State.OPEN) {
            pump.pump(true, false, nowNs);
        }
        return pump.hasDataWaiting();
    }

    /** Sends an SPM now. */
    public void announce(long nowNs) {
        if (isActive()) {
            schedule.request(nowNs);
            sendSpmIfDue(nowNs);
        }
    }

    /**
     * Ends the session: sends what the supplier still holds, then the SPMs with OPT_FIN; repairs go on until
     * {@link #finished}. A second call stops waiting for the data. RFC 3208, section 9.7.6.
     */
    public void beginFin(long nowNs) {
        switch (state) {
            case NEW -> enter(State.CLOSED);
            case OPEN -> {
                enter(State.DRAINING);
                events.onClosing();
                pump.pump(true, true, nowNs);
                advance(nowNs);
            }
            case DRAINING -> startEnding(nowNs);
            case ENDING, CLOSED -> {
                // it is ending already
            }
        }
    }

    /** Gives the session up: SPMs with OPT_RST, no more data, no more repairs. RFC 3208, section 9.7.7. */
    public void abort(int code, long nowNs) {
        if (state == State.NEW) {
            enter(State.CLOSED);
        } else if (isActive() && !isReset) {
            isReset = true;
            spms.announceReset(code);
            enterEnding(RST_NS, nowNs);
        }
    }

    /** Whether the session has ended and nothing more will be sent. */
    public boolean finished() {
        return state == State.CLOSED;
    }

    @Override
    public void onPacket(long nowNs, PacketView packet, Nla from, int fromPort) {
        if (!isActive() || !packet.type().isUpstream() || packet.dataDestinationPort() != context.destinationPort()) {
            return;
        }
        if (packet.tsi() == core.tsi()) {
            onUpstream(packet, from, fromPort, nowNs);
        } else if (packet.tsi() == 0) {
            onDiscovery(packet, nowNs);
        }
    }

    private void onUpstream(PacketView packet, Nla from, int fromPort, long nowNs) {
        switch (packet.type()) {
            case NAK -> {
                lastUpstreamNs = nowNs;
                if (!isReset) {
                    naks.onNak(packet, from, fromPort, sentCount(), nowNs);
                }
            }
            case NNAK -> {
                lastUpstreamNs = nowNs;
                core.count(SourceCounter.NNAKS_RECEIVED);
            }
            case SPMR -> {
                lastUpstreamNs = nowNs;
                onSpmr(nowNs);
            }
            case ACK -> core.spis().limit().onFeedback(nowNs, from, packet);
            case POLR, SPM, POLL, ODATA, RDATA, NCF -> {
                // nothing that a source has asked for
            }
        }
    }

    /** RFC 3208, section 13.3.1. A request that crossed an SPM is answered already; askers repeat. */
    private void onSpmr(long nowNs) {
        core.count(SourceCounter.SPMRS_RECEIVED);
        if (schedule.sentWithin(SPMR_ECHO_NS, nowNs)) {
            core.count(SourceCounter.SPMRS_SUPPRESSED);
        } else {
            schedule.requestSpaced(nowNs);
            sendSpmIfDue(nowNs);
        }
    }

    /** Somebody looks for any source of the channel: all answer, each after a delay of its own. */
    private void onDiscovery(PacketView packet, long nowNs) {
        switch (packet.type()) {
            case SPMR -> {
                core.count(SourceCounter.SPMRS_RECEIVED);
                schedule.requestSpaced(nowNs + spms.spread(DISCOVERY_DELAY_NS));
            }
            case NAK, NNAK, ACK, POLR, SPM, POLL, ODATA, RDATA, NCF -> {
                // names no session
            }
        }
    }

    private long sentCount() {
        return packer.stored() - core.window().unsentSize();
    }

    @Override
    public void onBatchEnd(long nowNs) {
        run(nowNs);
    }

    @Override
    public void onTimeout(long nowNs) {
        if (state == State.OPEN && schedule.isFirstHeartbeatDue(nowNs) && !pump.hasDataWaiting()) {
            schedule.markIdle();
            events.onIdle();
            pump.pump(true, true, nowNs);
            schedule.request(nowNs);
        }
        run(nowNs);
    }

    private void run(long nowNs) {
        if (isActive()) {
            if (!isReset) {
                pump.pump(state != State.ENDING, false, nowNs);
            }
            sendSpmIfDue(nowNs);
            advance(nowNs);
        }
    }

    @Override
    public long nextDeadlineNs() {
        if (!isActive()) {
            return NONE;
        }
        long spmNs = schedule.deadlineNs();
        long deadlineNs = spmNs == NONE ? NONE : spms.readyNs(spmNs);
        if (state == State.ENDING) {
            deadlineNs = earlier(deadlineNs, endsAtNs);
        }
        return isReset ? deadlineNs : earlier(deadlineNs, pump.dueNs());
    }

    private static long earlier(long a, long b) {
        if (a == NONE || b == NONE) {
            return a == NONE ? b : a;
        }
        return a - b < 0 ? a : b;
    }

    private void sendSpmIfDue(long nowNs) {
        if (schedule.isDue(nowNs) && spms.trySend(nowNs)) {
            schedule.onSpm(nowNs);
        }
    }

    /** Makes those changes of state that only depend on what is there. */
    private void advance(long nowNs) {
        if (state == State.DRAINING && !pump.hasDataWaiting()) {
            startEnding(nowNs);
        } else if (state == State.ENDING && isEnded(nowNs)) {
            enter(State.CLOSED);
        }
    }

    private void startEnding(long nowNs) {
        spms.announceFin();
        enterEnding(FIN_NS, nowNs);
    }

    private void enterEnding(long[] intervalsNs, long nowNs) {
        enter(State.ENDING);
        endsAtNs = nowNs + MAX_ENDING_NS;
        schedule.end(intervalsNs, nowNs);
        sendSpmIfDue(nowNs);
    }

    private boolean isEnded(long nowNs) {
        if (nowNs - endsAtNs >= 0) {
            return true;
        }
        int sent = schedule.endingStep();
        if (isReset) {
            return sent == RST_NS.length;
        }
        return sent == FIN_NS.length
                || sent >= FINS_WHEN_QUIET && nowNs - lastUpstreamNs >= FIN_QUIET_NS && !pump.hasQueued();
    }

    private boolean isActive() {
        return state == State.OPEN || state == State.DRAINING || state == State.ENDING;
    }

    private void enter(State next) {
        state = next;
    }

    /** Gives all memory back; sends nothing. Again does nothing. */
    @Override
    public void close() {
        enter(State.CLOSED);
        if (!released) {
            released = true;
            core.window().close();
            store.release(scratch);
        }
    }
}
