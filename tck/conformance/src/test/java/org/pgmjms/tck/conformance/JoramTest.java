package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import junit.framework.TestCase;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The JORAM JMS suite of 2012, for {@code javax.jms} and JUnit 3: its classes are relocated to {@code jakarta.jms} as they
 * are loaded ({@link JoramLoader}) and run as dynamic tests. Most of it insists on named queues, which this provider
 * leaves to a companion broker. So it runs with topics in their place ({@link QueuesOnTopics}: messages, properties,
 * selectors, sessions do not care), and, where a queue is what is tested, with temporary queues; and all of it with a
 * companion broker, and on Artemis, with real queues. What cannot pass is listed in {@link JoramStage} and runs all the same: it has to fail.
 */
@ExtendWith(Providers.class)
class JoramTest {

    @TestFactory
    Stream<DynamicContainer> suite() throws Exception {
        List<String> names = JoramStage.classNames();
        List<DynamicContainer> stages = new ArrayList<>();
        for (JoramStage stage : JoramStage.values()) {
            JoramLoader loader = stage.loader();
            List<DynamicContainer> classes = new ArrayList<>();
            for (String name : names) {
                if (stage.runs(name)) {
                    classes.add(container(stage, loader.loadClass(name)));
                }
            }
            stages.add(DynamicContainer.dynamicContainer(stage.toString(), classes));
        }
        return stages.stream();
    }

    private static DynamicContainer container(JoramStage stage, Class<?> suite) {
        return DynamicContainer.dynamicContainer(
                suite.getSimpleName(),
                JoramStage.tests(suite).stream()
                        .map(test -> DynamicTest.dynamicTest(test.getName(), () -> run(stage, suite, test.getName()))));
    }

    private static void run(JoramStage stage, Class<?> suite, String test) throws Throwable {
        TestCase testCase = (TestCase) suite.getConstructor(String.class).newInstance(test);
        String difference = stage.differences().get(suite.getSimpleName() + "." + test);
        if (difference == null) {
            testCase.runBare();
        } else {
            Throwable failure = catchThrowable(testCase::runBare);
            assertThat(failure)
                    .as("no longer differs on %s: %s", stage, difference)
                    .isNotNull();
            if (difference.endsWith(JoramStage.NEEDS_COMPANION)) {
                assertThat(failure).hasMessageContaining(JoramStage.NEEDS_COMPANION);
            }
        }
    }

    @Test
    void everyClassOfTheSuiteRunsOnThisProviderOrIsListed() throws Exception {
        assertThat(JoramStage.classNames())
                .hasSize(18)
                .allMatch(name -> JoramStage.NEITHER.containsKey(JoramStage.simpleName(name))
                        != (JoramStage.TOPICS.runs(name) || JoramStage.TEMPORARY_QUEUES.runs(name)));
    }

    @Test
    void everyDifferenceIsAboutATestThatRuns() throws Exception {
        for (JoramStage stage : JoramStage.values()) {
            Set<String> tests = new TreeSet<>();
            for (String name : JoramStage.classNames()) {
                if (stage.runs(name)) {
                    Class<?> suite = stage.loader().loadClass(name);
                    JoramStage.tests(suite).forEach(test -> tests.add(suite.getSimpleName() + "." + test.getName()));
                }
            }
            assertThat(tests).containsAll(stage.differences().keySet());
        }
    }

    @Test
    void relocationChangesNothingElse() throws Exception {
        Class<?> suite = JoramStage.TOPICS.loader().loadClass("org.objectweb.jtests.jms.framework.PTPTestCase");

        assertThat(Arrays.stream(suite.getDeclaredFields())
                        .map(field -> field.getType().getName()))
                .contains("jakarta.jms.Queue", "javax.naming.Context")
                .noneMatch(name -> name.startsWith("javax.jms"));
    }
}
