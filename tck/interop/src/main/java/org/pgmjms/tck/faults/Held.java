package org.pgmjms.tck.faults;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgmjms.tck.kit.LabProcess;

/**
 * What a program held at a moment.
 *
 * @param heap bytes after collection
 * @param direct bytes of direct memory
 * @param descriptors open files and sockets
 * @param threads all of the JVM
 */
record Held(long heap, long direct, long descriptors, long threads) {
    private static final Pattern LINE =
            Pattern.compile("LOOK heap=(\\d+) direct=(\\d+) descriptors=(\\d+) threads=(\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Has a program look. */
    static Held by(LabProcess process) throws InterruptedException {
        long before = looks(process.lines());
        process.say("look");
        process.awaitLine(any -> looks(process.lines()) > before, PATIENCE);
        List<String> lines = process.lines().stream()
                .filter(line -> LINE.matcher(line).matches())
                .toList();
        return of(lines.get(lines.size() - 1));
    }

    private static long looks(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("LOOK ")).count();
    }

    private static Held of(String line) {
        Matcher found = LINE.matcher(line);
        if (!found.matches()) {
            throw new IllegalStateException("no look: " + line);
        }
        return new Held(
                Long.parseLong(found.group(1)),
                Long.parseLong(found.group(2)),
                Long.parseLong(found.group(3)),
                Long.parseLong(found.group(4)));
    }
}
