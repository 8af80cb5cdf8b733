package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.ApduFlags;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.InboundMessage;

/**
 * Hands each APDU to all listeners, whatever their topic: a raw channel has none. Takes APDUs and losses in the order of
 * packet numbers, and reports lost numbers. Owned by the receive agent.
 */
final class RawInboundLink extends Inbound<RawInboundLink.Source> {

    /** One source: who listens from where on, and a loss that may grow. */
    static final class Source {
        private final String name;
        private final StreamPosition positions = new StreamPosition();
        private final List<Feed> feeds = new ArrayList<>();
        private long lostFirst;
        private long lostLast = -1;
        private @Nullable LossCause lostCause;

        private Source(Tsi tsi) {
            this.name = tsi.toString();
        }
    }

    @Override
    public boolean plausible(ByteBuf apduStart) {
        return true;
    }

    @Override
    Source newSource(Tsi tsi, SessionStart start) {
        Source source = new Source(tsi);
        for (Listening listening : listenings()) {
            source.feeds.add(new Feed(listening, source.name, 0, -1));
        }
        return source;
    }

    @Override
    void onAdded(Listening listening, Source source) {
        source.feeds.add(new Feed(listening, source.name, 0, source.positions.highest()));
    }

    @Override
    void onAdded(Listening listening) {
        // A new source takes all there are.
    }

    @Override
    void onRemoved(Listening listening, Source source) {
        source.feeds.removeIf(feed -> feed.listening() == listening);
    }

    @Override
    void onRemoved(Listening listening) {
        // As above.
    }

    @Override
    public void onApdu(Tsi tsi, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
        Source source = source(tsi);
        if (source == null) {
            return;
        }
        counters().increment(InboundCounter.APDUS);
        reportLoss(source);
        source.positions.of(lastSqn);
        byte[] content = new byte[apdu.readableBytes()];
        apdu.getBytes(apdu.readerIndex(), content);
        long sequence = Integer.toUnsignedLong(firstSqn);
        boolean replayed = (flags & ApduFlags.REPLAYED) != 0;
        for (Feed feed : source.feeds) {
            Listening listening = feed.listening();
            listening.message(InboundMessage.raw(listening.topic(), content, source.name, sequence, replayed));
        }
    }

    @Override
    public void onLost(Tsi tsi, int firstSqn, int count, LossCause cause) {
        Source source = source(tsi);
        if (source == null) {
            return;
        }
        long first = source.positions.of(firstSqn);
        if (source.lostCause != cause || source.lostLast + 1 != first) {
            reportLoss(source);
            source.lostFirst = first;
            source.lostCause = cause;
        }
        source.lostLast = source.positions.of(firstSqn + count - 1);
    }

    @Override
    public void onResolved(Tsi tsi, int edge) {
        Source source = source(tsi);
        if (source != null) {
            reportLoss(source);
        }
    }

    @Override
    public int capacityBytes(Tsi tsi) {
        return Integer.MAX_VALUE;
    }

    @Override
    void finish(Source source) {
        reportLoss(source);
    }

    /** Reports a stretch that is complete, to each listener what of it lies after its start. */
    private static void reportLoss(Source source) {
        LossCause cause = source.lostCause;
        if (cause == null) {
            return;
        }
        source.lostCause = null;
        for (Feed feed : source.feeds) {
            long first = Math.max(source.lostFirst, feed.startPosition() + 1);
            if (first <= source.lostLast) {
                feed.listening()
                        .loss(new LossReport(
                                feed.listening().topic(),
                                source.name,
                                Integer.toUnsignedLong((int) first),
                                Integer.toUnsignedLong((int) source.lostLast),
                                source.lostLast - first + 1,
                                cause(cause)));
            }
        }
    }
}
