package org.pgmjms.engine.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A network in virtual time: one thread, one queue of events, nothing else moves the clock. The hash of all that happened
 * tells whether two runs were the same.
 */
public final class SimWorld {
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<SimNode> nodes = new ArrayList<>();
    private final Fingerprint fingerprint = new Fingerprint();
    private long nowNs;
    private long eventNumber;

    private record Event(long atNs, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNs, other.atNs);
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

    void add(SimNode node) {
        nodes.add(node);
    }

    /** Runs something after a delay. */
    public void after(long delayNs, Runnable action) {
        events.add(new Event(nowNs + Math.max(0, delayNs), eventNumber++, action));
    }

    /** Runs events until this much time has passed or nothing is left to do. */
    public void runFor(long durationNs) {
        long endNs = nowNs + durationNs;
        while (!events.isEmpty() && events.peek().atNs - endNs <= 0) {
            Event event = events.remove();
            nowNs = event.atNs;
            event.action.run();
        }
        nowNs = endNs;
    }
}
