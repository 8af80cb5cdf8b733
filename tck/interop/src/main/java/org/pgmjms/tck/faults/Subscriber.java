package org.pgmjms.tck.faults;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pgmjms.tck.faults.program.SubscriberProgram;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;
import org.pgmjms.tck.kit.Shell;

/** A subscriber's process. One owner. */
final class Subscriber {
    private static final Duration START = Duration.ofSeconds(60);
    private static final int RCVBUF_ERRORS = 5;
    private static final double NANOS = 1e9;

    private final String name;
    private final LabHost host;
    private final PacketFilter filter;
    private final LabProcess process;
    private int asked;
    private long askedNs;

    /** What it says of one source's messages. */
    record Account(
            int producer,
            long first,
            long received,
            long reported,
            long silent,
            long tail,
            long phantom,
            long early,
            long again,
            long unknown) {}

    /** Starts it. */
    Subscriber(String name, LabHost host, PacketFilter filter, Load load, List<String> jvm, String... more) {
        this.name = name;
        this.host = host;
        this.filter = filter;
        String[] arguments = Stream.concat(Stream.of("url=" + load.url(), "topic=t"), Stream.of(more))
                .toArray(String[]::new);
        process = host.startJava(jvm, SubscriberProgram.class.getName(), arguments);
    }

    String name() {
        return name;
    }

    LabHost host() {
        return host;
    }

    PacketFilter filter() {
        return filter;
    }

    LabProcess process() {
        return process;
    }

    void awaitReady() throws InterruptedException {
        process.awaitLine("READY"::equals, START);
    }

    /** Lets it join, where it was started to wait for that. */
    void join() {
        process.say("join");
    }

    /** Waits until it waits to be told to join. */
    void awaitWaiting() throws InterruptedException {
        process.awaitLine("WAITING"::equals, START);
    }

    /** Waits until it has got something. */
    void awaitFirst() throws InterruptedException {
        process.awaitLine(line -> line.startsWith("FIRST "), START);
    }

    /** Waits until it has got something of this producer. */
    void awaitFirst(int producer) throws InterruptedException {
        process.awaitLine(("FIRST producer=" + producer)::equals, START);
    }

    /** Asks it to say when the next message comes; {@link #awaitNext} waits for that. */
    void askForNext() throws InterruptedException {
        asked++;
        process.say("next");
        awaitLines("AWAITED", asked);
        askedNs = System.nanoTime();
    }

    /** Waits for the message that was asked for, and answers the seconds since then. */
    double awaitNext() throws InterruptedException {
        awaitLines("NEXT", asked);
        return (System.nanoTime() - askedNs) / NANOS;
    }

    private void awaitLines(String line, int count) throws InterruptedException {
        process.awaitLine(any -> process.lines().stream().filter(line::equals).count() >= count, START);
    }

    /** How many messages of a producer, from its first, it has got up to the last one that it got. */
    long highest(int producer) throws InterruptedException {
        asked++;
        process.say("next");
        awaitLines("AWAITED", asked);
        String wanted = "HIGHEST producer=" + producer + " ";
        return process.lines().stream()
                .filter(line -> line.startsWith(wanted))
                .mapToLong(line -> number(line, "messages"))
                .max()
                .orElse(0);
    }

    /** What it holds. */
    Held look() throws InterruptedException {
        return Held.by(process);
    }

    /** Datagrams that its host dropped because the socket's buffer was full. */
    long overruns() {
        return host.run("cat", "/proc/net/snmp")
                .lines()
                .filter(line -> line.startsWith("Udp: ") && !line.contains("RcvbufErrors"))
                .mapToLong(line -> Long.parseLong(line.split(" ", -1)[RCVBUF_ERRORS]))
                .sum();
    }

    /** From now on latency, heap and messages are measured. */
    void mark() throws InterruptedException {
        process.say("mark");
        process.awaitLine(line -> line.startsWith("MARK "), START);
    }

    /** Sends it a signal, such as STOP. */
    void signal(String signal) {
        Shell.run("kill", "-" + signal, Long.toString(process.handle().pid()));
    }

    /** Whether it is stopped by a signal. */
    boolean isStopped() {
        String status = Shell.run("cat", "/proc/" + process.handle().pid() + "/status");
        return status.contains("State:\tT");
    }

    /** Tells it how much there was, and waits for its end. */
    void end(String totals, int patienceSeconds) throws InterruptedException {
        process.say("end patience=" + patienceSeconds + totals);
        process.awaitExit(Duration.ofSeconds(patienceSeconds + START.toSeconds()));
    }

    /** What it says of each source. */
    List<Account> accounts() {
        return process.lines().stream()
                .filter(line -> line.startsWith("STREAM "))
                .map(line -> new Account(
                        (int) number(line, "producer"),
                        number(line, "first"),
                        number(line, "received"),
                        number(line, "reported"),
                        number(line, "silent"),
                        number(line, "tail"),
                        number(line, "phantom"),
                        number(line, "early"),
                        number(line, "duplicates") + number(line, "disordered"),
                        number(line, "unknown")))
                .toList();
    }

    /** A number of its last lines. */
    long number(String key) {
        return process.number(key);
    }

    /** A counter of its transport, such as {@code receiver.lost}; 0 where there is none. */
    long statistic(String key) {
        return Statistics.of(process, key);
    }

    private static long number(String line, String key) {
        Matcher found = Pattern.compile(" " + Pattern.quote(key) + "=(-?\\d+)").matcher(line);
        if (!found.find()) {
            throw new IllegalStateException("no " + key + " in " + line);
        }
        return Long.parseLong(found.group(1));
    }
}
