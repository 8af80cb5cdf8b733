package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.pgmjms.tck.kit.Spec;

/** Keeps {@code docs/conformance.md} true: every section that a test names, and who differs. */
class ConformanceReportTest {
    private static final Path REPORT = Path.of("..", "..", "docs", "conformance.md");

    /** One requirement as a test names it. */
    private record Row(Spec spec, Method test) {
        String requirement() {
            String words = test.getName().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
            return words.replace("jms producer", "JMSProducer")
                    .replace("jms consumer", "JMSConsumer")
                    .replace("jms context", "JMSContext")
                    .replace("jmsx", "JMSX");
        }

        String place() {
            return test.getDeclaringClass().getSimpleName();
        }

        String on(Provider provider) {
            if (DifferenceWatch.needsBroker(test, provider)) {
                return "companion broker";
            }
            return DifferenceWatch.difference(test, provider).isPresent() ? "differs" : "yes";
        }

        /** Sections in the order of their numbers. */
        String order() {
            StringBuilder key = new StringBuilder(spec.document());
            for (String part : spec.value().split("\\.")) {
                key.append(String.format(Locale.ROOT, ".%03d", Integer.parseInt(part)));
            }
            return key + " " + requirement() + place();
        }
    }

    @Test
    void theReportIsUpToDate() throws Exception {
        String report = report();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(REPORT, report);
        }

        assertThat(Files.readString(REPORT))
                .as("run the tests with -Ddocs.write=true")
                .isEqualTo(report);
    }

    @Test
    void everyTestOfAContractNamesItsSection() throws Exception {
        assertThat(tests())
                .filteredOn(test -> test.getAnnotationsByType(Spec.class).length == 0)
                .isEmpty();
    }

    @Test
    void whereThisProviderDiffersASectionAllowsIt() throws Exception {
        assertThat(tests())
                .filteredOn(test -> DifferenceWatch.difference(test, Provider.PGMJMS)
                        .filter(difference -> difference.allowedBy().equals(Differs.NOTHING))
                        .isPresent())
                .isEmpty();
    }

    private static String report() throws IOException, URISyntaxException, ClassNotFoundException {
        List<Row> rows = rows();
        StringBuilder text = new StringBuilder("""
                # Conformance

                Generated from the tests of `tck/conformance`: each row is a test that names the section of Jakarta Messaging 3.1
                it checks. Every test runs on this provider over the loopback interface, without a companion broker and with one, and
                on an embedded Artemis, which proves the tests. Of chapter 11, the optional facilities for application servers, connection
                consumers (11.2) and global transactions (11.3) are offered. The official TCK is not run.

                A provider that differs from a test is listed with the section that allows it. The test runs on it all the same
                and fails once the difference is gone.

                """);
        differences(text, rows);
        companion(text, rows);
        JoramReport.write(text);
        requirements(text, rows);
        return text.toString();
    }

    private static void differences(StringBuilder text, List<Row> rows) {
        text.append("""
                ## Differences

                | section | requirement | provider | what it does instead | allowed by |
                |---|---|---|---|---|
                """);
        for (Row row : rows) {
            for (Differs difference : row.test.getAnnotationsByType(Differs.class)) {
                line(
                        text,
                        row.spec.value(),
                        row.requirement(),
                        difference.on().toString(),
                        difference.how(),
                        difference.allowedBy());
            }
        }
    }

    private static void companion(StringBuilder text, List<Row> rows) {
        text.append("""

                ## What needs a companion broker

                Multicast keeps nothing for those who are away. On these calls this provider, without a companion broker, throws
                an exception that names the setting; the tests check that.

                | section | requirement | tests |
                |---|---|---|
                """);
        rows.stream()
                .filter(row -> DifferenceWatch.needsBroker(row.test, Provider.PGMJMS))
                .forEach(row -> line(text, row.spec.value(), row.requirement(), code(row.place())));
    }

    private static void requirements(StringBuilder text, List<Row> rows) {
        text.append("""

                ## Requirements

                | section | requirement | tests | pgmjms | with a companion | Artemis |
                |---|---|---|---|---|---|
                """);
        for (Row row : rows) {
            line(
                    text,
                    row.spec.value(),
                    row.requirement(),
                    code(row.place()),
                    row.on(Provider.PGMJMS),
                    row.on(Provider.COMPANION),
                    row.on(Provider.ARTEMIS));
        }
    }

    static void line(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    static String code(String name) {
        return "`" + name + "`";
    }

    private static List<Row> rows() throws IOException, URISyntaxException {
        List<Row> rows = new ArrayList<>();
        for (Method test : tests()) {
            for (Spec spec : test.getAnnotationsByType(Spec.class)) {
                rows.add(new Row(spec, test));
            }
        }
        rows.sort(Comparator.comparing(Row::order));
        return rows;
    }

    /** The tests of all contracts of this package, found where they were compiled to: none can be forgotten. */
    private static List<Method> tests() throws IOException, URISyntaxException {
        Path root = Path.of(JmsContract.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String folder = JmsContract.class.getPackageName().replace('.', '/');
        Predicate<Method> isTest =
                method -> method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.class"))
                    .sorted()
                    .map(name -> contract(JmsContract.class.getPackageName() + "." + name.replace(".class", "")))
                    .filter(type ->
                            JmsContract.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers()))
                    .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                    .filter(isTest)
                    .toList();
        }
    }

    private static Class<?> contract(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
