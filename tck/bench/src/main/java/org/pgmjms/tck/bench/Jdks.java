package org.pgmjms.tck.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The JDKs of this machine by feature release.
 *
 * @param homes where they are
 */
record Jdks(SortedMap<Integer, Path> homes) {
    private static final Path USUAL_PLACE = Path.of("/usr/lib/jvm");
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");
    private static final int BASELINE = 17;
    private static final int NATIVE_FROM = 22;

    /** Those in the usual place, and the one that runs this. */
    static Jdks find() throws IOException {
        TreeMap<Integer, Path> homes = new TreeMap<>();
        homes.put(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
        if (Files.isDirectory(USUAL_PLACE)) {
            try (Stream<Path> candidates = Files.list(USUAL_PLACE)) {
                for (Path home : candidates.sorted().toList()) {
                    feature(home).ifPresent(version -> homes.putIfAbsent(version, home));
                }
            }
        }
        return new Jdks(homes);
    }

    private static Optional<Integer> feature(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isReadable(release) || !Files.isExecutable(home.resolve("bin/java"))) {
            return Optional.empty();
        }
        Matcher version = VERSION.matcher(Files.readString(release));
        return version.find() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
    }

    /** The oldest that we support; without leave for native access it has only the NIO port. */
    Path forNio() {
        return homes.tailMap(BASELINE).values().iterator().next();
    }

    /** The newest, if it can have the native port. */
    Optional<Path> forNative() {
        int newest = homes.lastKey();
        return newest < NATIVE_FROM ? Optional.empty() : Optional.ofNullable(homes.get(newest));
    }
}
