package org.pgmjms.engine.api;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name somebody meant: the one with the smallest Levenshtein distance, case aside. */
public final class NearestName {
    private static final int LONGEST = 200;

    private NearestName() {}

    /** The known name nearest to a wrong one, or null when none is near (more than half of it differs). */
    public static @Nullable String of(String wrong, Collection<String> known) {
        if (wrong.length() > LONGEST) {
            return null;
        }
        String nearest = null;
        int least = wrong.length() / 2 + 1;
        for (String name : known) {
            int distance = distance(wrong.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        return nearest;
    }

    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            int[] done = above;
            above = row;
            row = done;
        }
        return above[b.length()];
    }
}
