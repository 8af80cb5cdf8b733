package org.pgmjms.provider.sim;

import java.util.function.BooleanSupplier;
import org.pgmjms.engine.sim.SimWorld;
import org.pgmjms.provider.client.ClientClock;

/** The world's time. Who parks lets one event happen; so a {@code receive()} is what drives the world. */
final class SimulatedClock implements ClientClock {
    static final long START_MILLIS = 1_700_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_NS = 3_600_000_000_000L;

    private final SimWorld world;
    private final long startNs;

    SimulatedClock(SimWorld world) {
        this.world = world;
        this.startNs = world.nowNs();
    }

    @Override
    public long nowNs() {
        return world.nowNs();
    }

    @Override
    public long wallMillis() {
        return START_MILLIS + (world.nowNs() - startNs) / NANOS_PER_MILLI;
    }

    @Override
    public void park(Object blocker, BooleanSupplier isOver) {
        if (!isOver.getAsBoolean()) {
            step(LONGEST_NS);
        }
    }

    @Override
    public void parkUntil(Object blocker, long deadlineNs, BooleanSupplier isOver) {
        if (!isOver.getAsBoolean()) {
            step(deadlineNs - world.nowNs());
        }
    }

    private void step(long atMostNs) {
        boolean[] asked = new boolean[1];
        world.runUntil(
                () -> {
                    boolean second = asked[0];
                    asked[0] = true;
                    return second;
                },
                atMostNs);
    }
}
