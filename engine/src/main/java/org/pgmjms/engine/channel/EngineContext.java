package org.pgmjms.engine.channel;

import java.util.concurrent.atomic.AtomicInteger;
import org.pgmjms.engine.api.EngineOptions;
import org.pgmjms.engine.api.Limit;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.jmx.LimitTally;
import org.pgmjms.engine.jmx.Registration;
import org.pgmjms.engine.net.Ports;
import org.pgmjms.engine.net.ReceiveBatch;

/**
 * What the agents of one engine share. Safe for any thread.
 *
 * @param options what the engine's host gives
 * @param ports opens sockets
 * @param memory all buffers
 * @param name tells it from others
 * @param limits how often its limits were hit
 * @param limitsBean shows them
 * @param own what it sends
 */
public record EngineContext(
        EngineOptions options,
        Ports ports,
        PacketMemory memory,
        String name,
        LimitTally<Limit> limits,
        Registration limitsBean,
        OwnSessions own)
        implements AutoCloseable {
    private static final int BATCH_PACKETS = 64;
    private static final int BATCH_BYTES = 192 * 1024;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** With the best ports there are, and memory of its own. */
    public static EngineContext of(EngineOptions options) throws PgmException {
        String name = Integer.toString(NUMBER.incrementAndGet());
        LimitTally<Limit> limits = new LimitTally<>(Limit.class);
        Registration bean = new Registration(limits, BeanNames.limits(name));
        return new EngineContext(options, Ports.pick(), new PacketMemory(), name, limits, bean, new OwnSessions());
    }

    /** Memory for received packets: room for many of the usual length, and always for one of the longest. */
    ReceiveBatch newBatch() {
        return new ReceiveBatch(memory.unwatched(BATCH_BYTES), BATCH_PACKETS);
    }

    long nowNs() {
        return options.clock().nanoTime();
    }

    /** Shows the limits to management tools, if they are not yet. */
    void show() {
        limitsBean.register();
    }

    /** Gives all memory back; for when the agents have ended. */
    @Override
    public void close() {
        limitsBean.close();
        memory.close();
    }
}
