package org.pgmjms.engine.sim.check;

import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.sim.HeardStream;
import org.pgmjms.engine.sim.SentStream;
import org.pgmjms.engine.sim.SimListener;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;

/**
 * C4. From its start, each number of an established session is delivered or reported lost: before the resolved edge, and
 * before the end. The start is the birth when the receiver was there before; it is never after what an SPM announced.
 */
public final class NoSilentLoss implements SimListener {
    /** The highest lead, as an offset, that an SPM told a host. */
    private final Map<SimNode, Map<Long, Integer>> announced = new HashMap<>();

    private final Map<HeardStream, Integer> latestStart = new HashMap<>();

    @Override
    public void onTaken(SimNode by, PacketView packet) {
        if (packet.type() == PacketType.SPM && packet.spm().hasWindow()) {
            announced
                    .computeIfAbsent(by, node -> new HashMap<>())
                    .merge(packet.tsi(), packet.spm().lead(), (a, b) -> b - a > 0 ? b : a);
        }
    }

    @Override
    public void onSession(HeardStream stream) {
        SentStream sent = stream.sent();
        Integer lead = announced
                .getOrDefault(stream.receiver().node(), Map.of())
                .get(sent.tsi().value());
        if (stream.start() == SessionStart.FROM_BIRTH) {
            latestStart.put(stream, 0);
        } else if (lead != null) {
            latestStart.put(stream, sent.offset(lead) + 1);
        }
    }

    @Override
    public void onApdu(HeardStream stream, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
        checkStart(stream, stream.sent().offset(firstSqn));
    }

    @Override
    public void onLost(HeardStream stream, int firstSqn, int count, LossCause cause) {
        checkStart(stream, stream.sent().offset(firstSqn));
    }

    private void checkStart(HeardStream stream, int offset) {
        Integer latest = latestStart.get(stream);
        if (latest == null || stream.first() >= 0 || hasEarlier(stream)) {
            return;
        }
        boolean contiguous = stream.receiver().config().order() == DeliveryOrder.CONTIGUOUS;
        if (contiguous && offset > stream.sent().nextApdu(latest)) {
            throw new AssertionError(stream + ": starts at " + offset + ", not at " + latest);
        }
    }

    /** A session that came back goes on where it was, if it may. */
    private static boolean hasEarlier(HeardStream stream) {
        return stream.receiver().streams().stream()
                .anyMatch(earlier -> earlier != stream && earlier.sent() == stream.sent());
    }

    @Override
    public void onResolved(HeardStream stream, int edge) {
        int offset = stream.sent().offset(edge);
        if (offset <= stream.edge()) {
            throw new AssertionError(stream + ": the edge goes from " + stream.edge() + " to " + offset);
        }
        checkCovered(stream, offset, "is before the edge " + offset);
    }

    @Override
    public void onEnd(HeardStream stream, EndReason reason, int finalSqn) {
        int end = stream.sent().offset(finalSqn) + 1;
        if (reason == EndReason.CLOSED) {
            return;
        }
        if (stream.first() >= 0) {
            if (end < stream.next()) {
                throw new AssertionError(stream + ": ended before " + end + ", heard of " + stream.next());
            }
            checkCovered(stream, end, "is before the end " + end + " (" + reason + ")");
        } else if (latestStart.containsKey(stream)
                && stream.sent().nextApdu(latestStart.get(stream)) < end
                && !hasEarlier(stream)) {
            throw new AssertionError(stream + ": ended at " + end + " without a word, " + reason);
        }
    }

    private void checkCovered(HeardStream stream, int end, String why) {
        int from = stream.first();
        Integer latest = latestStart.get(stream);
        if (latest != null && !hasEarlier(stream)) {
            int start = stream.sent().nextApdu(latest);
            from = from < 0 ? start : Math.min(from, start);
        }
        if (from >= 0 && stream.nextUncovered(from) < end) {
            throw new AssertionError(
                    stream + ": nothing was said about " + stream.nextUncovered(from) + ", which " + why);
        }
    }
}
