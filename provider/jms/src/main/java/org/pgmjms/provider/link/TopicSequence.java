package org.pgmjms.provider.link;

/**
 * The numbers of one source's messages on one topic: {@code generation << 40 | n}, n from 1. A topic starts in the
 * source's present generation, which is 0 until the state of topics had to be evicted; one that comes back after that
 * starts anew in the next. So the numbers of a topic always rise, and each number tells where its run began.
 */
final class TopicSequence {
    private static final int GENERATION_SHIFT = 40;
    private static final long NUMBER_MASK = (1L << GENERATION_SHIFT) - 1;

    private TopicSequence() {}

    /** What comes before the first number of a generation. */
    static long before(long generation) {
        return generation << GENERATION_SHIFT;
    }

    static long generation(long sequence) {
        return sequence >>> GENERATION_SHIFT;
    }

    /** How many numbers of the same run come before this one. */
    static long predecessors(long sequence) {
        return (sequence & NUMBER_MASK) - 1;
    }

    /** Whether the first message of a source's first generation can have it. */
    static boolean isVeryFirst(long sequence) {
        return sequence == 1;
    }
}
