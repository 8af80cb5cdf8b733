package org.pgmjms.tck.bench;

import java.util.Locale;

/**
 * What one measurement of a cell said. Rates are messages a second, processor time is microseconds for a message.
 *
 * @param pass the pass it belongs to, from 1
 * @param sentRate what the sender handed over
 * @param rate what the slowest receiver got
 * @param lost messages that a receiver did not get, or got twice; a rate with losses is no rate
 * @param stalls how often the sender went on without credit
 * @param senderUs processor time of the sender, and of a broker
 * @param receiverUs processor time of all receivers together
 * @param machineUs what all processors of the machine worked meanwhile
 * @param latency one-way, of the slowest receiver; all zero where it was not asked for
 * @param note what else there is to say; why it failed, if it did
 */
record Outcome(
        Cell cell,
        int pass,
        double sentRate,
        double rate,
        long lost,
        long stalls,
        double senderUs,
        double receiverUs,
        double machineUs,
        Latency latency,
        String note) {
    /** A measurement that did not come about. */
    static Outcome failed(Cell cell, int pass, String why) {
        return new Outcome(cell, pass, 0, 0, 0, 0, 0, 0, 0, Latency.NONE, "FAILED: " + why);
    }

    /** The same with these latencies, which are counted by now. */
    Outcome withLatency(Latency counted) {
        return new Outcome(cell, pass, sentRate, rate, lost, stalls, senderUs, receiverUs, machineUs, counted, note);
    }

    /** The same with another note. */
    Outcome withNote(String other) {
        return new Outcome(cell, pass, sentRate, rate, lost, stalls, senderUs, receiverUs, machineUs, latency, other);
    }

    /** Whether its figures may be used. */
    boolean isGood() {
        return rate > 0 && lost == 0 && !note.startsWith("FAILED");
    }

    /** Processor time of a message: sender and receivers. */
    double cpuUs() {
        return senderUs + receiverUs;
    }

    /** One line for who watches. */
    String line() {
        if (note.startsWith("FAILED")) {
            return String.format(Locale.ROOT, "%-40s %s", cell.id(), note);
        }
        String line = String.format(
                Locale.ROOT,
                "%-40s %,11.0f /s  us/message S %6.3f + R %6.3f = %6.3f  machine %6.3f",
                cell.id(),
                rate,
                senderUs,
                receiverUs,
                cpuUs(),
                machineUs);
        if (latency.count() > 0) {
            line += String.format(
                    Locale.ROOT,
                    "  us p50 %.1f p90 %.1f p99 %.1f p99.9 %.1f max %.1f",
                    latency.p50Us(),
                    latency.p90Us(),
                    latency.p99Us(),
                    latency.p999Us(),
                    latency.maxUs());
        }
        return line
                + (lost > 0 ? "  LOST " + lost : "")
                + (stalls > 0 ? "  stalls " + stalls : "")
                + (note.isEmpty() ? "" : "  (" + note + ")");
    }
}
