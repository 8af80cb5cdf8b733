package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.after;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.SendLimitConfig;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.engine.wire.StatusOption;

/**
 * Lets a source run ahead as far as the slowest of its receivers can take it: {@code pgm.sendLimit=min}. Receivers report
 * the last number they can take; one that says nothing, or takes nothing while data waits, is gone on without after a while.
 *
 * <pre>
 *   unknown --a status that is ahead of the source--> counted --leaves or is silent--> unknown
 *                                                   |     ^
 *                               holds for too long  v     |  has half of its room again
 *                                                   stuck --silent--> unknown
 * </pre>
 *
 * <p>A receiver that is behind is not counted before it has caught up, so nothing that is heard can stop a source for longer
 * than silence and patience allow; what a receiver said is never taken back, so that late or repeated packets do no harm.
 * The table is bounded, in all and by address. Owned by its source; not thread-safe.
 */
public final class SlowestReceiver implements SendLimit {
    static final int MAX_RECEIVERS = 1024;
    static final int MAX_PER_ADDRESS = 64;

    /** The farthest a receiver can let a source go. */
    static final int MAX_AHEAD = 1 << 20;

    private static final int STATUSES_PER_SECOND = 20_000;
    private static final int CHECKS_PER_SILENCE = 4;
    private static final int REPORTS_PER_SILENCE = 4;
    private static final Entry[] NOBODY = new Entry[0];

    /** What became of a receiver. */
    public enum Change {
        /** It reported for the first time. */
        CAME,
        /** It said that it leaves. */
        LEFT,
        /** It said nothing for too long. */
        SILENT,
        /** It took nothing for too long. */
        STUCK
    }

    /** Hears which receivers the source counts. */
    public interface Watcher {
        /** A receiver came or went; {@code receivers} are left. */
        void onReceiver(Change change, Nla address, int receivers);
    }

    private static final class Entry {
        final int id;
        final Nla address;
        int limitSqn;
        int takenSqn;
        int roomBytes;
        int mostRoomBytes;
        boolean isStuck;
        long heardNs;
        long movedNs;

        Entry(int id, Nla address, int limitSqn) {
            this.id = id;
            this.address = address;
            this.limitSqn = limitSqn;
        }
    }

    private final SendLimitConfig config;
    private final Counters<SourceCounter> counters;
    private final Watcher watcher;
    private final PacketGate gate;
    private final int mostUnconfirmed;

    private Entry[] entries = NOBODY;
    private int size;
    private boolean hasStarted;
    private int lead;
    private boolean isHeld;
    private long heldSinceNs;
    private long checkNs;

    /**
     * Of a source that has sent nothing.
     *
     * @param maxPacketBytes the longest packet in the source's window
     */
    public SlowestReceiver(
            SourceConfig source, int maxPacketBytes, Counters<SourceCounter> counters, Watcher watcher, long nowNs) {
        this.config = source.sendLimit();
        this.counters = counters;
        this.watcher = watcher;
        this.gate = new PacketGate(STATUSES_PER_SECOND, STATUSES_PER_SECOND, nowNs);
        // A quarter stays for packets that nobody has reported yet when the oldest has to go.
        long packets = Math.min(source.windowPackets(), source.windowBytes() / maxPacketBytes) / 4 * 3;
        this.mostUnconfirmed = (int) Math.max(1, Math.min(packets, MAX_AHEAD));
        this.lead = source.firstSqn() - 1;
        this.hasStarted = config.receivers() == 0;
        this.checkNs = nowNs;
    }

    @Override
    public int limitSqn(long nowNs, int sentLead) {
        lead = sentLead;
        if (nowNs - checkNs >= 0) {
            dropLost(nowNs);
            checkNs = nowNs + config.silenceNs() / CHECKS_PER_SILENCE;
        }
        if (!hasStarted) {
            return sentLead;
        }
        int ahead = Integer.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            if (!entries[i].isStuck) {
                ahead = Math.min(ahead, limit(entries[i]) - sentLead);
            }
        }
        return sentLead + Math.max(0, ahead);
    }

    /** Also what it is to take must not fall out of the window before. */
    private int limit(Entry entry) {
        int unconfirmed = entry.takenSqn + mostUnconfirmed;
        return after(entry.limitSqn, unconfirmed) ? unconfirmed : entry.limitSqn;
    }

    @Override
    public void onTried(long nowNs, boolean newIsHeld) {
        if (newIsHeld && !isHeld) {
            heldSinceNs = nowNs;
            counters.increment(SourceCounter.LIMIT_WAITS);
        }
        isHeld = newIsHeld;
    }

    @Override
    public long heldNs(long nowNs) {
        return isHeld ? nowNs - heldSinceNs : 0;
    }

    @Override
    public void onFeedback(long nowNs, Nla from, PacketView packet) {
        if (!packet.options().has(OptionType.STATUS)) {
            return;
        }
        if (gate.available(nowNs) <= 0) {
            counters.increment(SourceCounter.STATUSES_REFUSED);
            return;
        }
        gate.take(1, nowNs);
        StatusOption status = packet.options().status();
        Entry entry = find(status.receiver());
        boolean isGood = entry == null
                ? status.isLeaving() || admit(nowNs, from, packet.ack().highestSqn(), status)
                : entry.address.equals(from)
                        && update(nowNs, entry, packet.ack().highestSqn(), status);
        counters.increment(isGood ? SourceCounter.STATUSES_RECEIVED : SourceCounter.STATUSES_REFUSED);
    }

    private @Nullable Entry find(int id) {
        for (int i = 0; i < size; i++) {
            if (entries[i].id == id) {
                return entries[i];
            }
        }
        return null;
    }

    private boolean admit(long nowNs, Nla from, int taken, StatusOption status) {
        int ahead = status.limitSqn() - lead;
        if (ahead <= 0 || ahead > MAX_AHEAD || !isPlausible(taken, lead - mostUnconfirmed) || isFull(from)) {
            return false;
        }
        Entry entry = new Entry(status.receiver(), from, status.limitSqn());
        entry.takenSqn = taken;
        entry.roomBytes = status.roomBytes();
        entry.mostRoomBytes = status.roomBytes();
        entry.heardNs = nowNs;
        entry.movedNs = nowNs;
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, Math.max(4, 2 * size));
        }
        entries[size++] = entry;
        hasStarted |= size >= config.receivers();
        tell(Change.CAME, from);
        return true;
    }

    private boolean isFull(Nla from) {
        int ofAddress = 0;
        for (int i = 0; i < size; i++) {
            ofAddress += entries[i].address.equals(from) ? 1 : 0;
        }
        return size >= MAX_RECEIVERS || ofAddress >= MAX_PER_ADDRESS;
    }

    /** Whether somebody can have taken everything up to this number, and no less than before. */
    private boolean isPlausible(int taken, int before) {
        return taken - before >= 0 && taken - lead <= MAX_AHEAD;
    }

    private boolean update(long nowNs, Entry entry, int taken, StatusOption status) {
        if (status.isLeaving()) {
            remove(entry, Change.LEFT);
            return true;
        }
        if (status.limitSqn() - lead > MAX_AHEAD || taken - lead > MAX_AHEAD) {
            return false;
        }
        entry.heardNs = nowNs;
        boolean isNewer = after(status.limitSqn(), entry.limitSqn);
        if (isNewer || status.roomBytes() != entry.roomBytes) {
            entry.movedNs = nowNs;
        }
        if (isNewer) {
            entry.limitSqn = status.limitSqn();
        }
        if (isPlausible(taken, entry.takenSqn)) {
            entry.takenSqn = taken;
        }
        entry.roomBytes = status.roomBytes();
        entry.mostRoomBytes = Math.max(entry.mostRoomBytes, entry.roomBytes);
        if (entry.isStuck && entry.roomBytes >= entry.mostRoomBytes / 2 && after(limit(entry), lead)) {
            entry.isStuck = false;
            tell(Change.CAME, entry.address);
        }
        return true;
    }

    private void dropLost(long nowNs) {
        for (int i = size - 1; i >= 0; i--) {
            Entry entry = entries[i];
            if (nowNs - entry.heardNs >= config.silenceNs()) {
                counters.add(SourceCounter.RECEIVERS_DROPPED, entry.isStuck ? 0 : 1);
                remove(entry, Change.SILENT);
            } else if (isStuck(nowNs, entry)) {
                counters.increment(SourceCounter.RECEIVERS_DROPPED);
                entry.isStuck = true;
                tell(Change.STUCK, entry.address);
            }
        }
    }

    private boolean isStuck(long nowNs, Entry entry) {
        if (entry.isStuck || !isHeld || config.patienceNs() == 0 || after(limit(entry), lead)) {
            return false;
        }
        long sinceNs = entry.movedNs - heldSinceNs > 0 ? entry.movedNs : heldSinceNs;
        return nowNs - sinceNs >= config.patienceNs();
    }

    private void remove(Entry entry, Change why) {
        for (int i = 0; i < size; i++) {
            if (entries[i].id == entry.id) {
                size--;
                System.arraycopy(entries, i + 1, entries, i, size - i);
                break;
            }
        }
        if (!entry.isStuck || why == Change.LEFT) {
            tell(why, entry.address);
        }
    }

    private void tell(Change change, Nla address) {
        int counted = 0;
        for (int i = 0; i < size; i++) {
            counted += entries[i].isStuck ? 0 : 1;
        }
        watcher.onReceiver(change, address, counted);
    }

    @Override
    public long statusIntervalNs() {
        return config.silenceNs() / REPORTS_PER_SILENCE;
    }

    @Override
    public long nextDeadlineNs() {
        return size > 0 || isHeld ? checkNs : ProtocolHalf.NONE;
    }
}
