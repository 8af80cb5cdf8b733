package org.pgmjms.tck.bench;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.pgmjms.tck.kit.Lab;

/** The C programs, built from their sources, and what cannot be measured on this machine, with the reason. */
final class Peers {
    private final Map<Contender.Kind, Path> programs = new EnumMap<>(Contender.Kind.class);
    private final Map<Contender.Kind, String> missing = new EnumMap<>(Contender.Kind.class);

    /** Builds what can be built into this directory. */
    static Peers build(Path sources, Path directory) {
        Peers peers = new Peers();
        peers.build(Contender.Kind.UDP, sources.resolve("udp.c"), directory);
        peers.build(Contender.Kind.OPENPGM, sources.resolve("openpgm.c"), directory, "openpgm-5.3");
        peers.build(Contender.Kind.ZEROMQ, sources.resolve("zeromq.c"), directory, "libzmq");
        return peers;
    }

    private void build(Contender.Kind kind, Path source, Path directory, String... libraries) {
        try {
            programs.put(kind, Lab.compile(source, directory, libraries));
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
