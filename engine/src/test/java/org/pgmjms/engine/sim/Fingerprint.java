package org.pgmjms.engine.sim;

/** A hash over everything that happens in a world, in order. */
public final class Fingerprint {
    private static final long PRIME = 0x100000001b3L;

    private long hash = 0xcbf29ce484222325L;
    private long count;

    public void add(long value) {
        hash = (hash ^ value) * PRIME;
        hash ^= hash >>> 29;
        count++;
    }

    public long value() {
        return hash;
    }

    /** How many values went in. */
    public long count() {
        return count;
    }
}
