package org.pgmjms.provider.destination;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the attribute somebody meant: this package knows nothing of the engine, which has the like for settings. */
final class NearestAttribute {
    private NearestAttribute() {}

    /** The known name that differs least, or null when more than half of the wrong one would have to change. */
    static @Nullable String of(String wrong, Collection<String> known) {
        String nearest = null;
        int least = Math.min(wrong.length(), PgmDestination.MAX_NAME_BYTES) / 2 + 1;
        for (String name : known) {
            int distance = distance(wrong, name);
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        return nearest;
    }

    /** How many letters have to change; of texts whose lengths differ much nobody asks. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > b.length()) {
            return Integer.MAX_VALUE;
        }
        int[][] changes = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    changes[i][j] = i + j;
                } else {
                    int replaced = changes[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                    changes[i][j] = Math.min(replaced, 1 + Math.min(changes[i - 1][j], changes[i][j - 1]));
                }
            }
        }
        return changes[a.length()][b.length()];
    }
}
