package org.pgmjms.tck.faults.program;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a consumer got of one source's messages, what it was told it did not get, and whether that adds up. Messages have
 * the numbers of their producer, from 0; reports have those of the topic, which are the same but for an offset. Not
 * thread-safe.
 */
final class StreamLedger {
    private final BitSet delivered;
    private final List<long[]> reports = new ArrayList<>();
    private int first = -1;
    private int last = -1;
    private long offset;
    private long received;
    private long duplicates;
    private long disordered;
    private long unknown;

    /** Takes memory for so many messages; for more when more come. */
    StreamLedger(int expected) {
        delivered = new BitSet(expected);
    }

    /**
     * The account of a stream.
     *
     * @param received messages delivered
     * @param reported messages reported lost, of those that were sent since the first that was delivered
     * @param silent messages neither delivered nor reported, with one that was either after them
     * @param tail messages neither delivered nor reported, with nothing after them
     * @param phantom messages reported although they were delivered, reported twice or never sent
     * @param early messages reported that come before the first that was delivered
     * @param duplicates messages delivered again
     * @param disordered messages delivered after a later one
     * @param unknown reports without a count
     */
    record Account(
            long received,
            long reported,
            long silent,
            long tail,
            long phantom,
            long early,
            long duplicates,
            long disordered,
            long unknown) {}

    /** A message came. */
    void onMessage(int number, long topicSequence) {
        received++;
        if (first < 0) {
            first = number;
            offset = topicSequence - number;
        }
        if (delivered.get(number)) {
            duplicates++;
        } else if (number < last || topicSequence - number != offset) {
            disordered++;
        }
        delivered.set(number);
        last = Math.max(last, number);
    }

    /** A report came; its range is in numbers of the topic. */
    void onReport(long firstMissing, long lastMissing, long count) {
        if (count < 0) {
            unknown++;
        } else {
            reports.add(new long[] {firstMissing, lastMissing, count});
        }
    }

    /** The number of the first message that was delivered; negative before it. */
    int first() {
        return first;
    }

    /** The number behind the last message that was delivered. */
    int highest() {
        return last + 1;
    }

    /** Whether everything up to this many messages is delivered or reported. */
    boolean isComplete(long sent) {
        if (first < 0) {
            return sent <= 0;
        }
        if (last >= sent - 1) {
            return true;
        }
        return reports.stream().anyMatch(report -> report[1] - offset >= sent - 1);
    }

    /** The account once this many messages have been sent. */
    Account close(long sent) {
        if (first < 0) {
            long told = reports.stream().mapToLong(report -> report[2]).sum();
            return new Account(0, told, 0, 0, 0, 0, 0, 0, unknown);
        }
        BitSet reported = new BitSet();
        long phantom = 0;
        long early = 0;
        for (long[] report : reports) {
            early += Math.max(0, Math.min(first, report[1] - offset + 1) - Math.max(0, report[0] - offset));
            phantom += Math.abs(report[1] - report[0] + 1 - report[2]);
            for (long at = Math.max(first, report[0] - offset); at <= report[1] - offset; at++) {
                if (at >= sent || reported.get((int) at) || delivered.get((int) at)) {
                    phantom++;
                } else {
                    reported.set((int) at);
                }
            }
        }
        BitSet known = (BitSet) delivered.clone();
        known.or(reported);
        int end = known.length();
        int silent = end - first - known.cardinality();
        long tail = Math.max(0, sent - end);
        return new Account(
                received, reported.cardinality(), silent, tail, phantom, early, duplicates, disordered, unknown);
    }
}
