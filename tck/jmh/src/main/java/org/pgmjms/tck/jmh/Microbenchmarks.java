package org.pgmjms.tck.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs benchmarks with short iterations and prints a table.
 *
 * <pre>
 *   Microbenchmarks                 all of them
 *   Microbenchmarks REGEX           those whose name it matches
 *   Microbenchmarks -o FILE ...     writes the table to a file as well
 * </pre>
 */
public final class Microbenchmarks {
    private static final int WARM_UPS = 3;
    private static final int ITERATIONS = 4;
    private static final TimeValue ITERATION = TimeValue.milliseconds(150);

    private Microbenchmarks() {}

    /** See the class. */
    public static void main(String... arguments) throws RunnerException, IOException {
        boolean writes = arguments.length > 1 && arguments[0].equals("-o");
        int regexAt = writes ? 2 : 0;
        ChainedOptionsBuilder options = new OptionsBuilder()
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(ITERATION)
                .measurementIterations(ITERATIONS)
                .measurementTime(ITERATION)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(
                        "-Xms1g",
                        "-Xmx1g",
                        "-XX:MaxDirectMemorySize=2g",
                        "-Dio.netty.leakDetection.level=disabled",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
                .shouldFailOnError(true);
        for (int index = regexAt; index < arguments.length; index++) {
            options.include(arguments[index]);
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        String table = new ResultTable(results).text();
        System.out.println(table);
        if (writes) {
            Files.writeString(Path.of(arguments[1]), heading() + table);
        }
    }

    private static String heading() throws IOException {
        return """
                # Microbenchmarks

                Single operations on one thread, without sockets. Written by `tck/jmh/run`; iterations are short, so read differences of a
                few percent as noise. One operation of `Session.packet`, `Link.pack` and `Link.packAndTake` is five messages; what is
                allocated there is the message that the application gets.

                %s, %d processors, Java %s, commit %s.
                """.formatted(
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version(),
                        System.getProperty("commit", "unknown"));
    }

    private static String processor() throws IOException {
        Path information = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(information)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(information)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
