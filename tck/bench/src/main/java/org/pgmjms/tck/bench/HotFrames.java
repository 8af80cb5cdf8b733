package org.pgmjms.tck.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** The methods that a flight recording found running most often. */
final class HotFrames {
    /** Threads in Java code, and threads in native code, where system calls are. */
    private static final String IN_JAVA = "jdk.ExecutionSample";

    private static final String IN_NATIVE = "jdk.NativeMethodSample";
    private static final int SHOWN = 10;

    private final Map<String, Integer> counts = new HashMap<>();
    private int all;

    /** Counts the top frames of a recording. */
    static HotFrames of(Path recording) throws IOException {
        HotFrames frames = new HotFrames();
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                String type = event.getEventType().getName();
                if (type.equals(IN_JAVA) || type.equals(IN_NATIVE)) {
                    frames.count(event.getStackTrace());
                }
            }
        }
        return frames;
    }

    private void count(@Nullable RecordedStackTrace stack) {
        if (stack != null && !stack.getFrames().isEmpty()) {
            RecordedFrame top = stack.getFrames().get(0);
            add(name(top.getMethod()));
        }
    }

    /** Counts one sample. */
    void add(String method) {
        if (!isWaiting(method)) {
            counts.merge(method, 1, Integer::sum);
            all++;
        }
    }

    /** Where threads have nothing to do. */
    private static boolean isWaiting(String method) {
        return method.contains("EPoll.wait") || method.contains("Unsafe.park") || method.contains("Object.wait");
    }

    /** The hottest methods with their part of the samples, as lines of a table. */
    List<String> table() {
        List<String> lines = new ArrayList<>(List.of("| % | method |", "|---|---|"));
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN)
                .map(entry ->
                        String.format(Locale.ROOT, "| %.1f | `%s` |", 100.0 * entry.getValue() / all, entry.getKey()))
                .forEach(lines::add);
        return lines;
    }

    private static String name(RecordedMethod method) {
        String type = method.getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
    }
}
