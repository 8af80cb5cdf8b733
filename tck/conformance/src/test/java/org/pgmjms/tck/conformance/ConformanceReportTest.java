package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pgmjms.tck.kit.Spec;

/** Keeps {@code docs/conformance.md} true: it lists every section that a test names. */
class ConformanceReportTest {
    private static final Path REPORT = Path.of("..", "..", "docs", "conformance.md");
    private static final List<Class<?>> CONTRACTS = List.of(
            MessageContract.class,
            ConnectionContract.class,
            SessionContract.class,
            SendingContract.class,
            ReceivingContract.class,
            PgmTest.Messages.class);

    /** One requirement as a test names it. */
    private record Row(String document, String section, String requirement, String test) {
        private static Row of(Spec spec, Method method) {
            String words = method.getName().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
            return new Row(
                    spec.document(),
                    spec.value(),
                    words.replace("jms producer", "JMSProducer"),
                    method.getDeclaringClass().getSimpleName());
        }

        /** Sections in the order of their numbers. */
        private String order() {
            StringBuilder key = new StringBuilder(document);
            for (String part : section.split("\\.")) {
                key.append(String.format(Locale.ROOT, ".%03d", Integer.parseInt(part)));
            }
            return key + requirement;
        }
    }

    @Test
    void theReportIsUpToDate() throws IOException {
        String report = report();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(REPORT, report);
        }

        assertThat(Files.readString(REPORT))
                .as("run the tests with -Ddocs.write=true")
                .isEqualTo(report);
    }

    private static String report() {
        StringBuilder text = new StringBuilder("""
                # Conformance

                Generated from the tests of `tck/conformance`: each row is a test that names the section it checks. All of them run
                on this provider over the loopback interface; those of a contract run on an embedded Artemis as well, which proves the
                tests. The official TCK is not run.

                | specification | section | requirement | tests |
                |---|---|---|---|
                """);
        List<Row> rows = new ArrayList<>();
        for (Class<?> contract : CONTRACTS) {
            for (Method method : contract.getDeclaredMethods()) {
                Stream.of(method.getAnnotationsByType(Spec.class))
                        .map(spec -> Row.of(spec, method))
                        .forEach(rows::add);
            }
        }
        rows.sort(Comparator.comparing(Row::order));
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT, "| %s | %s | %s | `%s` |%n", row.document, row.section, row.requirement, row.test));
        }
        return text.toString();
    }
}
