package org.pgmjms.tck.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgmjms.tck.kit.LabProcess;

/** Engine, provider and an application as named modules, with nothing on the class path. */
class ModulePathTest {
    private static final String URL = "epgm://lo;239.192.0.91:7591?pgm.linger=100ms";
    private static final String PROGRAM = "org.pgmjms.tck.modules/org.pgmjms.tck.modules.ModularProgram";
    private static final String NATIVE_ACCESS = "--enable-native-access=org.pgmjms.engine";
    private static final int FIRST_NATIVE_RELEASE = 22;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private static Path jars;

    private static String modulePath;

    /** A build that packages nothing has class directories, of which a module path knows no versions. */
    @BeforeAll
    static void packageWhatIsNot() throws Exception {
        Path manifest = Files.writeString(jars.resolve("manifest"), "Multi-Release: true\n");
        List<String> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path place = Path.of(entry);
            if (Files.isRegularFile(place)) {
                path.add(entry);
            } else if (Files.exists(place.resolve("module-info.class"))) {
                path.add(jar(place, manifest, path.size()));
            }
        }
        modulePath = String.join(File.pathSeparator, path);
    }

    private static String jar(Path classes, Path manifest, int number) {
        String file = jars.resolve("module-" + number + ".jar").toString();
        int result = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--create",
                        "--file=" + file,
                        "--manifest=" + manifest,
                        "-C",
                        classes.toString(),
                        ".");
        assertThat(result).as("jar of %s", classes).isZero();
        return file;
    }

    @Test
    void runsOnNio() throws InterruptedException {
        assertThat(run("-Dpgmjms.port=nio").lines()).anyMatch(line -> line.contains("datagrams go by nio: "));
    }

    /** The port says what to write on the command line. */
    @Test
    void withoutNativeAccessRunsOnNioAndNamesTheModuleThatNeedsIt() throws InterruptedException {
        assumeNativePorts();

        assertThat(run("-Dpgmjms.port=auto").lines())
                .anyMatch(line -> line.contains("datagrams go by nio: ") && line.contains("(" + NATIVE_ACCESS + ")"))
                .noneMatch(line -> line.contains("restricted method"));
    }

    @Test
    void runsOnTheNativePort() throws InterruptedException {
        assumeNativePorts();

        assertThat(run(NATIVE_ACCESS, "-Dpgmjms.port=native", "--illegal-native-access=deny")
                        .lines())
                .anyMatch(line -> line.contains("datagrams go by the native port"))
                .noneMatch(line -> line.contains("restricted method"));
    }

    private static void assumeNativePorts() {
        boolean areThere = "Linux".equals(System.getProperty("os.name"))
                && Runtime.version().feature() >= FIRST_NATIVE_RELEASE;
        if (!areThere) {
            System.err.println(
                    "SKIPPED ModulePathTest with native ports: needs Linux and Java " + FIRST_NATIVE_RELEASE);
        }
        assumeTrue(areThere, "native ports need Linux and Java " + FIRST_NATIVE_RELEASE);
    }

    private static LabProcess run(String... options) throws InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("--module-path", modulePath, "--module", PROGRAM, URL));
        LabProcess process = LabProcess.start(command);

        assertThat(process.awaitExit(PATIENCE)).as(process.tail()).isZero();
        assertThat(process.lines()).contains("text=39.81", "bytes=50000", "named=true");
        assertThat(process.lines())
                .filteredOn(line -> line.startsWith("modules="))
                .singleElement()
                .asString()
                .contains(
                        "org.pgmjms.provider", "org.pgmjms.engine", "jakarta.messaging", "io.netty.buffer", "caffeine")
                .doesNotContain("junit");
        return process;
    }
}
