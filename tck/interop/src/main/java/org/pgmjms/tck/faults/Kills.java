package org.pgmjms.tck.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.pgmjms.tck.faults.program.StoreProgram;
import org.pgmjms.tck.kit.LabProcess;

/**
 * A companion broker, a sender and receivers in JVMs of their own, or all in one, of which one after the other is killed and
 * started again, each after a random number of steps. One owner.
 */
final class Kills implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MOST_STEPS = 200;
    private static final List<Part> APART = List.of(Part.BROKER, Part.RECEIVER, Part.SENDER);

    private final long seed;
    private final int pauseMs;
    private final Random random;
    private final boolean isOneJvm;
    private final StoreJvm jvm;
    private final PrintStream screen;
    private final StoreLedger ledger = new StoreLedger();
    private final Map<Part, LabProcess> running = new EnumMap<>(Part.class);
    private final Map<Part, Integer> kills = new EnumMap<>(Part.class);
    private final List<LabProcess> started = new ArrayList<>();
    private int lives;

    /** What can be killed. */
    private enum Part {
        BROKER("broker"),
        RECEIVER("receive"),
        SENDER("send"),
        ALL("broker,receive,send");

        private final String roles;

        Part(String roles) {
            this.roles = roles;
        }
    }

    /** The journal goes to a directory that is empty or not there. */
    Kills(long seed, int pauseMs, boolean isOneJvm, Path dataDir, PrintStream screen) throws IOException {
        this.seed = seed;
        this.pauseMs = pauseMs;
        this.random = new Random(seed);
        this.isOneJvm = isOneJvm;
        this.jvm = new StoreJvm(dataDir);
        this.screen = screen;
    }

    /** All of it: so many kills, and the account. */
    Outcome run(int count) throws InterruptedException {
        long startNs = System.nanoTime();
        prepare();
        for (int i = 1; i <= count; i++) {
            Part victim = isOneJvm ? Part.ALL : APART.get(random.nextInt(APART.size()));
            awaitSteps(victim, random.nextInt(MOST_STEPS));
            kill(victim);
            start(victim);
            screen.printf(Locale.ROOT, "%d of %d: %s%n", i, count, victim);
        }
        finish();
        Map<String, String> facts = new LinkedHashMap<>();
        kills.forEach((part, times) -> facts.put("killed " + part.name().toLowerCase(Locale.ROOT), "" + times));
        facts.putAll(ledger.facts());
        double seconds = (System.nanoTime() - startNs) / (double) TimeUnit.SECONDS.toNanos(1);
        return new Outcome(
                "kills",
                (isOneJvm ? "one JVM" : "three JVMs") + ", seed " + seed + ", " + pauseMs + " ms between sends",
                seconds,
                facts,
                ledger.faults(),
                List.of());
    }

    /** Durable subscriptions are there before anything is sent. */
    private void prepare() throws InterruptedException {
        if (isOneJvm) {
            LabProcess receivers = start("broker,receive");
            awaitOpen(receivers);
            end(receivers);
            start(Part.ALL);
        } else {
            start(Part.BROKER);
            start(Part.RECEIVER);
            awaitOpen(running(Part.RECEIVER));
            start(Part.SENDER);
        }
    }

    private static void awaitOpen(LabProcess receivers) throws InterruptedException {
        Set<String> open = new HashSet<>();
        receivers.awaitLine(
                line -> line.startsWith("OPEN ") && open.add(line) && open.size() == StoreProgram.CONSUMERS, PATIENCE);
    }

    private void start(Part part) throws InterruptedException {
        running.put(part, start(part.roles));
    }

    private LabProcess start(String roles) {
        lives++;
        String broker = roles.startsWith(Part.BROKER.roles) ? jvm.listening() : jvm.remote();
        LabProcess process = jvm.start(
                StoreProgram.class,
                isOneJvm ? jvm.embedded() : broker,
                "roles=" + roles,
                "life=" + lives,
                "pause=" + pauseMs);
        started.add(process);
        return process;
    }

    private LabProcess running(Part part) {
        return Objects.requireNonNull(running.get(part), part.name());
    }

    /** Waits until a part has taken some steps; the receivers take those of a broker. */
    private void awaitSteps(Part part, int steps) throws InterruptedException {
        LabProcess stepping = running(part == Part.BROKER ? Part.RECEIVER : part);
        AtomicInteger left = new AtomicInteger(
                steps + (part == Part.BROKER ? stepping.lines().size() : 0));
        stepping.awaitLine(line -> left.getAndDecrement() <= 0, PATIENCE);
    }

    private void kill(Part part) throws InterruptedException {
        kills.merge(part, 1, Integer::sum);
        LabProcess victim = running(part);
        victim.handle().destroyForcibly();
        victim.awaitExit(PATIENCE);
        ledger.add(victim.lines());
    }

    private void end(LabProcess program) throws InterruptedException {
        program.say("finish");
        program.awaitExit(PATIENCE);
        ledger.add(program.lines());
    }

    /** Ends all, and takes what is left from the broker. */
    private void finish() throws InterruptedException {
        if (isOneJvm) {
            awaitOpen(running(Part.ALL));
            end(running(Part.ALL));
            end(start("broker,drain"));
        } else {
            running(Part.BROKER).awaitLine("READY"::equals, PATIENCE);
            end(running(Part.SENDER));
            end(running(Part.RECEIVER));
            end(start("drain"));
            end(running(Part.BROKER));
        }
    }

    @Override
    public void close() {
        started.forEach(LabProcess::close);
    }
}
