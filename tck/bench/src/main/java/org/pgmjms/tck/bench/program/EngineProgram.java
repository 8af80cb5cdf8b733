package org.pgmjms.tck.bench.program;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.pgmjms.engine.PgmEngine;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.EngineSettings;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.SourceEvents;
import org.pgmjms.engine.api.Tsi;

/**
 * pgmjms without JMS. Messages of {@code size} bytes are packed into packets as the provider packs frames;
 * {@code whole=1} makes each packet one message that fills it.
 */
final class EngineProgram implements Program {
    private static final long NAP_NS = 20_000;

    @Override
    public void send(Arguments arguments, Governor governor) throws PgmException {
        EngineSettings settings = settings(arguments);
        ChannelConfig channel = channel(settings, arguments);
        MessageSupply supply = new MessageSupply();
        try (PgmEngine engine = new PgmEngine()) {
            Publication publication =
                    engine.publish(channel, settings.source(channel.destinationPort()), supply, new Quiet());
            int size = arguments.is("whole") ? publication.maxTsduBytes() : arguments.number("size");
            supply.start(size, publication.maxTsduBytes());
            for (long sequence = 0; governor.admit(sequence); sequence++) {
                while (!supply.offer(sequence, governor.stampNs()) && !governor.isStopped()) {
                    publication.wake();
                    LockSupport.parkNanos(NAP_NS);
                }
                publication.wake();
                governor.sent(sequence + 1);
            }
            publication.close(Duration.ZERO).toCompletableFuture().join();
        }
    }

    @Override
    public void receive(Arguments arguments, Receipts receipts) throws Exception {
        EngineSettings settings = settings(arguments);
        int size = arguments.is("whole") ? Integer.MAX_VALUE : arguments.number("size");
        try (PgmEngine engine = new PgmEngine()) {
            engine.subscribe(
                    channel(settings, arguments),
                    settings.receiver(DeliveryOrder.CONTIGUOUS, false, false),
                    new Taker(size, receipts));
            receipts.ready();
            Waiting.untilStopped(receipts);
        }
    }

    private static EngineSettings settings(Arguments arguments) throws PgmException {
        Map<String, String> options = new HashMap<>();
        for (String option : arguments.text("options").split("&", -1)) {
            int equals = option.indexOf('=');
            options.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return EngineSettings.parse(options);
    }

    private static ChannelConfig channel(EngineSettings settings, Arguments arguments) throws PgmException {
        return settings.channel(arguments.text("address"), arguments.text("group"), arguments.number("port"));
    }

    /** A source whose end is seen on the board. */
    private static final class Quiet implements SourceEvents {
        @Override
        public void onFailed(PgmException cause) {
            throw new IllegalStateException(cause);
        }

        @Override
        public void onIdle() {
            // nothing to add
        }

        @Override
        public void onClosing() {
            // nothing to add
        }
    }

    /** Takes packets apart into messages. */
    private record Taker(int size, Receipts receipts) implements ReceiverHandler {
        @Override
        public boolean plausible(ByteBuf apduStart) {
            return true;
        }

        @Override
        public void onSession(Tsi tsi, SessionStart start) {
            // there is one source
        }

        @Override
        public void onApdu(Tsi tsi, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
            int end = apdu.readerIndex() + apdu.readableBytes();
            for (long at = apdu.readerIndex(); at < end; at += size) {
                receipts.onMessage(apdu.getLong((int) at), apdu.getLong((int) at + Long.BYTES));
            }
            receipts.publish();
        }

        @Override
        public void onLost(Tsi tsi, int firstSqn, int count, LossCause cause) {
            // seen by the sequence numbers that are missing
        }

        @Override
        public void onResolved(Tsi tsi, int edge) {
            // delivered in order
        }

        @Override
        public void onEnd(Tsi tsi, EndReason reason, int finalSqn) {
            // the board says when to end
        }

        @Override
        public int capacityBytes(Tsi tsi) {
            return Integer.MAX_VALUE;
        }
    }
}
