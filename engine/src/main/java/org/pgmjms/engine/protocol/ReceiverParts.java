package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBufAllocator;
import java.util.random.RandomGenerator;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.window.ApduAssembler;
import org.pgmjms.engine.window.WindowBudget;

/**
 * What all sessions of one receiver share.
 *
 * @param context where the receiver is
 * @param allocator memory for what waits
 * @param budget how much of it
 * @param assembler puts fragments together, for one session at a time
 * @param random where delays come from
 * @param counters what is counted
 * @param sender where packets to send go
 */
record ReceiverParts(
        ReceiverContext context,
        ByteBufAllocator allocator,
        WindowBudget budget,
        ApduAssembler assembler,
        RandomGenerator random,
        Counters<ReceiverCounter> counters,
        UpstreamSender sender) {
    private static final int LEAST_NUMBERS = 64;

    ReceiverConfig config() {
        return context.config();
    }

    /** How many packets the window of one session holds, about. */
    int windowNumbers() {
        long fitting = Math.max(LEAST_NUMBERS, config().windowBytes() / context.packetBytes());
        return (int) Math.min(config().windowPackets(), fitting);
    }
}
