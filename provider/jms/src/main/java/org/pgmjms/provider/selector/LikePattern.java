package org.pgmjms.provider.selector;

import java.util.HashMap;
import java.util.Map;

/**
 * The pattern of {@code LIKE}: {@code _} stands for one character, {@code %} for any number of them, the escape
 * character takes that meaning from the one that follows, and its own from another escape character; before anything
 * else it stands for itself. A character is a Unicode code point. Immutable.
 *
 * <p>A bit-parallel automaton, which cannot backtrack: bit <i>i</i> of its state says that the first <i>i</i> items of
 * the pattern match what was read so far. A character moves the bits whose item matches it one to the left; those with
 * a {@code %} in their place also stay. So a text costs one step a character, each of {@link #stateWords} words.
 */
final class LikePattern {
    /** How many characters a pattern may have, which bounds a step to 16 words. */
    static final int MAX_LENGTH = 1024;

    static final int NO_ESCAPE = -1;

    private final String text;
    private final int items;
    /** The states that any character leaves as they are. */
    private final long[] looping;
    /** The items that every character matches. */
    private final long[] wildcards;
    /** The items that a character matches, wildcards included. */
    private final Map<Integer, long[]> matching = new HashMap<>();

    /**
     * Compiles a pattern.
     *
     * @param text at most {@link #MAX_LENGTH} characters
     * @param escape a code point, or {@link #NO_ESCAPE}
     */
    LikePattern(String text, int escape) {
        this.text = text;
        int[] points = text.codePoints().toArray();
        int words = (points.length >> 6) + 1;
        looping = new long[words];
        wildcards = new long[words];
        int item = 0;
        for (int i = 0; i < points.length; i++) {
            boolean isEscaped = points[i] == escape && i + 1 < points.length && isEscapable(points[i + 1], escape);
            int point = isEscaped ? points[++i] : points[i];
            if (!isEscaped && point == '%') {
                set(looping, item);
            } else if (!isEscaped && point == '_') {
                set(wildcards, item++);
            } else {
                set(matching.computeIfAbsent(point, any -> new long[words]), item++);
            }
        }
        items = item;
        matching.values().forEach(each -> or(each, wildcards));
    }

    private static boolean isEscapable(int point, int escape) {
        return point == '%' || point == '_' || point == escape;
    }

    private static void set(long[] bits, int index) {
        bits[index >> 6] |= 1L << index;
    }

    private static boolean isSet(long[] bits, int index) {
        return (bits[index >> 6] & 1L << index) != 0;
    }

    private static void or(long[] bits, long[] others) {
        for (int i = 0; i < bits.length; i++) {
            bits[i] |= others[i];
        }
    }

    /** Whether the whole of a text matches. */
    boolean matches(CharSequence candidate) {
        long[] state = new long[looping.length];
        state[0] = 1;
        int length = candidate.length();
        int i = 0;
        while (i < length) {
            if (isSet(state, items) && isSet(looping, items)) {
                return true;
            }
            int point = Character.codePointAt(candidate, i);
            i += Character.charCount(point);
            if (!advance(state, matching.getOrDefault(point, wildcards))) {
                return false;
            }
        }
        return isSet(state, items);
    }

    /** One step; false when no state is left. */
    private boolean advance(long[] state, long[] matched) {
        long carry = 0;
        long left = 0;
        for (int word = 0; word < state.length; word++) {
            long moving = state[word] & matched[word];
            state[word] = moving << 1 | carry | state[word] & looping[word];
            carry = moving >>> Long.SIZE - 1;
            left |= state[word];
        }
        return left != 0;
    }

    /** How many words the state has: the work of one step. */
    int stateWords() {
        return looping.length;
    }

    @Override
    public String toString() {
        return text;
    }
}
