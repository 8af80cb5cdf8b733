package org.pgmjms.engine.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * A network in virtual time: one thread, one queue of events, nothing else moves the clock. The hash of all that happened
 * tells whether two runs were the same.
 */
public final class SimWorld {
    /** More events than this at one instant is a timer that does not move on. */
    private static final long MOST_AT_ONCE = 500_000;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<SimNode> nodes = new ArrayList<>();
    private final List<SimListener> listeners = new ArrayList<>();
    private final Fingerprint fingerprint = new Fingerprint();
    private long nowNs;
    private long eventNumber;
    private long atThisInstant;

    private record Event(long atNs, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.signum(atNs - other.atNs);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** A world whose clock starts here; choose a start near the end of the number space to see it wrap. */
    public SimWorld(long startNs) {
        nowNs = startNs;
    }

    public long nowNs() {
        return nowNs;
    }

    public Fingerprint fingerprint() {
        return fingerprint;
    }

    public List<SimNode> nodes() {
        return nodes;
    }

    /** Those who see what happens, in this order. */
    public List<SimListener> listeners() {
        return listeners;
    }

    /** How many events there were. */
    public long events() {
        return eventNumber;
    }

    void add(SimNode node) {
        nodes.add(node);
    }

    /** Runs something after a delay. */
    public void after(long delayNs, Runnable action) {
        events.add(new Event(nowNs + Math.max(0, delayNs), eventNumber++, action));
    }

    /** Runs events until this much time has passed or nothing is left to do. */
    public void runFor(long durationNs) {
        runUntil(() -> false, durationNs);
    }

    /**
     * Runs events until something holds, asked after each event.
     *
     * @return whether it holds; false when the time has passed before
     */
    public boolean runUntil(BooleanSupplier condition, long atMostNs) {
        long endNs = nowNs + atMostNs;
        while (!condition.getAsBoolean()) {
            Event event = events.peek();
            if (event == null || event.atNs - endNs > 0) {
                nowNs = endNs;
                return condition.getAsBoolean();
            }
            step(events.remove());
        }
        return true;
    }

    private void step(Event event) {
        atThisInstant = event.atNs == nowNs ? atThisInstant + 1 : 0;
        if (atThisInstant > MOST_AT_ONCE) {
            throw new AssertionError("time stands still at " + nowNs);
        }
        nowNs = event.atNs;
        event.action.run();
    }
}
