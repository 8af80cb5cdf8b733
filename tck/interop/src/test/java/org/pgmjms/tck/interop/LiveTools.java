package org.pgmjms.tck.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pgmjms.tck.kit.Lab;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/** The programs that live tests run on the hosts of a lab. */
final class LiveTools {
    /** The memory that publisher and subscriber have to be content with. */
    static final List<String> SMALL = List.of("-Xmx256m", "-XX:MaxDirectMemorySize=128m");

    /** For programs that live a second or two: little memory, and little time to start. */
    static final List<String> SHORT_LIVED =
            List.of("-Xmx64m", "-XX:MaxDirectMemorySize=64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** What a user's JVM has when nothing is said. */
    static final List<String> PLAIN = List.of();

    static final String GROUP = "239.192.0.1";
    static final int PORT = 7500;
    static final String URL_IPV6 = "epgm://eth0;[ff15::7500]:" + PORT;
    static final Duration READY = Duration.ofSeconds(30);

    private static final int LINGER_SECONDS = 120;
    private static final String TOOLS = "org.pgmjms.tools.PgmjmsCommand";

    private LiveTools() {}

    /** The channel on a lab's hosts, with options such as {@code pgm.profile=openpgm}. */
    static String url(String... options) {
        String url = "epgm://eth0;" + GROUP + ":" + PORT;
        return options.length == 0 ? url : url + "?" + String.join("&", options);
    }

    /** {@code pgmjms publish} on a host. */
    static LabProcess publish(LabHost host, String url, String... arguments) {
        return publish(SMALL, host, url, arguments);
    }

    /** The same in a JVM with these options. */
    static LabProcess publish(List<String> jvm, LabHost host, String url, String... arguments) {
        return host.startJava(jvm, TOOLS, command("publish", url, arguments));
    }

    /** {@code pgmjms subscribe} on a host; returns when it has joined the group. */
    static LabProcess subscribe(LabHost host, String url, String... arguments) throws InterruptedException {
        return subscribe(SMALL, host, url, arguments);
    }

    /** The same in a JVM with these options. */
    static LabProcess subscribe(List<String> jvm, LabHost host, String url, String... arguments)
            throws InterruptedException {
        LabProcess process = startSubscriber(jvm, host, url, arguments);
        awaitSubscribed(process);
        return process;
    }

    /** The same, but returns at once. */
    static LabProcess startSubscriber(List<String> jvm, LabHost host, String url, String... arguments) {
        return host.startJava(jvm, TOOLS, command("subscribe", url, arguments));
    }

    /** Returns when a subscriber has joined the group. */
    static void awaitSubscribed(LabProcess subscriber) throws InterruptedException {
        subscriber.awaitLine(line -> line.startsWith("subscribed to "), READY);
    }

    private static String[] command(String name, String url, String... arguments) {
        List<String> command = new ArrayList<>(List.of(name, "--url", url));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    /** Builds our program on OpenPGM. */
    static Path openPgmPeer() {
        return peer("openpgm_peer.c", "openpgm-5.3");
    }

    /** An OpenPGM receiver on a host; returns when it has joined. */
    static LabProcess openPgmReceiver(LabHost host, Path peer, int count, int sources) throws InterruptedException {
        LabProcess receiver = host.start(
                peer.toString(),
                "receiver",
                "net=" + host.ipv4() + ";" + GROUP,
                "udp=" + PORT,
                "dport=" + PORT,
                "count=" + count,
                "sources=" + sources,
                "timeout=120");
        receiver.awaitLine("READY"::equals, READY);
        return receiver;
    }

    /** An OpenPGM source on a host; it starts to send at once, and goes on to repair until it is stopped. */
    static LabProcess openPgmSource(LabHost host, Path peer, int count, int size, int rate) {
        return host.start(
                "sh",
                "-c",
                "echo go | exec " + peer + " source 'net=" + host.ipv4() + ";" + GROUP + "' udp=" + PORT + " dport="
                        + PORT + " count=" + count + " size=" + size + " rate=" + rate + " wait=" + LINGER_SECONDS);
    }

    /** Builds our program on ZeroMQ. */
    static Path zeroMqPeer() {
        return peer("zeromq_peer.c", "libzmq");
    }

    /** A ZeroMQ subscriber on a host; returns when it has joined. */
    static LabProcess zeroMqSubscriber(LabHost host, Path peer, int count, String prefix) throws InterruptedException {
        LabProcess subscriber = host.start(
                peer.toString(),
                "sub",
                "url=" + zeroMqUrl(host),
                "group=" + GROUP,
                "prefix=" + prefix,
                "count=" + count,
                "timeout=120");
        subscriber.awaitLine("READY"::equals, READY);
        return subscriber;
    }

    /** A ZeroMQ publisher on a host; it starts to send at once, and goes on to repair until it is stopped. */
    static LabProcess zeroMqPublisher(LabHost host, Path peer, int count, int size, int rate, int parts) {
        return host.start(
                "sh",
                "-c",
                "echo go | exec " + peer + " pub 'url=" + zeroMqUrl(host) + "' count=" + count + " size=" + size
                        + " rate=" + rate + " parts=" + parts + " wait=" + LINGER_SECONDS);
    }

    private static Path peer(String source, String library) {
        return Lab.compile(Path.of("src", "test", "c", source), Path.of("target", "c"), library);
    }

    private static String zeroMqUrl(LabHost host) {
        return "epgm://" + host.ipv4() + ";" + GROUP + ":" + PORT;
    }
}
