package org.pgmjms.tck.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network of its own: hosts in network namespaces, joined by a bridge in one more. Needs root. Closing it ends what
 * still runs in it and removes it. One owner.
 */
public final class Lab implements AutoCloseable {
    private static final String PREFIX = "pgmjms-" + ProcessHandle.current().pid();

    private static final AtomicInteger LABS = new AtomicInteger();

    private final String name;
    private final String bridge;
    private final boolean checksumOffload;
    private final Map<String, LabHost> hosts = new TreeMap<>();
    private int numbers;

    /** A lab with nothing but its bridge, in which every checksum is on the wire. */
    public Lab() {
        this(false);
    }

    /**
     * A lab with nothing but its bridge.
     *
     * @param checksumOffload whether checksums are left to the network cards, which these hosts do not have: faster, but
     *     no packet can be captured whole
     */
    public Lab(boolean checksumOffload) {
        this.checksumOffload = checksumOffload;
        name = PREFIX + "-" + LABS.incrementAndGet();
        bridge = name + "-bridge";
        Shell.run("ip", "netns", "add", bridge);
        Shell.run("ip", "-n", bridge, "link", "add", "br0", "type", "bridge", "mcast_snooping", "0");
        Shell.run("ip", "-n", bridge, "link", "set", "dev", "br0", "up");
    }

    /** What is missing on this machine to have a lab and run these commands in it; empty when nothing is. */
    public static Optional<String> missing(String... commands) {
        List<String> missing = new ArrayList<>();
        if (!"root".equals(System.getProperty("user.name"))) {
            missing.add("root");
        }
        List<String> wanted = new ArrayList<>(List.of("ip", "nft", "ethtool"));
        wanted.addAll(List.of(commands));
        for (String command : wanted) {
            if (Shell.find(command).isEmpty()) {
                missing.add(command);
            }
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of("needs " + String.join(", ", missing));
    }

    /** A new host on the bridge: 10.77.0.n and fd77::n on eth0. */
    public LabHost host(String hostName) {
        int number = number();
        String namespace = add(hostName);
        String port = "v" + number;
        plug(port, new LabHost.Port(namespace, "eth0"));
        return configured(hostName, new LabHost.Port(bridge, port), number);
    }

    /**
     * A new host like the others, whose cable goes through a box: a second host, {@code NAME-box}, with the bridge's side
     * on eth0 and the host's on eth1, and nothing that carries packets from one to the other.
     */
    public LabHost hostBehindBox(String hostName) {
        int number = number();
        String box = add(hostName + "-box");
        String namespace = add(hostName);
        String port = "v" + number;
        plug(port, new LabHost.Port(box, "eth0"));
        join(new LabHost.Port(box, "eth1"), new LabHost.Port(namespace, "eth0"));
        for (String side : List.of("eth0", "eth1")) {
            Shell.run("ip", "-n", box, "link", "set", "dev", side, "up");
            Shell.run("ip", "netns", "exec", box, "ethtool", "-K", side, "tx", "off");
        }
        hosts.put(hostName + "-box", new LabHost(new LabHost.Port(bridge, port), box, "", ""));
        return configured(hostName, new LabHost.Port(box, "eth1"), number);
    }

    /** The box of a {@link #hostBehindBox}. */
    public LabHost box(String hostName) {
        return Objects.requireNonNull(hosts.get(hostName + "-box"), hostName);
    }

    private int number() {
        numbers++;
        return numbers;
    }

    private String add(String hostName) {
        String namespace = name + "-" + hostName;
        Shell.run("ip", "netns", "add", namespace);
        return namespace;
    }

    private void plug(String port, LabHost.Port end) {
        join(new LabHost.Port(bridge, port), end);
        Shell.run("ip", "-n", bridge, "link", "set", "dev", port, "master", "br0");
        Shell.run("ip", "-n", bridge, "link", "set", "dev", port, "up");
    }

    private static void join(LabHost.Port one, LabHost.Port other) {
        List<String> link = List.of("ip", "link", "add", one.device(), "netns", one.namespace(), "type", "veth");
        List<String> peer = List.of("peer", "name", other.device(), "netns", other.namespace());
        List<String> command = new ArrayList<>(link);
        command.addAll(peer);
        Shell.run(command.toArray(String[]::new));
    }

    private LabHost configured(String hostName, LabHost.Port port, int number) {
        String namespace = name + "-" + hostName;
        Shell.run("ip", "-n", namespace, "addr", "add", "10.77.0." + number + "/24", "dev", "eth0");
        Shell.run("ip", "-n", namespace, "addr", "add", "fd77::" + number + "/64", "dev", "eth0", "nodad");
        Shell.run("ip", "-n", namespace, "link", "set", "dev", "eth0", "up");
        Shell.run("ip", "-n", namespace, "link", "set", "dev", "lo", "up");
        Shell.run("ip", "-n", namespace, "route", "add", "224.0.0.0/4", "dev", "eth0");
        if (!checksumOffload) {
            Shell.run("ip", "netns", "exec", namespace, "ethtool", "-K", "eth0", "tx", "off");
        }
        LabHost host = new LabHost(port, namespace, "10.77.0." + number, "fd77::" + number);
        hosts.put(hostName, host);
        return host;
    }

    @Override
    public void close() {
        hosts.values().forEach(LabHost::stopAll);
        hosts.values().forEach(host -> Shell.run("ip", "netns", "del", host.namespace()));
        Shell.run("ip", "netns", "del", bridge);
    }

    /**
     * Compiles a C program with gcc and libraries that pkg-config knows, into a directory; answers where it is. Others may
     * compile the same one, or run it, meanwhile.
     */
    public static Path compile(Path source, Path directory, String... libraries) {
        try {
            String file = source.getFileName().toString();
            Path program = Files.createDirectories(directory).resolve(file.substring(0, file.lastIndexOf('.')));
            List<String> command = new ArrayList<>(List.of("gcc", "-O2", "-Wall", source.toString()));
            for (String library : libraries) {
                String flags = Shell.run("pkg-config", "--cflags", "--libs", library);
                command.addAll(List.of(flags.trim().split(" +", -1)));
            }
            Path built = Files.createTempFile(directory, file, null);
            command.addAll(List.of("-o", built.toString()));
            Shell.run(command.toArray(String[]::new));
            Files.move(built, program, StandardCopyOption.REPLACE_EXISTING);
            return program.toAbsolutePath();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
