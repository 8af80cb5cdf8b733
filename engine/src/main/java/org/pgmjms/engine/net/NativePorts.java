package org.pgmjms.engine.net;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds native ports. The class that reaches the C library is in the layer for Java 22 (docs/adr/0002): in the directory
 * of versions of the jar, or anywhere on the class path.
 */
final class NativePorts {
    private static final String ACCESS = "org.pgmjms.engine.net.ForeignAccess";
    private static final int FIRST_RELEASE = 22;
    private static final Set<String> MACHINES = Set.of("amd64", "aarch64");

    private NativePorts() {}

    /**
     * What was found.
     *
     * @param ports the native ports, or null
     * @param obstacle why there are none; empty when there are
     */
    record Found(@Nullable Ports ports, String obstacle) {}

    /** Looks for native ports. */
    static Found find() {
        if (!Interfaces.osIs("linux") || !MACHINES.contains(System.getProperty("os.arch", ""))) {
            return new Found(null, "native ports are for Linux on x86-64 and AArch64");
        }
        if (Runtime.version().feature() < FIRST_RELEASE) {
            return new Found(null, "native ports need Java " + FIRST_RELEASE);
        }
        Libc.Access access;
        try {
            access = Class.forName(ACCESS)
                    .asSubclass(Libc.Access.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            return new Found(null, "the engine's layer for Java " + FIRST_RELEASE + " is not there: " + e);
        }
        String obstacle = access.obstacle();
        if (obstacle == null) {
            obstacle = LinuxPorts.obstacle(access);
        }
        return obstacle == null ? new Found(new LinuxPorts(access), "") : new Found(null, obstacle);
    }
}
