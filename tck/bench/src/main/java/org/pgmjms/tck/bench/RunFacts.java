package org.pgmjms.tck.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pgmjms.tck.kit.Shell;

/**
 * Where and when a run was, as text for the report. Immutable.
 *
 * @param facts by name
 */
record RunFacts(Map<String, String> facts) {
    private static final String KIND = "run";
    private static final String FULL = "full";

    /** The facts of this machine now. */
    static RunFacts now(Jdks jdks, boolean isFull, int passes, double seconds) throws IOException {
        Map<String, String> facts = new TreeMap<>();
        facts.put(KIND, isFull ? FULL : "part");
        facts.put("passes", Integer.toString(passes));
        facts.put("seconds of a measurement", Double.toString(seconds));
        facts.put("time", Instant.now().truncatedTo(ChronoUnit.MINUTES).toString());
        facts.put("processor", processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        facts.put("memory", memory());
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("JDK of the NIO port and of all Java peers", version(jdks.forNio()));
        if (jdks.forNative().isPresent()) {
            facts.put("JDK of the native port", version(jdks.forNative().get()));
        }
        facts.put("commit", commit());
        return new RunFacts(facts);
    }

    /** Reads them from where {@link #write} put them. */
    static RunFacts read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> facts = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> facts.put(name, properties.getProperty(name)));
        return new RunFacts(facts);
    }

    void write(Path file) throws IOException {
        List<String> lines = facts.entrySet().stream()
                .map(fact -> fact.getKey().replace(" ", "\\ ") + "=" + fact.getValue())
                .toList();
        Files.write(file, lines);
    }

    /** Whether everything was measured, so that the document may be written from it. */
    boolean isFull() {
        return FULL.equals(facts.get(KIND));
    }

    private static String processor() throws IOException {
        return line(Path.of("/proc/cpuinfo"), "model name").replaceFirst("^.*: *", "");
    }

    private static String memory() throws IOException {
        String kib = line(Path.of("/proc/meminfo"), "MemTotal").replaceAll("[^0-9]", "");
        return kib.isEmpty() ? "unknown" : Long.parseLong(kib) / (1 << 20) + " GiB";
    }

    private static String line(Path file, String start) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(start)).findFirst().orElse("");
        }
    }

    private static String version(Path jdk) throws IOException {
        return line(jdk.resolve("release"), "JAVA_VERSION=").replaceAll("[^0-9.]", "");
    }

    private static String commit() {
        try {
            String dirty = Shell.runQuietly("git", "status", "--porcelain", "--untracked-files=no")
                            .isBlank()
                    ? ""
                    : " and uncommitted changes";
            return Shell.runQuietly("git", "rev-parse", "--short=12", "HEAD").trim() + dirty;
        } catch (RuntimeException noGit) {
            return "unknown";
        }
    }
}
