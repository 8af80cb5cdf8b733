package org.pgmjms.engine.sim.check;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.sim.HeardStream;
import org.pgmjms.engine.sim.SentStream;
import org.pgmjms.engine.sim.SimChannel;
import org.pgmjms.engine.sim.SimListener;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.engine.sim.SimReceiver;
import org.pgmjms.engine.wire.NakDecoder;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;

/**
 * C7 and C9. A NAK names only numbers that the host has heard of and that are still missing, and none earlier than the
 * smallest back-off after it heard of them, or again before an answer could have come; unless they came, and there was
 * no room.
 */
public final class HonestNaks implements SimListener {
    private static final long SMALLEST_BACK_OFF_NS = 1_000_000;
    private static final int INITIAL = 64;
    private static final int MOST_SKEW_SHARE = 5_000;

    private final SimChannel channel;
    private final Map<SimNode, Map<Long, Known>> known = new HashMap<>();

    /** What a host knows of a session. */
    private static final class Known {
        private long[] heardNs = new long[INITIAL];
        private final BitSet came = new BitSet();
        private final Map<Integer, Long> asked = new HashMap<>();
        private int leadOffset = -1;

        /** How long ago a number was asked for. */
        long sinceAsked(int offset, long nowNs) {
            Long before = asked.get(offset);
            return before == null ? Long.MAX_VALUE : nowNs - before;
        }

        void hear(int offset, long nowNs) {
            while (offset >= heardNs.length) {
                heardNs = Arrays.copyOf(heardNs, heardNs.length * 2);
            }
            while (leadOffset < offset) {
                heardNs[++leadOffset] = nowNs;
            }
        }
    }

    public HonestNaks(SimChannel channel) {
        this.channel = channel;
    }

    @Override
    public void onTaken(SimNode by, PacketView packet) {
        SentStream sent = channel.sent(packet.tsi());
        if (sent == null) {
            return;
        }
        switch (packet.type()) {
            case SPM -> {
                if (packet.spm().hasWindow()) {
                    hear(by, sent, packet.spm().lead());
                }
            }
            case ODATA, RDATA -> {
                hear(by, sent, packet.data().sqn());
                known.get(by)
                        .get(packet.tsi())
                        .came
                        .set(sent.offset(packet.data().sqn()));
            }
            case NCF, NAK -> hear(by, sent, packet.nak().sqn(packet.nak().count() - 1));
            case POLL, POLR, NNAK, SPMR, ACK -> {
                // tell nothing of data
            }
        }
    }

    private void hear(SimNode by, SentStream sent, int sqn) {
        Known host = known.computeIfAbsent(by, node -> new HashMap<>())
                .computeIfAbsent(sent.tsi().value(), tsi -> new Known());
        host.hear(Math.min(sent.offset(sqn), sent.sent()), by.world().nowNs());
    }

    @Override
    public void onSent(SimNode from, PacketView packet, SimNode.Target target) {
        SentStream sent = channel.sent(packet.tsi());
        SimReceiver receiver = receiverOn(from);
        if (packet.type() != PacketType.NAK || sent == null || receiver == null) {
            return;
        }
        NakDecoder nak = packet.nak();
        Known host = known.getOrDefault(from, Map.of()).get(packet.tsi());
        HeardStream stream = receiver.now(sent);
        for (int i = 0; i < nak.count(); i++) {
            int offset = sent.offset(nak.sqn(i));
            String what = from.name() + " asks for " + offset + " of " + sent.tsi() + ", ";
            if (host == null || offset < 0 || offset > host.leadOffset) {
                throw new AssertionError(what + "but heard of none after " + (host == null ? -1 : host.leadOffset));
            }
            if (stream != null && stream.covers(offset)) {
                throw new AssertionError(what + "which it has or gave up");
            }
            long least =
                    byFastClock(Math.min(SMALLEST_BACK_OFF_NS, receiver.config().nakBackOffNs()));
            long waited = from.world().nowNs() - host.heardNs[offset];
            long between = host.sinceAsked(offset, from.world().nowNs());
            boolean isSoon = between
                    < byFastClock(Math.min(
                            receiver.config().nakRepeatNs(), receiver.config().nakRdataNs()));
            boolean mayStartOver = receiver.config().gapDeadlineNs() > 0;
            if (isSoon && !mayStartOver && !host.came.get(offset)) {
                throw new AssertionError(what + "again after " + between + " ns");
            }
            host.asked.put(offset, from.world().nowNs());
            if (waited < least && !host.came.get(offset)) {
                throw new AssertionError(what + waited + " ns after it heard of it");
            }
        }
    }

    /** What a clock that is too fast takes for so much. */
    private static long byFastClock(long ns) {
        return ns - ns / MOST_SKEW_SHARE - 1;
    }

    private @Nullable SimReceiver receiverOn(SimNode node) {
        for (SimReceiver receiver : channel.receivers()) {
            if (receiver.node() == node && !receiver.isClosed()) {
                return receiver;
            }
        }
        return null;
    }
}
