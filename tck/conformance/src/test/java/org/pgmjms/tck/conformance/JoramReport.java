package org.pgmjms.tck.conformance;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The part of the report about the JORAM suite. */
final class JoramReport {
    private JoramReport() {}

    static void write(StringBuilder text) throws IOException, URISyntaxException, ClassNotFoundException {
        text.append("""

                ## JORAM suite

                `org.fusesource.joram-jms-tests`, written for javax.jms and JUnit 3, relocated to jakarta.jms as it is loaded. Most
                of its classes want a named queue. On this provider without a companion broker a topic plays it, or, where queues are
                what is tested, a temporary queue. The numbers are tests that run.

                | class | %s |
                |---%s|
                """.formatted(String.join(" | ", titles()), "|---".repeat(JoramStage.values().length)));
        for (String name : JoramStage.classNames()) {
            List<String> cells = new ArrayList<>();
            cells.add(ConformanceReportTest.code(JoramStage.simpleName(name)));
            for (JoramStage stage : JoramStage.values()) {
                cells.add(stage.runs(name) ? count(stage, name) : "-");
            }
            ConformanceReportTest.line(text, cells.toArray(new String[0]));
        }
        text.append("""

                What does not pass there:

                | test | on | why |
                |---|---|---|
                """);
        for (JoramStage stage : JoramStage.values()) {
            new TreeMap<>(stage.differences())
                    .forEach((test, why) ->
                            ConformanceReportTest.line(text, ConformanceReportTest.code(test), stage.toString(), why));
        }
        JoramStage.NEITHER.forEach((test, why) ->
                ConformanceReportTest.line(text, ConformanceReportTest.code(test), "pgmjms without a companion", why));
    }

    private static List<String> titles() {
        List<String> titles = new ArrayList<>();
        for (JoramStage stage : JoramStage.values()) {
            titles.add(stage.toString());
        }
        return titles;
    }

    private static String count(JoramStage stage, String name) throws ClassNotFoundException {
        Class<?> suite = stage.loader().loadClass(name);
        return Integer.toString(JoramStage.tests(suite).size());
    }
}
