package org.pgmjms.tck.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgmjms.tck.kit.Lab;
import org.pgmjms.tck.kit.LabHost;
import org.pgmjms.tck.kit.LabProcess;

/**
 * A row on stage: its network, its programs, what it counted and what does not hold. The order is: hosts and programs,
 * {@link #begin}, faults and {@link #hold}, {@link #end}, expectations. One thread.
 */
final class Scene implements AutoCloseable {
    /** Longer than anything takes. */
    static final Duration LONG = Duration.ofMinutes(15);

    private static final double NANOS = 1e9;
    private static final int OTHERS_MEGABYTES = 128;
    private static final int START_AT_ONCE = 8;
    private static final double WARM_UP_SECONDS = 5;
    /** What a crowd takes to repair what it missed when it came. */
    private static final int SETTLE_SECONDS = 10;

    private final Conditions conditions;
    private final Lab lab;
    private final Map<String, LabHost> hosts = new LinkedHashMap<>();
    private final Map<String, PacketFilter> filters = new LinkedHashMap<>();
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> unfit = new ArrayList<>();
    private final Judge judge = new Judge(this);
    private long begunNs;
    private long begunSent;
    private final Map<String, LabProcess> others = new LinkedHashMap<>();
    private int producers;
    private boolean isOneName;
    private int rate;

    Scene(Conditions conditions, boolean checksumOffload) {
        this.conditions = conditions;
        this.lab = new Lab(checksumOffload);
    }

    Conditions conditions() {
        return conditions;
    }

    Judge judge() {
        return judge;
    }

    Map<String, String> facts() {
        return facts;
    }

    List<String> failures() {
        return failures;
    }

    List<String> unfit() {
        return unfit;
    }

    List<Publisher> publishers() {
        return publishers;
    }

    List<Subscriber> subscribers() {
        return subscribers;
    }

    /** A host of this name; the same for the same name. */
    LabHost host(String name) {
        return hosts.computeIfAbsent(name, lab::host);
    }

    /** A host with a relay before it, which harms nothing yet. */
    Relay relayed(String name, String... settings) throws InterruptedException {
        hosts.put(name, lab.hostBehindBox(name));
        return Relay.start(lab.box(name), conditions.programs().resolve("relay"), List.of(settings));
    }

    /** Starts a flood from a host of its own; it has heard the session when this returns. */
    Hostile hostile(String kind, int packetsPerSecond, String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(kind, "rate=" + packetsPerSecond));
        arguments.addAll(List.of(more));
        int seconds = (int) Math.ceil(conditions.seconds());
        return Hostile.start(host("h"), conditions.programs().resolve("hostile"), seconds, arguments);
    }

    /** The filter of a host. */
    PacketFilter filter(String name) {
        return filters.computeIfAbsent(name, any -> new PacketFilter(host(name)));
    }

    /** The filter of the first publisher's host. */
    PacketFilter source() {
        return filter("p");
    }

    /** Starts a publisher on a host, with a number of its own. */
    Publisher publish(String hostName, Load load, String... more) {
        filter(hostName);
        producers++;
        Publisher publisher = new Publisher(
                host(hostName), producers, conditions.load(load), conditions.jvm(load.directMegabytes()), more);
        publishers.add(publisher);
        rate = load.rate();
        return publisher;
    }

    /** Messages a second that publishers should send. */
    int rate() {
        return rate;
    }

    /** Starts a subscriber on a host. */
    Subscriber subscribe(String hostName, Load load, String... more) {
        Subscriber subscriber = new Subscriber(
                hostName,
                host(hostName),
                filter(hostName),
                conditions.load(load),
                conditions.jvm(load.directMegabytes()),
                more);
        subscribers.add(subscriber);
        return subscriber;
    }

    /** Starts another program of ours; it ends with the scene at the latest. */
    LabProcess run(String hostName, Class<?> program, String... arguments) {
        LabProcess process = host(hostName).startJava(conditions.jvm(OTHERS_MEGABYTES), program.getName(), arguments);
        others.put(program.getSimpleName(), process);
        return process;
    }

    /** Lets the publisher on {@code p} run before a crowd of subscribers that share the processors with it. */
    void publisherFirst() {
        host("p").startThrough("nice", "-n", "-15");
    }

    /** Its publishers, of which each runs when the one before has ended, have one name. */
    void oneName() {
        isOneName = true;
    }

    /** Whether its publishers have one name. */
    boolean isOneName() {
        return isOneName;
    }

    /** So many subscribers and one publisher, on {@code r1}, {@code r2} and so on and {@code p}. */
    void group(int receivers, Load load) throws InterruptedException {
        subscribe(receivers, load, Subscriber::awaitReady);
        begin(load);
    }

    /** The same for a crowd: the publisher runs before it, and packets are counted when all have settled. */
    void crowd(int receivers, Load load) throws InterruptedException {
        publisherFirst();
        group(receivers, load);
        hold(conditions.seconds(SETTLE_SECONDS, 0));
        judge.countFromNowOn();
    }

    /** So many subscribers on {@code r1}, {@code r2} and so on. Few start at once, so that none waits long for its turn. */
    List<Subscriber> subscribe(int receivers, Load load, Start start, String... more) throws InterruptedException {
        List<Subscriber> started = new ArrayList<>();
        for (int i = 1; i <= receivers; i++) {
            started.add(subscribe("r" + i, load, more));
            if (i >= START_AT_ONCE) {
                start.await(started.get(i - START_AT_ONCE));
            }
        }
        for (Subscriber subscriber : started) {
            start.await(subscriber);
        }
        return started;
    }

    /** Waits until a subscriber has started. */
    @FunctionalInterface
    interface Start {
        void await(Subscriber subscriber) throws InterruptedException;
    }

    /** Waits for the subscribers, starts a publisher and waits until all hear it. */
    Publisher begin(Load load) throws InterruptedException {
        for (Subscriber subscriber : subscribers) {
            subscriber.awaitReady();
        }
        Publisher publisher = publish("p", load);
        begin();
        return publisher;
    }

    /** Waits until all subscribers hear somebody and have compiled what they run, and begins to measure. */
    void begin() throws InterruptedException {
        for (Subscriber subscriber : subscribers) {
            subscriber.awaitFirst();
        }
        hold(conditions.seconds(WARM_UP_SECONDS, 0));
        for (Subscriber subscriber : subscribers) {
            subscriber.mark();
        }
        begunSent = sent();
        begunNs = System.nanoTime();
    }

    private long sent() {
        return publishers.stream().mapToLong(Publisher::sent).sum();
    }

    /** Packets that the queue of a host's cable has dropped. */
    long dropped(LabHost host) {
        Matcher found = Pattern.compile("dropped (\\d+)").matcher(host.run("tc", "-s", "qdisc", "show", "dev", "eth0"));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    /** Lets time pass: as long as a fault lasts in this run. */
    void hold() {
        hold(conditions.seconds());
    }

    /** Lets time pass. */
    void hold(double seconds) {
        long dueNs = System.nanoTime() + (long) (seconds * NANOS);
        for (long leftNs = dueNs - System.nanoTime(); leftNs > 0; leftNs = dueNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }

    /** How long ago measuring began. */
    double seconds() {
        return (System.nanoTime() - begunNs) / NANOS;
    }

    /** Ends all programs properly and takes down what they say. */
    void end(int patienceSeconds) throws InterruptedException {
        double seconds = seconds();
        long sent = sent() - begunSent;
        StringBuilder totals = new StringBuilder();
        for (Publisher publisher : publishers) {
            publisher.stop();
            totals.append(' ').append(publisher.producer()).append('=').append(publisher.sent());
        }
        for (Subscriber subscriber : subscribers) {
            subscriber.end(totals.toString(), patienceSeconds);
        }
        facts.put("N", Integer.toString(subscribers.size()));
        facts.put("load/s", Long.toString(Math.round(sent / seconds)));
        judge.onEnd();
    }

    /** Says something that was counted. */
    void fact(String name, long value) {
        facts.put(name, Long.toString(value));
    }

    /** Says something that was measured. */
    void fact(String name, double value) {
        facts.put(name, String.format(Locale.ROOT, "%.3f", value));
    }

    /** Notes what does not hold. */
    void expect(boolean holds, String what) {
        if (!holds) {
            failures.add(what);
        }
    }

    /** Notes that the fault was not there as planned, so that the row says nothing. */
    void applied(boolean isApplied, String what) {
        if (!isApplied) {
            unfit.add("fault not applied: " + what);
        }
    }

    /** Writes down all that the programs printed. */
    void log(String id) throws IOException {
        List<String> printed = new ArrayList<>();
        publishers.forEach(publisher -> add(printed, "publisher " + publisher.producer(), publisher.process()));
        subscribers.forEach(subscriber -> add(printed, "subscriber " + subscriber.name(), subscriber.process()));
        others.forEach((name, process) -> add(printed, name, process));
        Files.write(conditions.logs().resolve(id + ".log"), printed, StandardCharsets.UTF_8);
    }

    private static void add(List<String> printed, String title, LabProcess process) {
        printed.add("==== " + title);
        printed.addAll(process.lines());
    }

    @Override
    public void close() {
        publishers.forEach(Publisher::close);
        lab.close();
    }
}
