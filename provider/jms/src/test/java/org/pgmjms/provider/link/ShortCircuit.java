package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.ReceiverStats;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.api.SourceEvents;
import org.pgmjms.engine.api.Subscription;

/**
 * An engine that hands what its only source supplies to its only handler, APDU by APDU, on the thread of who says
 * so. Allocates nothing for that. One owner.
 */
public final class ShortCircuit implements EngineDoor {
    private static final int MAX_TSDU = 1448;
    private static final int MAX_APDU = 1 << 20;

    private final ByteBuf apdu = Unpooled.directBuffer(MAX_APDU, MAX_APDU);
    private @Nullable ApduSupplier supplier;
    private @Nullable ReceiverHandler handler;
    private int nextSqn;

    /** Hands over all that waits, as one batch. */
    public void handOver() {
        ApduSupplier from = Objects.requireNonNull(supplier, "nothing was sent");
        ReceiverHandler to = Objects.requireNonNull(handler, "nobody listens");
        for (int length = from.nextLength(); length > 0; length = from.nextLength()) {
            int firstSqn = nextSqn;
            if (length > MAX_TSDU) {
                from.fillFragment(apdu, 0, length, 0);
                apdu.setIndex(0, length);
                nextSqn += (length + MAX_TSDU - 1) / MAX_TSDU;
            } else {
                apdu.setIndex(0, from.fill(apdu, 0, MAX_TSDU, 0));
                nextSqn++;
            }
            from.onStored(firstSqn, nextSqn - 1);
            to.onApdu(FakePublication.TSI, firstSqn, nextSqn - 1, apdu, 0);
        }
        to.onResolved(FakePublication.TSI, nextSqn);
        to.onBatchEnd();
    }

    @Override
    public Publication publish(ChannelConfig channel, SourceConfig source, ApduSupplier supply, SourceEvents events) {
        supplier = supply;
        return new FakePublication(MAX_TSDU, MAX_APDU);
    }

    @Override
    public Subscription subscribe(ChannelConfig channel, ReceiverConfig receiver, ReceiverHandler to) {
        handler = to;
        to.onSession(FakePublication.TSI, SessionStart.FROM_BIRTH);
        return new AtOnce();
    }

    @Override
    public void close() {
        apdu.release();
    }

    /** Runs tasks on the thread of who gives them. */
    private static final class AtOnce implements Subscription {
        @Override
        public ReceiverStats stats() {
            return new ReceiverStats(1, 0, Map.of(), Map.of());
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public CompletionStage<Void> close() {
            return CompletableFuture.completedFuture(null);
        }
    }
}
