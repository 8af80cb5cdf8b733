package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.after;

import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.window.TransmitWindow;
import org.pgmjms.engine.wire.DataEncoder;
import org.pgmjms.engine.wire.PacketType;

/**
 * Sends data and repairs, as far as rate, limit and socket allow. Repairs go first while they keep to their share of the
 * rate; they have all of it when no data waits, or when so many wait that they would fall out of the window: then data
 * waits, but never for longer than {@link #MAX_DATA_WAIT_NS} without a turn as long, so that nobody can silence a source by
 * asking, and not at all while more ask than are listened to. Packets that the socket refused go first next time.
 *
 * <p>Owned by its source; not thread-safe.
 */
final class DataPump {
    /** The most packets handed to the sink before it is flushed: some runs of the longest datagram. */
    static final int MAX_BATCH = 128;

    /** How long a socket that refused a packet is left alone. */
    static final long RETRY_NS = 1_000_000;

    /** How long data waits at most for a crowd of repairs. */
    static final long MAX_DATA_WAIT_NS = 500_000_000;

    private static final int MIN_CROWD = 16;
    private static final int CROWD_SHARE = 4;

    private final SourceCore core;
    private final TransmitWindow window;
    private final RepairQueue repairs;
    private final SendCredit credit;
    private final DataPacker packer;
    private final WindowReservations reservations;
    private final SpmSchedule schedule;
    private final int maxCost;
    private final int[] batch = new int[MAX_BATCH];

    private boolean isRefused;
    private boolean isWindowStuck;
    private boolean isCrowded;
    private long crowdedSinceNs;
    private boolean isTurnOfRepairs;
    private boolean hasSent;
    private long bornNs;
    private int limitSqn;
    private long dueNs = ProtocolHalf.NONE;

    DataPump(SourceCore core, DataPacker packer, WindowReservations reservations, SpmSchedule schedule) {
        this.core = core;
        this.window = core.window();
        this.repairs = core.repairs();
        this.credit = core.credit();
        this.packer = packer;
        this.reservations = reservations;
        this.schedule = schedule;
        this.maxCost = core.context().cost(core.context().maxTpduPayload());
    }

    /** Whether any data was ever sent: the session is born. */
    boolean hasSent() {
        return hasSent;
    }

    /** When data was first sent; good once {@link #hasSent}. */
    long bornNs() {
        return bornNs;
    }

    /** When {@link #pump} can do more than now, or {@link ProtocolHalf#NONE}. */
    long dueNs() {
        return dueNs;
    }

    /** Whether data waits, in the window or in the supply. */
    boolean hasDataWaiting() {
        return window.unsentSize() > 0 || packer.hasMore();
    }

    /** Whether anything in the window waits to leave. */
    boolean hasQueued() {
        return window.unsentSize() > 0 || !repairs.isEmpty();
    }

    /**
     * Sends what can be sent now.
     *
     * @param pulls whether new data is taken from the supply
     * @param heads whether that data only repeats what is known: it starts no idle period
     */
    void pump(boolean pulls, boolean heads, long nowNs) {
        if (isRefused && dueNs - nowNs > 0) {
            return;
        }
        isRefused = false;
        isWindowStuck = false;
        core.evictAged(nowNs);
        followCrowd(nowNs);
        limitSqn = core.spis().limit().limitSqn(nowNs, window.sentLead());
        boolean again = true;
        while (again && !isRefused) {
            boolean wasStuck = isWindowStuck;
            again = sendRepairs(isDataReady(pulls), nowNs);
            if (again) {
                isWindowStuck = false;
            }
            if (!isRefused && !doRepairsComeFirst()) {
                again |= sendData(pulls, heads, nowNs);
            }
            again |= isWindowStuck && !wasStuck;
        }
        if (pulls && !packer.hasMore()) {
            reservations.onSupplyEmpty();
        }
        SendLimit limit = core.spis().limit();
        limit.onTried(nowNs, isHeld(pulls));
        dueNs = isRefused ? nowNs + RETRY_NS : Deadlines.earlier(readyNs(pulls, nowNs), limit.nextDeadlineNs());
    }

    private boolean isHeld(boolean pulls) {
        return after(window.sentLead() + 1, limitSqn) && (window.unsentSize() > 0 || pulls && packer.hasMore());
    }

    /** Whether data could leave if there were credit for it. */
    private boolean isDataReady(boolean pulls) {
        if (after(window.sentLead() + 1, limitSqn)) {
            return false;
        }
        return window.unsentSize() > 0 || pulls && !isWindowStuck && packer.hasMore();
    }

    /** Whether so many repairs wait that they are a good part of the window. */
    private boolean isCrowd() {
        return repairs.size() > Math.max(MIN_CROWD, window.sentSize() / CROWD_SHARE);
    }

    /** Gives repairs and data turns of equal length while there is a crowd, repairs the first. */
    private void followCrowd(long nowNs) {
        boolean wasCrowded = isCrowded;
        isCrowded = isCrowd();
        if (isCrowded && !wasCrowded) {
            crowdedSinceNs = nowNs;
        }
        isTurnOfRepairs = !credit.isFlooded(nowNs) && (nowNs - crowdedSinceNs) / MAX_DATA_WAIT_NS % 2 == 0;
    }

    private boolean doRepairsComeFirst() {
        return isCrowd() && isTurnOfRepairs;
    }

    private boolean isShared(boolean dataReady) {
        return dataReady && !doRepairsComeFirst();
    }

    private long readyNs(boolean pulls, long nowNs) {
        boolean dataReady = isDataReady(pulls);
        long readyNs = ProtocolHalf.NONE;
        if (!repairs.isEmpty()) {
            readyNs = credit.repairReadyNs(core.cost(repairs.peek()), isShared(dataReady), nowNs);
        }
        if (dataReady && !doRepairsComeFirst()) {
            core.count(SourceCounter.RATE_WAITS);
            int cost = window.unsentSize() > 0 ? core.cost(window.sentLead() + 1) : maxCost;
            long dataNs = credit.dataReadyNs(cost, nowNs);
            readyNs = readyNs == ProtocolHalf.NONE || dataNs - readyNs < 0 ? dataNs : readyNs;
        }
        return readyNs;
    }

    /** Sends repairs while there is credit; answers whether any left. */
    private boolean sendRepairs(boolean dataReady, long nowNs) {
        boolean moved = false;
        while (!isRefused && !repairs.isEmpty()) {
            int count = collectRepairs(dataReady, nowNs);
            if (count == 0) {
                break;
            }
            int sent = count - core.sink().flush();
            for (int i = 0; i < sent; i++) {
                window.attend(batch[i], nowNs);
                core.count(SourceCounter.RDATA_SENT);
                core.count(SourceCounter.RDATA_BYTES, core.payloadLength(batch[i]));
            }
            for (int i = sent; i < count; i++) {
                repairs.add(batch[i]);
                credit.giveBackRepair(core.cost(batch[i]));
            }
            onFlushed(count - sent);
            moved |= sent > 0;
        }
        return moved;
    }

    private int collectRepairs(boolean dataReady, long nowNs) {
        int count = 0;
        while (count < MAX_BATCH && !repairs.isEmpty()) {
            int sqn = repairs.peek();
            int cost = core.cost(sqn);
            if (!credit.allowsRepair(cost, isShared(dataReady), nowNs)) {
                break;
            }
            repairs.poll();
            credit.takeRepair(cost, nowNs);
            rewrite(sqn, PacketType.RDATA);
            core.collect(sqn);
            batch[count++] = sqn;
        }
        return count;
    }

    /** Sends data while there is credit; answers whether any left. */
    private boolean sendData(boolean pulls, boolean heads, long nowNs) {
        boolean moved = false;
        int count;
        do {
            count = storeBatch(pulls, nowNs);
            moved |= count > 0 && flushData(count, heads, nowNs);
        } while (count == MAX_BATCH && !isRefused);
        return moved;
    }

    /** Takes credit for a batch of unsent packets, building new ones as needed; answers how many. */
    private int storeBatch(boolean pulls, long nowNs) {
        int count = 0;
        int runBytes = 0;
        while (count < MAX_BATCH) {
            int sqn = window.sentLead() + 1 + count;
            if (after(sqn, limitSqn)) {
                break;
            }
            if (after(sqn, window.lead())) {
                if (!pulls || !packer.hasMore() || !credit.allowsData(maxCost, nowNs)) {
                    break;
                }
                if (!packer.tryStore(runBytes, nowNs)) {
                    isWindowStuck = true;
                    break;
                }
            } else if (!credit.allowsData(core.cost(sqn), nowNs)) {
                break;
            }
            credit.takeData(core.cost(sqn));
            runBytes = core.sink().sendsRuns() ? core.payloadLength(sqn) : 0;
            count++;
        }
        return count;
    }

    /** Sends the first unsent packets, all with the trail of this moment; answers whether any left. */
    private boolean flushData(int count, boolean heads, long nowNs) {
        int first = window.sentLead() + 1;
        for (int i = 0; i < count; i++) {
            rewrite(first + i, PacketType.ODATA);
            core.collect(first + i);
        }
        int sent = count - core.sink().flush();
        for (int i = 0; i < sent; i++) {
            window.markNextSent(nowNs);
            core.count(SourceCounter.ODATA_SENT);
            core.count(SourceCounter.ODATA_BYTES, core.payloadLength(first + i));
        }
        for (int i = sent; i < count; i++) {
            credit.giveBack(core.cost(first + i));
        }
        onFlushed(count - sent);
        if (sent == 0) {
            return false;
        }
        if (!hasSent) {
            hasSent = true;
            bornNs = nowNs;
        }
        schedule.onData(heads, nowNs);
        return true;
    }

    private void onFlushed(int refused) {
        isRefused = refused > 0;
        core.count(SourceCounter.SEND_REFUSED, refused);
    }

    private void rewrite(int sqn, PacketType type) {
        DataEncoder.rewrite(window.buffer(sqn), window.offset(sqn), type, window.trail());
    }
}
