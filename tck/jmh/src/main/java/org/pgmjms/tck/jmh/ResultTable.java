package org.pgmjms.tck.jmh;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Results of benchmarks as Markdown: a table for each class, sorted by name. */
final class ResultTable {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Map<String, Map<String, String>> rows = new TreeMap<>();

    ResultTable(Collection<RunResult> results) {
        for (RunResult result : results) {
            BenchmarkParams benchmark = result.getParams();
            String name = benchmark.getBenchmark();
            int dot = name.lastIndexOf('.');
            String parameters = benchmark.getParamsKeys().stream()
                    .map(key -> key + " " + benchmark.getParam(key))
                    .collect(Collectors.joining(", "));
            rows.computeIfAbsent(title(name.substring(0, dot)), any -> new TreeMap<>())
                    .put(order(name.substring(dot + 1), benchmark), row(name.substring(dot + 1), parameters, result));
        }
    }

    /** Sorts by method, then by parameters as numbers. */
    private static String order(String method, BenchmarkParams benchmark) {
        return method
                + benchmark.getParamsKeys().stream()
                        .map(key -> String.format(Locale.ROOT, "/%12s", benchmark.getParam(key)))
                        .collect(Collectors.joining());
    }

    private static String title(String className) {
        String simple = className.substring(className.lastIndexOf('.') + 1).replace("Benchmark", "");
        String where = className.substring(0, className.lastIndexOf('.')).replace("org.pgmjms.", "");
        return where + "." + simple;
    }

    private static String row(String method, String parameters, RunResult result) {
        Result<?> time = result.getPrimaryResult();
        Result<?> bytes = result.getSecondaryResults().get(ALLOCATED);
        double allocated = bytes == null ? Double.NaN : bytes.getScore();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,.1f ± %,.1f | %,.0f |",
                method,
                parameters,
                time.getScore(),
                time.getScoreError(),
                Math.abs(allocated));
    }

    String text() {
        StringBuilder text = new StringBuilder(4096);
        rows.forEach((title, lines) -> {
            text.append("\n## ").append(title).append("\n\n");
            text.append("| operation | parameters | ns/op | B/op |\n|---|---|---|---|\n");
            lines.values().forEach(line -> text.append(line).append('\n'));
        });
        return text.toString();
    }
}
