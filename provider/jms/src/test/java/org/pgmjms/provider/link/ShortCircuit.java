package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
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

    private final List<Apdu> apdus = new ArrayList<>();
    private @Nullable ApduSupplier supplier;
    private @Nullable ReceiverHandler handler;
    private int nextSqn;

    private record Apdu(ByteBuf bytes, int firstSqn, int lastSqn) {}

    /** Takes what waits, as a source does; {@link #deliver} hands it over. */
    public void fill() {
        ApduSupplier from = Objects.requireNonNull(supplier, "nothing was sent");
        release();
        for (int length = from.nextLength(); length > 0; length = from.nextLength()) {
            int packets = (length + MAX_TSDU - 1) / MAX_TSDU;
            ByteBuf apdu = Unpooled.directBuffer(packets * MAX_TSDU);
            if (packets > 1) {
                from.fillFragment(apdu, 0, length, 0);
                apdu.setIndex(0, length);
            } else {
                apdu.setIndex(0, from.fill(apdu, 0, MAX_TSDU, 0));
            }
            from.onStored(nextSqn, nextSqn + packets - 1);
            apdus.add(new Apdu(apdu, nextSqn, nextSqn + packets - 1));
            nextSqn += packets;
        }
    }

    /** Hands over what {@link #fill} has taken, as one batch. */
    public void deliver() {
        ReceiverHandler to = Objects.requireNonNull(handler, "nobody listens");
        for (int i = 0; i < apdus.size(); i++) {
            Apdu apdu = apdus.get(i);
            to.onApdu(FakePublication.TSI, apdu.firstSqn, apdu.lastSqn, apdu.bytes, 0);
        }
        to.onResolved(FakePublication.TSI, nextSqn);
        to.onBatchEnd();
    }

    private void release() {
        apdus.forEach(apdu -> apdu.bytes.release());
        apdus.clear();
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
        release();
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
