package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.before;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.window.TransmitWindow;
import org.pgmjms.engine.wire.NakDecoder;
import org.pgmjms.engine.wire.NakEncoder;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;

/**
 * Answers NAKs: confirms at once, then queues the repairs. RFC 3208, sections 5.2 and 5.3.
 *
 * <p>A number that waits to be repaired or has just been is not queued again; it is confirmed again once the hold-off
 * has passed. A number that has left the window is confirmed, and an SPM tells the asker the truth. A number that was
 * never sent is left out, since receivers would believe it. A NAK that cannot be confirmed counts as lost.
 *
 * <p>Owned by its source; not thread-safe.
 */
final class NakResponder {
    private final SourceCore core;
    private final TransmitWindow window;
    private final RepairQueue repairs;
    private final SpmSchedule schedule;
    private final ByteBuf scratch;
    private final NakBudget budget;
    private final NakSenders senders = new NakSenders();
    private final NakEncoder encoder = new NakEncoder();
    private final int[] numbers = new int[NakEncoder.MAX_NUMBERS];

    NakResponder(SourceCore core, SpmSchedule schedule, ByteBuf scratch, long nowNs) {
        this.core = core;
        this.window = core.window();
        this.repairs = core.repairs();
        this.schedule = schedule;
        this.scratch = scratch;
        this.budget = new NakBudget(
                core.config().nakPacketsPerSecondPerSender(), core.config().nakPacketsPerSecond(), nowNs);
    }

    /**
     * Takes a NAK of this session.
     *
     * @param sent how many packets were ever sent
     */
    void onNak(PacketView packet, Nla from, int fromPort, long sent, long nowNs) {
        NakDecoder nak = packet.nak();
        SourceContext context = core.context();
        if (packet.hasParity() || !nak.sourceEquals(context.path()) || !nak.groupEquals(context.group())) {
            core.count(SourceCounter.NAKS_FOREIGN);
            return;
        }
        if (!isInBudget(from, fromPort, nowNs)) {
            core.count(SourceCounter.NAKS_OVER_BUDGET);
            onFlood(nowNs);
            return;
        }
        core.count(SourceCounter.NAKS_RECEIVED);
        core.count(SourceCounter.NAK_NUMBERS, nak.count());
        senders.add(from, fromPort, nak.count());
        int count = selectSent(nak, sent);
        if (needsConfirmation(count, nowNs) && !confirm(count, nowNs)) {
            return;
        }
        queue(count, nowNs);
    }

    /** Who asked for most, most first. */
    List<NakSenderStats> senders() {
        return senders.list();
    }

    private void onFlood(long nowNs) {
        if (core.credit().onFlood(nowNs)) {
            core.count(SourceCounter.NAK_FLOODS);
        }
    }

    /** What comes from this host may have been forwarded for others, and has no budget of its own. */
    private boolean isInBudget(Nla from, int fromPort, long nowNs) {
        return from.isLoopback() || from.equals(core.context().path())
                ? budget.tryTakeForwarded(nowNs)
                : budget.tryTake(from, fromPort, nowNs);
    }

    /** Keeps those numbers that were sent once, and says how many. */
    private int selectSent(NakDecoder nak, long sent) {
        int count = 0;
        for (int i = 0; i < nak.count() && count < numbers.length; i++) {
            int sqn = nak.sqn(i);
            int behind = window.sentLead() - sqn;
            if (behind < 0 || behind >= sent) {
                core.count(SourceCounter.NAKS_BEYOND_LEAD);
            } else {
                numbers[count++] = sqn;
            }
        }
        return count;
    }

    private boolean needsConfirmation(int count, long nowNs) {
        for (int i = 0; i < count; i++) {
            if (!isAttended(numbers[i], nowNs)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAttended(int sqn, long nowNs) {
        return window.contains(sqn)
                && nowNs - window.attendedAtNs(sqn) < core.config().repairHoldOffNs();
    }

    /** Sends the NCF; false when rate or socket do not allow it. RFC 3208, section 9.1. */
    private boolean confirm(int count, long nowNs) {
        SourceContext context = core.context();
        encoder.wrap(scratch, 0)
                .type(PacketType.NCF)
                .session(core.tsi(), context.destinationPort())
                .sqn(numbers[0])
                .source(context.path())
                .group(context.group());
        for (int i = 1; i < count; i++) {
            encoder.add(numbers[i]);
        }
        int length = encoder.finish();
        int cost = context.cost(length);
        if (core.credit().isTooMuchWanted(cost, nowNs)) {
            onFlood(nowNs);
        }
        if (!core.credit().tryTakeConfirmation(cost, nowNs)) {
            core.count(SourceCounter.NAKS_OVER_BUDGET);
            return false;
        }
        core.sink().toGroup(scratch, 0, length);
        if (core.sink().flush() > 0) {
            core.credit().giveBack(cost);
            core.count(SourceCounter.SEND_REFUSED);
            return false;
        }
        core.count(SourceCounter.NCF_SENT);
        return true;
    }

    private void queue(int count, long nowNs) {
        for (int i = 0; i < count; i++) {
            int sqn = numbers[i];
            if (before(sqn, window.trail())) {
                core.count(SourceCounter.NAKS_TOO_LATE);
                schedule.requestSpaced(nowNs);
                continue;
            }
            boolean attended = isAttended(sqn, nowNs);
            if (!attended) {
                window.attend(sqn, nowNs);
            }
            if (attended || !repairs.add(sqn)) {
                core.count(SourceCounter.NAK_DUPLICATES);
            }
        }
    }
}
