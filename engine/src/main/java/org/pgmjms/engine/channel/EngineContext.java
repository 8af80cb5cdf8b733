package org.pgmjms.engine.channel;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.pgmjms.engine.api.EngineOptions;
import org.pgmjms.engine.net.Ports;
import org.pgmjms.engine.net.ReceiveBatch;

/**
 * What the agents of one engine share. Immutable.
 *
 * @param options what the engine's host gives
 * @param ports opens sockets
 * @param allocator memory of windows and of what waits behind gaps
 */
public record EngineContext(EngineOptions options, Ports ports, PooledByteBufAllocator allocator) {
    private static final int BATCH_PACKETS = 64;
    private static final int BATCH_BYTES = 192 * 1024;

    /** Without leak detection: each batch has one owner that lives as long, and every field of a packet is read there. */
    private static final ByteBufAllocator BATCH_MEMORY = new UnpooledByteBufAllocator(true, true);

    private static final int PAGE_BYTES = 8192;
    private static final int MAX_ORDER = 7;

    /** With the best ports there are, and an allocator of its own: one arena of 1 MiB chunks, no thread caches. */
    public static EngineContext of(EngineOptions options) {
        return of(options, Ports.pick());
    }

    static EngineContext of(EngineOptions options, Ports ports) {
        return new EngineContext(
                options, ports, new PooledByteBufAllocator(true, 0, 1, PAGE_BYTES, MAX_ORDER, 0, 0, false));
    }

    /** Memory for received packets: room for many of the usual length, and always for one of the longest. */
    ReceiveBatch newBatch() {
        return new ReceiveBatch(BATCH_MEMORY.directBuffer(BATCH_BYTES, BATCH_BYTES), BATCH_PACKETS);
    }

    long nowNs() {
        return options.clock().nanoTime();
    }
}
