package org.pgmjms.tck.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Whether what a program holds grows, by looks at it in order. Its heap is judged by the slope that half of all pairs of
 * looks are below (Theil and Sen), which a few odd looks do not change; all else by its highest, which must not be higher
 * in the second half than in the first. Not thread-safe.
 */
final class Steadiness {
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double PERCENT = 100;
    private static final double MOST_PERCENT_PER_HOUR = 1;
    private static final double MOST_PERCENT_OF_SHORT_RUN = 5;
    private static final double SHORT_HOURS = 0.5;
    private static final long CHUNK = 4L << 20;
    private static final int LEAST_LOOKS = 4;

    private final String program;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Held> looks = new ArrayList<>();

    Steadiness(String program) {
        this.program = program;
    }

    String program() {
        return program;
    }

    /** The program held this so many seconds after the start. */
    void look(double second, Held held) {
        seconds.add(second);
        looks.add(held);
    }

    /** By how much of its middle value the heap grows, in percent an hour; what shrinks is negative. */
    double heapPercentPerHour() {
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < looks.size(); i++) {
            for (int j = i + 1; j < looks.size(); j++) {
                slopes.add((looks.get(j).heap() - looks.get(i).heap()) / (seconds.get(j) - seconds.get(i)));
            }
        }
        double middle = middle(looks.stream().map(held -> (double) held.heap()).toList());
        return slopes.isEmpty() ? 0 : PERCENT * SECONDS_PER_HOUR * middle(slopes) / middle;
    }

    private static double middle(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    private double hours() {
        return (seconds.get(seconds.size() - 1) - seconds.get(0)) / SECONDS_PER_HOUR;
    }

    /** What grows, in words; empty when nothing does. An hour's slope is not known from a run of minutes: there its growth is judged. */
    List<String> flaws() {
        if (looks.size() < LEAST_LOOKS) {
            return List.of(program + ": only " + looks.size() + " looks at what it holds");
        }
        List<String> flaws = new ArrayList<>();
        double slope = heapPercentPerHour();
        boolean isSteady =
                hours() < SHORT_HOURS ? slope * hours() < MOST_PERCENT_OF_SHORT_RUN : slope < MOST_PERCENT_PER_HOUR;
        if (!isSteady) {
            flaws.add(String.format(Locale.ROOT, "%s: the heap grows by %.2f %% an hour", program, slope));
        }
        higher("direct memory", Held::direct, CHUNK, flaws);
        higher("descriptors", Held::descriptors, 0, flaws);
        higher("threads", Held::threads, 1, flaws);
        return flaws;
    }

    private void higher(String what, ToLongFunction<Held> number, long slack, List<String> flaws) {
        int half = looks.size() / 2;
        long before = looks.subList(0, half).stream().mapToLong(number).max().orElse(0);
        long after = looks.subList(half, looks.size()).stream()
                .mapToLong(number)
                .max()
                .orElse(0);
        if (after > before + slack) {
            flaws.add(program + ": " + what + " grew from " + before + " to " + after);
        }
    }

    /** From the first to the last look. */
    String summary() {
        if (looks.isEmpty()) {
            return program + ": no look";
        }
        Held first = looks.get(0);
        Held last = looks.get(looks.size() - 1);
        return String.format(
                Locale.ROOT,
                "%s: %d looks in %.0f s: heap %d to %d KiB, %+.2f %%/h; direct %d to %d KiB; descriptors %d to %d; threads %d to %d",
                program,
                looks.size(),
                hours() * SECONDS_PER_HOUR,
                first.heap() >> 10,
                last.heap() >> 10,
                heapPercentPerHour(),
                first.direct() >> 10,
                last.direct() >> 10,
                first.descriptors(),
                last.descriptors(),
                first.threads(),
                last.threads());
    }
}
