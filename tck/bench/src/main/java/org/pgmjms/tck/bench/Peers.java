package org.pgmjms.tck.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgmjms.tck.kit.Shell;

/** The C programs, built from their sources, and what cannot be measured on this machine, with the reason. */
final class Peers {
    private final Map<Contender.Kind, Path> programs = new EnumMap<>(Contender.Kind.class);
    private final Map<Contender.Kind, String> missing = new EnumMap<>(Contender.Kind.class);

    /** Builds what can be built into this directory. */
    static Peers build(Path sources, Path directory) throws IOException {
        Peers peers = new Peers();
        Files.createDirectories(directory);
        peers.build(Contender.Kind.UDP, sources.resolve("udp.c"), directory, null);
        peers.build(Contender.Kind.OPENPGM, sources.resolve("openpgm.c"), directory, "openpgm-5.3");
        peers.build(Contender.Kind.ZEROMQ, sources.resolve("zeromq.c"), directory, "libzmq");
        return peers;
    }

    private void build(Contender.Kind kind, Path source, Path directory, @Nullable String library) {
        String name = source.getFileName().toString();
        Path program = directory.resolve(name.substring(0, name.lastIndexOf('.')));
        List<String> command =
                new ArrayList<>(List.of("gcc", "-O2", "-Wall", "-o", program.toString(), source.toString()));
        try {
            if (library != null) {
                String flags = Shell.run("pkg-config", "--cflags", "--libs", library);
                command.addAll(List.of(flags.trim().split(" +", -1)));
            }
            Shell.run(command.toArray(String[]::new));
            programs.put(kind, program.toAbsolutePath());
        } catch (RuntimeException failed) {
            missing.put(kind, "cannot be built: " + failed.getMessage());
        }
    }

    /** Where the program of a C peer is. */
    Path program(Contender.Kind kind) {
        return Objects.requireNonNull(programs.get(kind), () -> kind + " was not built");
    }

    /** Why a program is left out. */
    Map<Contender.Kind, String> missing() {
        return missing;
    }
}
