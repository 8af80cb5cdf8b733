package org.pgmjms.engine.sim.check;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.pgmjms.engine.sim.SentStream;
import org.pgmjms.engine.sim.SimChannel;
import org.pgmjms.engine.sim.SimListener;
import org.pgmjms.engine.sim.SimNode;
import org.pgmjms.engine.sim.SimSource;
import org.pgmjms.engine.wire.PacketView;

/** C8. In no 100 ms does a source send more than its rate allows, plus its bucket and one packet. */
public final class KeepsRate implements SimListener {
    private static final long SPAN_NS = 100_000_000;
    private static final long SECOND_NS = 1_000_000_000;

    private static final int SMALLEST_BUCKET = 1_024;
    private static final int MOST_SKEW_SHARE = 5_000;

    private final SimChannel channel;
    private final Map<Long, Span> spans = new HashMap<>();

    private static final class Span {
        private final ArrayDeque<long[]> packets = new ArrayDeque<>();
        private long bytes;
    }

    public KeepsRate(SimChannel channel) {
        this.channel = channel;
    }

    @Override
    public void onSent(SimNode from, PacketView packet, SimNode.Target target) {
        SentStream sent = channel.sent(packet.tsi());
        if (packet.type().isUpstream() || sent == null) {
            return;
        }
        SimSource source = channel.sourceOf(sent);
        Span span = spans.computeIfAbsent(packet.tsi(), tsi -> new Span());
        long nowNs = from.world().nowNs();
        int bytes = packet.length() + SimSource.HEADER_BYTES;
        span.packets.add(new long[] {nowNs, bytes});
        span.bytes += bytes;
        while (nowNs - span.packets.element()[0] >= SPAN_NS) {
            span.bytes -= span.packets.remove()[1];
        }
        long rate = source.config().maxRateBytesPerSecond();
        long bucket = Math.max(Math.max(source.config().bucketBytes(), SMALLEST_BUCKET), 2L * source.tpduBytes());
        long fastClock = rate / (SECOND_NS / SPAN_NS) / MOST_SKEW_SHARE;
        long most = rate / (SECOND_NS / SPAN_NS) + fastClock + bucket + source.tpduBytes();
        if (span.bytes > most) {
            throw new AssertionError(
                    from.name() + " sent " + span.bytes + " bytes in 100 ms, " + most + " are allowed");
        }
    }
}
