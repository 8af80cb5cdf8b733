package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.after;
import static org.pgmjms.engine.wire.SequenceNumber.before;
import static org.pgmjms.engine.wire.SequenceNumber.max;
import static org.pgmjms.engine.wire.SequenceNumber.min;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.ApduFlags;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.window.ApduAssembler;
import org.pgmjms.engine.window.ReceiveWindow;

/**
 * The numbers of one session, from the first of interest on: which are there, missing or lost, and what is handed out when.
 * RFC 3208, section 6.
 *
 * <pre>
 *   start          edge                          lead
 *     |  resolved    |  stored, missing, lost      |  not known
 *     [ddddddddddlldd[ppp..ppplllppppp......pppp...]
 * </pre>
 *
 * <p>Everything before the edge was delivered or reported lost, each number once. An in-order packet goes straight from the
 * receive buffer to the handlers. Until {@link #open} nothing is handed out. An APDU of which one fragment is lost is lost
 * as a whole: its other fragments become lost as soon as they are known to be part of it. Not thread-safe.
 */
final class ReceiveStream {
    private record Skipped(int first, int end, LossCause cause) {}

    private static final int EVICTIONS = 4;
    private static final int GAPS_AT_ONCE = 16;
    private static final int LAG_INTERVALS = 2;

    private final ReceiverConfig config;
    private final ReceiveWindow window;
    private final Gaps gaps;
    private final BackOff backOff;
    private final Audience audience;
    private final StreamLosses losses;
    private final ApduAssembler assembler;
    private final Counters<ReceiverCounter> counters;
    private final boolean isContiguous;
    private final StreamBounds bounds = new StreamBounds();
    private final LagWatch lag;
    private final Eviction eviction;

    private @Nullable Skipped skipped;
    private boolean isReplaying;
    private int replayedTo;
    private boolean isOpen;
    private boolean isStalled;
    private boolean isForced;

    ReceiveStream(ReceiverParts parts, ReceiveWindow window, Gaps gaps, BackOff backOff, Audience audience) {
        this.config = parts.config();
        this.assembler = parts.assembler();
        this.counters = parts.counters();
        this.window = window;
        this.gaps = gaps;
        this.backOff = backOff;
        this.audience = audience;
        this.isContiguous = config.order() == DeliveryOrder.CONTIGUOUS;
        this.losses = new StreamLosses(bounds, gaps, window, audience, parts, isContiguous);
        this.eviction = new Eviction(window, gaps, backOff);
        this.lag = new LagWatch(parts.windowNumbers(), LAG_INTERVALS * config.nakMaxIntervalNs());
    }

    /** The stream starts with this number, and knows of no other. */
    void begin(int first) {
        gaps.clear();
        bounds.begin(first);
        window.moveEdge(first);
    }

    /** Numbers before the start are of interest too; before anything was handed out only. */
    void extendStart(long nowNs, int first) {
        int count = bounds.start - first;
        if (!isOpen
                && bounds.start == bounds.edge
                && count > 0
                && Integer.compareUnsigned(bounds.lead - first, config.windowPackets()) < 0
                && window.tryMoveBack(first)) {
            gaps.revive(nowNs, backOff.nextNs());
            gaps.openBefore(first, count, nowNs, backOff.nextNs());
            bounds.start = first;
            bounds.edge = first;
        }
    }

    /** Everything up to this number was sent before this receiver joined, and was asked for. */
    void replayTo(int sqn) {
        isReplaying = true;
        replayedTo = sqn;
    }

    /** Numbers before the start should have been received, and cannot be any more. */
    void reportAtOpening(int first, int end, LossCause cause) {
        skipped = new Skipped(first, end, cause);
        bounds.start = first;
        losses.passed(end, cause);
    }

    /** Where it starts is decided anew: what was passed over is nobody's loss, what was nobody's loss may be of interest. */
    void reconsiderStart(long nowNs) {
        gaps.revive(nowNs, backOff.nextNs());
        skipped = null;
        bounds.start = bounds.edge;
    }

    /** What comes before this number was resolved before; nothing was handed out since. */
    void skipTo(int first) {
        window.moveEdge(first);
        gaps.dropBefore(first);
        bounds.skipTo(first);
    }

    /** From now on APDUs are handed out and losses reported. */
    void open() {
        isOpen = true;
        if (skipped != null) {
            losses.report(skipped.first, skipped.end - skipped.first, skipped.cause);
            skipped = null;
        }
        losses.open();
        resume();
    }

    /** Hands out what the handlers had no capacity for. */
    void resume() {
        isStalled = false;
        if (isOpen && !isContiguous) {
            handOutWhole();
        }
        drain();
    }

    /** The first number of interest; once a session is old, some number far behind. */
    int start() {
        return bounds.start;
    }

    int edge() {
        return bounds.edge;
    }

    int lead() {
        return bounds.lead;
    }

    /** The highest number that more than a single SPM or NCF spoke of. */
    int seenLead() {
        return bounds.seenLead;
    }

    /** The highest number heard of, in reach or not. */
    int heardLead() {
        return bounds.heardLead();
    }

    /** Whether a window with this lead may be of the stream that data has begun. */
    boolean isNear(int spmLead) {
        return Integer.compareUnsigned(spmLead - bounds.edge + (StreamBounds.FAR >> 1), StreamBounds.FAR) < 0;
    }

    /** The first number that is out of reach. */
    int limit() {
        return bounds.edge + config.windowPackets();
    }

    /** Whether handlers have no capacity for what is there. */
    boolean isStalled() {
        return isStalled;
    }

    long chargedBytes() {
        return window.chargedBytes();
    }

    /** A data packet within reach of the window came; answers false when there was no room for it. */
    boolean onData(long nowNs, Tsdu tsdu) {
        int sqn = tsdu.sqn();
        if (before(sqn, bounds.edge)) {
            counters.increment(bounds.isBeforeStart(sqn) ? ReceiverCounter.OUT_OF_WINDOW : ReceiverCounter.DUPLICATES);
            return true;
        }
        bounds.seenLead = max(bounds.seenLead, sqn);
        long bornNs = nowNs;
        if (after(sqn, bounds.lead)) {
            if (sqn - bounds.lead > 1) {
                gaps.open(bounds.lead + 1, sqn - bounds.lead - 1, nowNs, backOff.nextNs());
            }
            bounds.lead = sqn;
        } else {
            Gap gap = gaps.find(sqn);
            if (gap == null || gap.isLost) {
                counters.increment(ReceiverCounter.DUPLICATES);
                return true;
            }
            bornNs = gap.nak.bornNs();
            if (gap.nak.isRepeated()) {
                audience.onLate(sqn, nowNs - bornNs);
            }
            gaps.fill(sqn);
            counters.increment(ReceiverCounter.REPAIRED);
        }
        counters.increment(tsdu.isRepair() ? ReceiverCounter.RDATA_RECEIVED : ReceiverCounter.ODATA_RECEIVED);
        counters.add(ReceiverCounter.DATA_BYTES, tsdu.length());
        boolean isPlaced = place(tsdu) || evictFor(nowNs, tsdu);
        if (!isPlaced) {
            gaps.reopen(sqn, bornNs, nowNs, backOff.nextNs());
            isPlaced = onNoRoom(nowNs, sqn) && placeAgain(nowNs, tsdu, bornNs);
        }
        drain();
        return isPlaced;
    }

    /** A packet beyond the reach of the window came; answers whether it is within reach now. */
    boolean onBeyond(long nowNs, int sqn) {
        onLead(nowNs, sqn);
        return onNoRoom(nowNs, sqn) && before(sqn, limit());
    }

    /** What is older is of use sooner: it takes the place of the newest packets. */
    private boolean evictFor(long nowNs, Tsdu tsdu) {
        for (int i = 0; i < EVICTIONS && evictNewest(nowNs, tsdu.sqn()); i++) {
            if (place(tsdu)) {
                return true;
            }
        }
        return false;
    }

    /** A packet found no room; answers whether older ones were given up for it. */
    private boolean onNoRoom(long nowNs, int sqn) {
        counters.increment(ReceiverCounter.NO_ROOM);
        if (!isOpen || isStalled) {
            return false;
        }
        return switch (lag.onNoRoom(nowNs, sqn, bounds.edge)) {
            case CATCH_UP -> false;
            case GIVE_WAY -> giveWay(sqn);
            case SKIP -> {
                counters.increment(ReceiverCounter.FELL_BEHIND);
                jump(lag.target(), LossCause.WINDOW_OVERFLOW);
                yield false;
            }
        };
    }

    /**
     * Gives up the oldest gaps before a number, until it is within reach and what waited behind the first one is out. Not
     * when it is other sessions that take the room.
     */
    private boolean giveWay(int sqn) {
        if (before(sqn, limit()) && 2 * window.chargedBytes() < config.windowBytes()) {
            return false;
        }
        boolean isOut = false;
        for (int i = 0; i < GAPS_AT_ONCE && (!isOut || !before(sqn, limit())); i++) {
            int first = gaps.firstMissing(sqn);
            if (!before(first, sqn)) {
                return isOut;
            }
            Gap gap = gaps.find(first);
            losses.lose(first, gap == null ? first + 1 : min(gap.end(), sqn), LossCause.WINDOW_OVERFLOW);
            drain();
            isOut = true;
        }
        return isOut;
    }

    private boolean placeAgain(long nowNs, Tsdu tsdu, long bornNs) {
        Gap gap = gaps.find(tsdu.sqn());
        if (gap == null || gap.isLost) {
            return true;
        }
        gaps.fill(tsdu.sqn());
        boolean isPlaced = place(tsdu);
        if (!isPlaced) {
            gaps.reopen(tsdu.sqn(), bornNs, nowNs, backOff.nextNs());
        }
        return isPlaced;
    }

    /** The source says, or somebody confirmed, that everything up to this number was sent. */
    void onLead(long nowNs, int announced) {
        bounds.hear(announced);
        int target = min(announced, limit() - 1);
        if (after(target, bounds.lead)) {
            gaps.open(bounds.lead + 1, target - bounds.lead, nowNs, backOff.nextNs());
            bounds.lead = target;
        }
    }

    /** A second packet says so: up to this number the lead is no forgery. */
    void confirmLead(int sqn) {
        bounds.seenLead = max(bounds.seenLead, min(sqn, bounds.lead));
    }

    /** The source cannot repair anything before this number any more. */
    void onTrail(long nowNs, int trail) {
        if (!after(trail, bounds.edge)) {
            return;
        }
        if (after(trail, limit())) {
            jump(trail, LossCause.TRAIL_PASSED);
            return;
        }
        onLead(nowNs, trail - 1);
        bounds.seenLead = max(bounds.seenLead, trail - 1);
        for (int i = 0; i < gaps.size() && before(gaps.get(i).first(), trail); i++) {
            Gap gap = gaps.get(i);
            if (!gap.isLost) {
                int end = min(gap.end(), trail);
                losses.lose(gap.first(), end, trailCause(gap));
                i = gaps.indexFrom(end) - 1;
                lag.onPassed();
            }
        }
        drain();
    }

    /** Everything missing before this number is lost; in one step, however far it is. */
    void jump(int newEdge, LossCause cause) {
        losses.loseMissing(cause);
        if (after(newEdge, bounds.lead + 1)) {
            int from = bounds.lead + 1;
            bounds.lead = newEdge - 1;
            losses.lose(from, newEdge, cause);
        }
        bounds.seenLead = bounds.lead;
        if (isOpen) {
            force();
        } else {
            int first = StreamBounds.farthest(bounds.start, newEdge);
            begin(newEdge);
            reportAtOpening(first, newEdge, cause);
        }
    }

    /** The end: what is missing is lost, everything that can be is handed out, and what is left is no whole APDU. */
    void finish(LossCause cause) {
        losses.loseMissing(cause);
        force();
        int end = bounds.heardLead() + 1;
        if (isOpen && before(bounds.lead + 1, end)) {
            int from = bounds.lead + 1;
            bounds.lead = end - 1;
            losses.lose(from, end, cause);
            force();
        }
        int last = bounds.edge - 1;
        while (isOpen && before(bounds.edge, end) && bounds.edge != last) {
            last = bounds.edge;
            losses.loseApdu(last, cause);
            force();
        }
        assert !isOpen || !before(bounds.edge, end);
    }

    /** A repair was given up. Numbers that a single SPM or NCF spoke of, and nothing else, are forgotten instead. */
    void giveUp(Gap gap, LossCause cause) {
        int first = gap.first();
        int end = gap.end();
        LossCause why = gap.hadNoRoom ? LossCause.WINDOW_OVERFLOW : cause;
        if (after(end - 1, bounds.seenLead) && end - 1 == bounds.lead) {
            bounds.forget(max(first - 1, bounds.seenLead));
            gaps.dropFrom(bounds.lead + 1);
            end = bounds.lead + 1;
        }
        if (first != end) {
            losses.lose(first, end, why);
            drain();
        }
    }

    /** Makes room by dropping the newest packet after a number, which becomes missing; answers whether there was one. */
    boolean evictNewest(long nowNs, int after) {
        return eviction.evictNewest(nowNs, bounds.lead, after);
    }

    /** Gives back what is only there for the next gap. */
    void trim() {
        window.trim();
    }

    /** Drops everything. */
    void close() {
        window.close();
        gaps.clear();
    }

    /** Delivers or stores a packet that no gap speaks of any more; false when there is no room for it. */
    private boolean place(Tsdu tsdu) {
        int sqn = tsdu.sqn();
        if (tsdu.isFragment()) {
            return placeFragment(tsdu);
        }
        if (isOpen && (sqn == bounds.edge || !isContiguous && window.canMark(sqn)) && hasCapacity(sqn, tsdu.length())) {
            int flags = flags(sqn, tsdu.isRepair());
            resolve(sqn, sqn);
            counters.increment(ReceiverCounter.APDUS);
            audience.onApdu(sqn, sqn, tsdu.buffer(), tsdu.at(), tsdu.length(), flags);
            return true;
        }
        return window.store(sqn, tsdu.buffer(), tsdu.at(), tsdu.length(), tsdu.isRepair());
    }

    private boolean placeFragment(Tsdu tsdu) {
        int sqn = tsdu.sqn();
        int first = tsdu.apduFirst();
        if (tsdu.apduLength() > config.maxApduBytes() || sqn - first >= config.maxFragments()) {
            losses.lose(sqn, sqn + 1, LossCause.MALFORMED);
            return true;
        }
        if (losses.isHopeless(first, sqn)) {
            losses.loseRest(first, sqn);
            return true;
        }
        if (!window.store(sqn, tsdu.buffer(), tsdu.at(), tsdu.length(), tsdu.isRepair())) {
            return false;
        }
        if (!window.addFragment(sqn, first, (int) tsdu.apduOffset(), (int) tsdu.apduLength())) {
            losses.loseApdu(first, LossCause.MALFORMED);
        } else if (isOpen && !isContiguous && isWhole(first)) {
            handOutApdu(first);
        }
        return true;
    }

    /** Moves the edge over everything that is resolved, and resolves what can be. */
    private void drain() {
        while (isOpen && !before(bounds.lead, bounds.edge)) {
            Gap gap = gaps.firstOrNull();
            if (gap == null || gap.first() != bounds.edge) {
                if (!passStored(gap)) {
                    return;
                }
            } else if (gap.isLost) {
                passLost(gap);
            } else {
                return;
            }
        }
    }

    private void passLost(Gap gap) {
        int first = gap.first();
        int count = gap.count();
        LossCause cause = gap.cause;
        moveEdge(gap.end());
        gaps.dropBefore(bounds.edge);
        losses.passed(bounds.edge, cause);
        if (isContiguous) {
            losses.report(first, count, cause);
        }
    }

    /** Passes what is at the edge and no gap; false when it has to wait. The gap is the next one. */
    private boolean passStored(@Nullable Gap gap) {
        int edge = bounds.edge;
        if (window.isMarked(edge)) {
            moveEdge(edge + 1);
            return true;
        }
        if (!window.isFragment(edge)) {
            return handOutPacket(edge);
        }
        if (window.apduFirst(edge) != edge) {
            losses.loseRest(window.apduFirst(edge), edge);
            return true;
        }
        if (isWhole(edge)) {
            return handOutApdu(edge);
        }
        int before = gap == null ? bounds.lead : gap.first() - 1;
        if (!window.isFragment(before) || window.apduFirst(before) != edge) {
            losses.loseApdu(edge, LossCause.MALFORMED);
            return true;
        }
        if (gap == null || !gap.isLost) {
            return false;
        }
        losses.loseApdu(edge, gap.cause);
        return true;
    }

    /** Hands out everything whole beyond the edge. */
    private void handOutWhole() {
        for (int sqn = bounds.edge; !before(bounds.lead, sqn) && !isStalled; sqn++) {
            Gap gap = gaps.find(sqn);
            if (gap != null) {
                sqn = gap.end() - 1;
            } else if (window.isStored(sqn) && !window.isFragment(sqn)) {
                handOutPacket(sqn);
            } else if (window.isFragment(sqn) && window.apduFirst(sqn) == sqn && isWhole(sqn)) {
                handOutApdu(sqn);
            }
        }
    }

    private boolean handOutPacket(int sqn) {
        int length = window.length(sqn);
        if (!hasCapacity(sqn, length)) {
            return false;
        }
        ByteBuf packet = window.packet(sqn).retain();
        int flags = flags(sqn, window.isRepair(sqn));
        resolve(sqn, sqn);
        counters.increment(ReceiverCounter.APDUS);
        try {
            audience.onApdu(sqn, sqn, packet, 0, length, flags);
        } finally {
            packet.release();
        }
        return true;
    }

    /** Hands out an APDU of which all bytes are here; false when it has to wait. */
    private boolean handOutApdu(int first) {
        int length = window.apduLength(first);
        if (!hasCapacity(first, length)) {
            return false;
        }
        ByteBuf apdu = assembler.assemble(window, first);
        if (apdu == null) {
            losses.loseApdu(first, LossCause.MALFORMED);
            return true;
        }
        int last = assembler.lastSqn();
        int flags = flags(first, assembler.isRepaired());
        resolve(first, last);
        counters.increment(ReceiverCounter.APDUS);
        audience.onApdu(first, last, apdu, 0, length, flags);
        assembler.recycle();
        return true;
    }

    /** These numbers are handed out: the edge passes them, or marks stay. */
    private void resolve(int first, int last) {
        if (first == bounds.edge) {
            moveEdge(last + 1);
            return;
        }
        for (int sqn = first; !after(sqn, last); sqn++) {
            window.mark(sqn);
        }
    }

    private void moveEdge(int newEdge) {
        bounds.moveEdge(newEdge);
        window.moveEdge(newEdge);
        isReplaying &= !after(newEdge, replayedTo);
    }

    private void force() {
        isForced = true;
        resume();
        isForced = false;
    }

    private boolean isWhole(int first) {
        int length = window.apduLength(first);
        return length > 0 && window.apduGot(first) == length;
    }

    /** At the edge of a stream without order there always is: what lies there sets free what handlers keep. */
    private boolean hasCapacity(int sqn, int bytes) {
        boolean has = isForced || !isContiguous && sqn == bounds.edge || audience.capacityBytes() >= bytes;
        isStalled |= !has;
        return has;
    }

    private int flags(int first, boolean isRepaired) {
        int flags = isRepaired ? ApduFlags.REPAIRED : 0;
        return isReplaying && !after(first, replayedTo) ? flags | ApduFlags.REPLAYED : flags;
    }

    private LossCause trailCause(Gap gap) {
        if (isReplaying && !after(gap.first(), replayedTo)) {
            return LossCause.HISTORY_GONE;
        }
        return gap.hadNoRoom ? LossCause.WINDOW_OVERFLOW : LossCause.TRAIL_PASSED;
    }
}
