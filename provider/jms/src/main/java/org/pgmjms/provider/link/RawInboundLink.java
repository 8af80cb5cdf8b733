package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.ApduFlags;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.InboundMessage;

/**
 * Hands each message to all listeners, whatever their topic: what other programs send names none. Takes APDUs and losses
 * in the order of packet numbers, and reports lost numbers. Owned by the receive agent.
 */
final class RawInboundLink extends Inbound<RawInboundLink.Source> {
    private final Supplier<BareReader> readers;
    private final long mostHeldBytes;
    private long heldBytes;

    /** One source: who listens from where on, what is put together of it, and a loss that may grow. */
    static final class Source {
        private final String name;
        private final BareReader reader;
        private final StreamPosition positions = new StreamPosition();
        private final List<Feed> feeds = new ArrayList<>();
        private long lostFirst;
        private long lostLast = -1;
        private @Nullable LossCause lostCause;

        private Source(Tsi tsi, BareReader reader) {
            this.name = tsi.toString();
            this.reader = reader;
        }
    }

    /**
     * A half without listeners.
     *
     * @param readers makes messages of APDUs; one for each source
     * @param mostHeldBytes what may wait for the rest of messages, of all sources together
     */
    RawInboundLink(Supplier<BareReader> readers, long mostHeldBytes) {
        this.readers = readers;
        this.mostHeldBytes = mostHeldBytes;
    }

    @Override
    public boolean plausible(ByteBuf apduStart) {
        return true;
    }

    @Override
    Source newSource(Tsi tsi, SessionStart start) {
        Source source = new Source(tsi, readers.get());
        for (Listening listening : listenings()) {
            source.feeds.add(new Feed(listening, listening.topic(), source.name, 0, -1));
        }
        return source;
    }

    @Override
    void onAdded(Listening listening, Source source) {
        source.feeds.add(new Feed(listening, listening.topic(), source.name, 0, source.positions.highest()));
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
        long first = source.positions.of(firstSqn);
        long last = source.positions.of(lastSqn);
        boolean replayed = (flags & ApduFlags.REPLAYED) != 0;
        long heldBefore = source.reader.heldBytes();
        boolean sound = source.reader.take(
                Integer.toUnsignedLong(firstSqn),
                apdu,
                (body, isStream, sequence) -> hand(source, body, isStream, sequence, replayed));
        heldBytes += source.reader.heldBytes() - heldBefore;
        if (!sound) {
            counters().increment(InboundCounter.APDUS_REFUSED);
            addLoss(source, first, last, LossCause.MALFORMED);
            reportLoss(source);
        } else if (heldBytes > mostHeldBytes && source.reader.heldBytes() > 0) {
            counters().increment(InboundCounter.GAPS_GIVEN_UP);
            addLoss(source, first, last, LossCause.WINDOW_OVERFLOW);
            reportLoss(source);
        }
        counters().set(InboundCounter.HELD_BYTES, heldBytes);
    }

    private static void hand(Source source, byte[] body, boolean isStream, long sequence, boolean replayed) {
        for (Feed feed : source.feeds) {
            Listening listening = feed.listening();
            listening.message(
                    isStream
                            ? InboundMessage.parts(listening.topic(), body, source.name, sequence, replayed)
                            : InboundMessage.raw(listening.topic(), body, source.name, sequence, replayed));
        }
    }

    @Override
    public void onLost(Tsi tsi, int firstSqn, int count, org.pgmjms.engine.api.LossCause cause) {
        Source source = source(tsi);
        if (source != null) {
            addLoss(source, source.positions.of(firstSqn), source.positions.of(firstSqn + count - 1), cause(cause));
        }
    }

    /** A stretch is lost, and with it what was to be put together with it. */
    private void addLoss(Source source, long first, long last, LossCause cause) {
        drop(source);
        if (source.lostCause != cause || source.lostLast + 1 != first) {
            reportLoss(source);
            source.lostFirst = first;
            source.lostCause = cause;
        }
        source.lostLast = last;
    }

    private void drop(Source source) {
        heldBytes -= source.reader.heldBytes();
        source.reader.onGap();
        heldBytes += source.reader.heldBytes();
        counters().set(InboundCounter.HELD_BYTES, heldBytes);
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
    long waitingBytes() {
        return heldBytes;
    }

    @Override
    void finish(Source source) {
        if (source.reader.isInMessage()) {
            long last = source.positions.highest();
            addLoss(source, last, last, LossCause.SOURCE_EXPIRED);
        }
        reportLoss(source);
        drop(source);
    }

    @Override
    void onGone(Source source) {
        drop(source);
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
                                source.reader.firstSequence(Integer.toUnsignedLong((int) first)),
                                source.reader.lastSequence(Integer.toUnsignedLong((int) source.lostLast)),
                                source.reader.isExact() ? source.lostLast - first + 1 : LossReport.UNKNOWN,
                                cause));
            }
        }
    }
}
