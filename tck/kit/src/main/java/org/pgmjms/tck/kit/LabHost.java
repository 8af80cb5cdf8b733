package org.pgmjms.tck.kit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host of a {@link Lab}. One owner. */
public final class LabHost {
    private static final Pattern PACKETS = Pattern.compile("counter packets (\\d+)");
    private static final int MILLION = 1_000_000;

    private final Port port;
    private final String namespace;
    private final String ipv4;
    private final String ipv6;
    private final List<LabProcess> processes = new ArrayList<>();
    private List<String> prefix = List.of();

    /** An end of a cable: a device of a namespace. */
    record Port(String namespace, String device) {}

    LabHost(Port port, String namespace, String ipv4, String ipv6) {
        this.port = port;
        this.namespace = namespace;
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    /** The name of its network namespace. */
    public String namespace() {
        return namespace;
    }

    /** Its IPv4 address. */
    public String ipv4() {
        return ipv4;
    }

    /** Its IPv6 address. */
    public String ipv6() {
        return ipv6;
    }

    /** From now on programs start here as arguments of this command. */
    public void startThrough(String... command) {
        prefix = List.of(command);
    }

    /** Starts a program here. */
    public LabProcess start(String... command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        inside.addAll(prefix);
        inside.addAll(List.of(command));
        LabProcess process = LabProcess.start(inside);
        processes.add(process);
        return process;
    }

    /** Runs a short command here to its end and answers what it printed. */
    public String run(String... command) {
        return runWithInput("", command);
    }

    /** The same with text on its standard input. */
    public String runWithInput(String input, String... command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        inside.addAll(List.of(command));
        return Shell.runWithInput(input, inside.toArray(String[]::new));
    }

    /** Plugs its cable in or out: what is not plugged in costs the others nothing. */
    public void plug(boolean in) {
        Shell.run("ip", "-n", port.namespace, "link", "set", "dev", port.device, in ? "up" : "down");
    }

    /** The longest packet that its network card sends, in bytes; at first 1,500. */
    public void mtu(int bytes) {
        Shell.run("ip", "-n", namespace, "link", "set", "dev", "eth0", "mtu", Integer.toString(bytes));
    }

    /** The longest packet that the bridge forwards to it, in bytes; longer ones are dropped there. At first 1,500. */
    public void cableMtu(int bytes) {
        Shell.run("ip", "-n", port.namespace, "link", "set", "dev", port.device, "mtu", Integer.toString(bytes));
    }

    /** From now on this part of all IPv4 packets that arrive is dropped at random, of whatever protocol; 0 for none. */
    public void loseAll(double percent) {
        Shell.run("ip", "netns", "exec", namespace, "nft", "flush", "ruleset");
        if (percent > 0) {
            String rules = String.format(
                    Locale.ROOT,
                    "table ip pgmjms {%n chain loss {%n type filter hook input priority 0;%n"
                            + "numgen random mod %d < %d drop%n}%n}%n",
                    MILLION,
                    Math.round(percent * MILLION / 100));
            Shell.runWithInput(rules, "ip", "netns", "exec", namespace, "nft", "-f", "-");
        }
    }

    /** Starts a Java program with the class path of this JVM, on the same JDK. */
    public LabProcess startJava(List<String> options, String mainClass, String... arguments) {
        return start(javaCommand(options, mainClass, arguments));
    }

    /** The command line of a Java program with the class path and the kind of port of this JVM, on the same JDK. */
    public static String[] javaCommand(List<String> options, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dpgmjms.port=" + System.getProperty("pgmjms.port", "auto"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    /** From now on this part of the UDP packets that arrive is dropped at random. */
    public void lose(double percent) {
        long perMillion = Math.round(percent * MILLION / 100);
        String rules = String.format(
                Locale.ROOT,
                "table netdev pgmjms {%n chain loss {%n type filter hook ingress device \"eth0\" priority 0;%n"
                        + "udp dport != 0 counter%n"
                        + "udp dport != 0 numgen random mod %d < %d counter drop%n}%n}%n",
                MILLION,
                perMillion);
        Shell.runWithInput(rules, "ip", "netns", "exec", namespace, "nft", "-f", "-");
    }

    /** The part of arriving UDP packets that {@link #lose} dropped so far, in percent. */
    public double lostPercent() {
        String rules = Shell.run("ip", "netns", "exec", namespace, "nft", "list", "table", "netdev", "pgmjms");
        Matcher counters = PACKETS.matcher(rules);
        if (!counters.find()) {
            throw new IllegalStateException("no counter in " + rules);
        }
        long all = Long.parseLong(counters.group(1));
        if (!counters.find()) {
            throw new IllegalStateException("no second counter in " + rules);
        }
        return all == 0 ? 0 : 100.0 * Long.parseLong(counters.group(1)) / all;
    }

    void stopAll() {
        processes.forEach(LabProcess::close);
    }
}
