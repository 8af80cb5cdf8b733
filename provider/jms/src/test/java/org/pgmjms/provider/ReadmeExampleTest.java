package org.pgmjms.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application that the README shows compiles and runs; here on a network in memory. */
public class ReadmeExampleTest {
    private static final List<Object> PRINTED = new CopyOnWriteArrayList<>();
    private static final TestProvider PROVIDER = new TestProvider();
    private static final String START = "```java\n";
    private static final String NEW_FACTORY = "new PgmConnectionFactory(\"epgm://lo;239.192.0.1:7500\")";

    /** In place of the example's factory. */
    public static ConnectionFactory factory() {
        return PROVIDER.factory();
    }

    /** In place of the example's output. */
    public static void print(Object line) {
        PRINTED.add(line);
    }

    @Test
    void printsWhatItSent(@TempDir Path directory) throws Exception {
        String example = example();
        assertTrue(example.contains(NEW_FACTORY) && example.contains("System.out.println("), example);
        String runnable = "import jakarta.jms.*;\nimport org.pgmjms.provider.*;\n"
                + example.replace(NEW_FACTORY, "ReadmeExampleTest.factory()")
                        .replace("System.out.println(", "ReadmeExampleTest.print(");

        run(directory, runnable);

        assertEquals(List.of("39.81"), PRINTED);
        assertEquals(0, PROVIDER.network().openLinks());
    }

    private static String example() throws IOException {
        String readme = Files.readString(Path.of("..", "..", "README.md"));
        int start = readme.indexOf(START) + START.length();
        return readme.substring(start, readme.indexOf("```", start));
    }

    private static void run(Path directory, String code) throws Exception {
        Path source = Files.writeString(directory.resolve("Hello.java"), code);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int status = compiler.run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                directory.toString(),
                source.toString());
        assertEquals(0, status);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            loader.loadClass("Hello").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        }
    }
}
