package org.pgmjms.engine.channel;

import org.pgmjms.engine.api.EngineOptions;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.net.Ports;
import org.pgmjms.engine.net.ReceiveBatch;

/**
 * What the agents of one engine share. Safe for any thread.
 *
 * @param options what the engine's host gives
 * @param ports opens sockets
 * @param memory all buffers
 */
public record EngineContext(EngineOptions options, Ports ports, PacketMemory memory) implements AutoCloseable {
    private static final int BATCH_PACKETS = 64;
    private static final int BATCH_BYTES = 192 * 1024;

    /** With the best ports there are, and memory of its own. */
    public static EngineContext of(EngineOptions options) throws PgmException {
        return new EngineContext(options, Ports.pick(), new PacketMemory());
    }

    /** Memory for received packets: room for many of the usual length, and always for one of the longest. */
    ReceiveBatch newBatch() {
        return new ReceiveBatch(memory.unwatched(BATCH_BYTES), BATCH_PACKETS);
    }

    long nowNs() {
        return options.clock().nanoTime();
    }

    /** Gives all memory back; for when the agents have ended. */
    @Override
    public void close() {
        memory.close();
    }
}
