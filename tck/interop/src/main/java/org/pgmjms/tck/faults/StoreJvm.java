package org.pgmjms.tck.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/** JVMs of programs that use a companion broker on this host, in their own or another JVM. Immutable. */
final class StoreJvm {
    private static final List<String> OPTIONS = List.of(
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dio.netty.noUnsafe=false",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

    private final Path dataDir;
    private final int port;

    /** A broker on a port that was free now, with its journal in a directory. */
    StoreJvm(Path dataDir) throws IOException {
        this.dataDir = dataDir;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
    }

    /** The group of all. */
    String url() {
        return "epgm://lo;239.192.75.4:" + port;
    }

    /** For others on this host. */
    String remote() {
        return "tcp://127.0.0.1:" + port;
    }

    /** For the JVM of the broker itself. */
    String embedded() {
        return "embedded?dataDir=" + dataDir;
    }

    /** For the JVM of the broker itself, so that it serves others. */
    String listening() {
        return embedded() + "&listen=" + remote();
    }

    /** Starts a program with arguments {@code url=}, {@code broker=} and these. */
    LabProcess start(Class<?> program, String broker, String... arguments) {
        String[] all = new String[2 + arguments.length];
        all[0] = "url=" + url();
        all[1] = "broker=" + broker;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return LabProcess.start(List.of(LabHost.javaCommand(OPTIONS, program.getName(), all)));
    }
}
