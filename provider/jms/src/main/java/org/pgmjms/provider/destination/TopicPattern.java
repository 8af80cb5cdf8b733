package org.pgmjms.provider.destination;

import java.util.List;

/**
 * A pattern of topic names: levels between dots, where {@code *} stands for one level and {@code >}, as the last level,
 * for one or more. A name without wildcards matches itself. Names whose first level begins with {@code $} are matched by
 * no wildcard: they are a provider's own. Immutable; safe for any thread.
 */
public final class TopicPattern {
    private static final String ONE = "*";
    private static final String REST = ">";
    private static final String RESERVED = "$";

    private final String text;
    private final List<String> levels;

    private TopicPattern(String text) {
        this.text = text;
        this.levels = List.of(text.split("\\.", -1));
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if {@code >} is a level but not the last
     */
    public static TopicPattern parse(String text) {
        TopicPattern pattern = new TopicPattern(text);
        int rest = pattern.levels.indexOf(REST);
        if (rest >= 0 && rest < pattern.levels.size() - 1) {
            throw new IllegalArgumentException("In the pattern '" + text + "' the wildcard > has to be the last level");
        }
        return pattern;
    }

    /** The pattern that a destination's name is; unlike {@link #parse} it takes any. */
    public static TopicPattern of(String name) {
        return new TopicPattern(name);
    }

    /** Whether a level of this name is a wildcard. */
    public static boolean hasWildcard(String name) {
        if (name.indexOf('*') < 0 && name.indexOf('>') < 0) {
            return false;
        }
        List<String> levels = new TopicPattern(name).levels;
        return levels.contains(ONE) || levels.contains(REST);
    }

    /** Whether a topic with this bare name is meant. */
    public boolean matches(String name) {
        return covers(new TopicPattern(name));
    }

    /** Whether it matches every name that the other one matches. */
    public boolean covers(TopicPattern other) {
        if (other.isReserved() && isWildcard(levels.get(0))) {
            return false;
        }
        for (int i = 0; i < levels.size(); i++) {
            if (i == other.levels.size()) {
                return false;
            }
            String mine = levels.get(i);
            String theirs = other.levels.get(i);
            if (mine.equals(REST)) {
                return true;
            }
            if (theirs.equals(REST) || !mine.equals(ONE) && !mine.equals(theirs)) {
                return false;
            }
        }
        return levels.size() == other.levels.size();
    }

    /** Whether there is a name that both match. */
    public boolean intersects(TopicPattern other) {
        if (other.isReserved() && isWildcard(levels.get(0)) || isReserved() && isWildcard(other.levels.get(0))) {
            return false;
        }
        for (int i = 0; i < Math.min(levels.size(), other.levels.size()); i++) {
            String mine = levels.get(i);
            String theirs = other.levels.get(i);
            if (mine.equals(REST) || theirs.equals(REST)) {
                return true;
            }
            if (!mine.equals(ONE) && !theirs.equals(ONE) && !mine.equals(theirs)) {
                return false;
            }
        }
        return levels.size() == other.levels.size();
    }

    private boolean isReserved() {
        return levels.get(0).startsWith(RESERVED);
    }

    private static boolean isWildcard(String level) {
        return level.equals(ONE) || level.equals(REST);
    }

    /** The text it was read from. */
    @Override
    public String toString() {
        return text;
    }
}
