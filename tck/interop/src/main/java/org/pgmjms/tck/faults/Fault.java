package org.pgmjms.tck.faults;

/**
 * A rule that harms packets, with counters of its own.
 *
 * @param filter where it is
 * @param number its number there
 * @param percent the part that it was told to harm; negative where it was told in other words
 */
record Fault(PacketFilter filter, int number, double percent) {

    /** Packets that could have been harmed. */
    long due() {
        return filter.counter("due" + number);
    }

    /** Packets that were. */
    long hit() {
        return filter.counter("hit" + number);
    }

    /** How often it began to harm a run of packets. */
    long runs() {
        return filter.counter("runs" + number);
    }
}
