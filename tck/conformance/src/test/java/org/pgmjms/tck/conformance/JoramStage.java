package org.pgmjms.tck.conformance;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import junit.framework.TestCase;
import org.objectweb.jtests.jms.admin.Admin;

/** One run of the JORAM suite: on what, which classes, and which of their tests cannot pass there. */
enum JoramStage {
    /** All of the suite on a broker: proves that loading and adapting it changes nothing. */
    ARTEMIS("Artemis", JoramAdmin.OnArtemis.class, name -> true, Map.of()),

    /** All of the suite on this provider with a companion broker. */
    COMPANION("pgmjms with a companion", JoramAdmin.OnCompanion.class, name -> true, Map.of()),

    /** Topics natively, and queues played by topics. */
    TOPICS(
            "pgmjms, topics",
            JoramAdmin.OnTopics.class,
            name -> !Set.of("QueueBrowserTest", "UnifiedSessionTest").contains(name),
            Map.of(
                    "TopicSessionTest.testDurableSubscriber",
                    "a durable subscription: needs a companion broker",
                    "TopicSessionTest.testUnsubscribe",
                    "a durable subscription: needs a companion broker",
                    "MessageHeaderTest.testJMSDestination",
                    "the destination of a message is the topic that plays the queue; it passes on temporary queues")),

    /** Queues played by temporary queues, in one connection. */
    TEMPORARY_QUEUES(
            "pgmjms, temporary queues",
            JoramAdmin.OnTemporaryQueues.class,
            Set.of("TemporaryQueueTest", "QueueSessionTest", "SessionTest", "MessageHeaderTest", "UnifiedSessionTest")
                    ::contains,
            Map.of());

    /** How the exception is recognised that asks for a broker. */
    static final String NEEDS_COMPANION = "needs a companion broker";

    /** The classes that run on this provider in no way, and why. */
    static final Map<String, String> NEITHER = Map.of(
            "QueueBrowserTest",
            "browses a named queue, whose sends return when messages are in it: needs a companion broker;"
                    + " browsers of temporary queues: `QueueTest`");

    private static final String TESTS = "org/objectweb/jtests/jms/conform/";

    private final String title;
    private final Class<? extends Admin> admin;
    private final Predicate<String> runs;
    private final Map<String, String> differences;

    JoramStage(String title, Class<? extends Admin> admin, Predicate<String> runs, Map<String, String> differences) {
        this.title = title;
        this.admin = admin;
        this.runs = runs;
        this.differences = differences;
    }

    /** What cannot pass, as {@code Class.method}, and why. */
    Map<String, String> differences() {
        return differences;
    }

    boolean runs(String className) {
        return runs.test(simpleName(className));
    }

    static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    JoramLoader loader() {
        return new JoramLoader(admin);
    }

    /** The names of all test classes of the suite. */
    static List<String> classNames() throws IOException, URISyntaxException {
        Path jar = Path.of(
                Admin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(TESTS) && name.endsWith("Test.class"))
                    .map(name -> name.replace(".class", "").replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    /** The tests of a class of the suite, as JUnit 3 finds them. */
    static List<Method> tests(Class<?> suite) {
        assert TestCase.class.isAssignableFrom(suite) : suite;
        return Arrays.stream(suite.getMethods())
                .filter(method -> method.getName().startsWith("test")
                        && method.getParameterCount() == 0
                        && Modifier.isPublic(method.getModifiers()))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    @Override
    public String toString() {
        return title;
    }
}
