package org.pgmjms.engine.protocol;

import static org.pgmjms.engine.wire.SequenceNumber.after;

import io.netty.buffer.ByteBuf;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.window.TransmitWindow;
import org.pgmjms.engine.wire.SpmEncoder;

/**
 * Builds and sends SPMs. RFC 3208, section 5.1.4. Numbers them from 0.
 *
 * <p>Owned by its source; not thread-safe.
 */
final class SpmSender {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int PERCENT = 100;

    /** How a session ends. */
    enum Ending {
        NONE,
        FIN,
        RST
    }

    private final SourceCore core;
    private final TransmitWindow window;
    private final ByteBuf scratch;
    private final DataPump pump;
    private final SpmEncoder encoder = new SpmEncoder();

    private int sqn;
    private Ending ending = Ending.NONE;
    private int resetCode;
    private long blockedUntilNs = ProtocolHalf.NONE;

    SpmSender(SourceCore core, DataPump pump, ByteBuf scratch) {
        this.core = core;
        this.window = core.window();
        this.pump = pump;
        this.scratch = scratch;
    }

    /** From now on SPMs say that the session is complete. */
    void announceFin() {
        ending = Ending.FIN;
    }

    /** From now on SPMs say that the session was given up, and that NAKs are not answered. */
    void announceReset(int code) {
        ending = Ending.RST;
        resetCode = code;
    }

    /** When an SPM that is due at this time can leave. */
    long readyNs(long dueNs) {
        return blockedUntilNs != ProtocolHalf.NONE && blockedUntilNs - dueNs > 0 ? blockedUntilNs : dueNs;
    }

    /** Sends one; false when rate or socket do not allow it before {@link #readyNs}. */
    boolean trySend(long nowNs) {
        if (blockedUntilNs != ProtocolHalf.NONE && blockedUntilNs - nowNs > 0) {
            return false;
        }
        int length = encode(nowNs);
        int cost = core.context().cost(length);
        if (!core.credit().tryTakeSpm(cost, nowNs)) {
            blockedUntilNs = core.credit().spmReadyNs(cost, nowNs);
            return false;
        }
        core.sink().toGroup(scratch, 0, length);
        if (core.sink().flush() > 0) {
            core.credit().giveBack(cost);
            core.count(SourceCounter.SEND_REFUSED);
            blockedUntilNs = nowNs + DataPump.RETRY_NS;
            return false;
        }
        blockedUntilNs = ProtocolHalf.NONE;
        sqn++;
        core.count(SourceCounter.SPM_SENT);
        return true;
    }

    /** A delay from 0 to this, different from source to source and from SPM to SPM, and the same in each run. */
    long spread(long maxNs) {
        long mixed = (core.tsi() + sqn) * 0x9E37_79B9_7F4A_7C15L;
        return ((mixed ^ mixed >>> Integer.SIZE) & Long.MAX_VALUE) % (maxNs + 1);
    }

    private int encode(long nowNs) {
        SourceConfig config = core.config();
        SourceContext context = core.context();
        encoder.wrap(scratch, 0)
                .session(core.tsi(), context.destinationPort())
                .sqn(sqn)
                .trail(window.trail())
                .lead(window.sentLead())
                .path(context.path());
        switch (ending) {
            case NONE -> {
                if (config.lateJoinPercent() > 0 && pump.hasSent()) {
                    encoder.join(joinSqn(nowNs));
                }
            }
            case FIN -> encoder.fin();
            case RST -> encoder.rst(resetCode, true);
        }
        if (config.announce()) {
            long ageNs = pump.hasSent() ? nowNs - pump.bornNs() : 0;
            long statusNs = core.spis().limit().statusIntervalNs();
            encoder.sessionOption(
                    context.unicastPort(), config.firstSqn(), ageNs / NANOS_PER_MILLI, statusNs / NANOS_PER_MILLI);
        }
        return encoder.finish();
    }

    /**
     * The oldest number a newcomer may ask for: what is so far from every bound of the window that it will still be
     * there when the request comes. RFC 3208, section 9.4.
     */
    private int joinSqn(long nowNs) {
        long percent = core.config().lateJoinPercent();
        int size = window.sentSize();
        long most = window.bounds().maxPackets() * percent / PERCENT;
        long bytes = window.bounds().maxBytes() * percent / PERCENT;
        if (window.bytes() > bytes) {
            most = Math.min(most, size * bytes / window.bytes());
        }
        int join = window.sentLead() + 1 - (int) Math.min(size, most);
        int young = window.firstSentSince(nowNs - window.bounds().maxAgeNs() / PERCENT * percent);
        return after(young, join) ? young : join;
    }
}
