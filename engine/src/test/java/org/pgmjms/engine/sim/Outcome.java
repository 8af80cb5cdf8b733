package org.pgmjms.engine.sim;

import java.util.Map;
import java.util.TreeMap;

/** What happened in a run: its fingerprint, and how often what. */
public final class Outcome {
    private final long fingerprint;
    private final Map<String, Long> counts = new TreeMap<>();

    Outcome(long fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** The same for two runs of one seed. */
    public long fingerprint() {
        return fingerprint;
    }

    /** How often something happened. */
    public long get(String what) {
        return counts.getOrDefault(what, 0L);
    }

    void count(String what, long amount) {
        if (amount != 0) {
            counts.merge(what, amount, Long::sum);
        }
    }

    /** Adds the counts of another run. */
    public void add(Outcome other) {
        other.counts.forEach(this::count);
    }

    /** No run at all. */
    public static Outcome none() {
        return new Outcome(0);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
