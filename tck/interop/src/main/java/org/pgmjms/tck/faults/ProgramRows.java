package org.pgmjms.tck.faults;

import java.util.ArrayList;
import java.util.List;
import org.pgmjms.tck.faults.PacketFilter.Way;
import org.pgmjms.tck.faults.program.ChurnProgram;
import org.pgmjms.tck.faults.program.HoardProgram;
import org.pgmjms.tck.kit.LabProcess;

/** Rows in which programs misbehave, come and go, or are many. */
final class ProgramRows {
    private static final double CLOSE_MS = 5000;
    private static final double NANOS = 1e9;
    private static final String APART_SECONDS = "2000000000";
    private static final int LARGE = 20_000;
    private static final int MOST_SPMS = 30;

    private static final int DESCRIPTORS = 128;
    /** From when on a publisher lets the one that has come later give up their name. */
    private static final double ELDER_SECONDS = 3;

    private static final String SAME_SESSION = "pgm.gsi=10.20.30.40.50.60&pgm.sourcePort=4711";

    private ProgramRows() {}

    static List<Row> rows() {
        return List.of(
                new Row(
                        "F08a",
                        "publisher killed in the middle of messages, again and again",
                        false,
                        s -> killed(s, "")),
                new Row("F08b", "the same, and it comes back as the same session", false, s -> killed(s, SAME_SESSION)),
                new Row("F10", "one slow consumer", false, ProgramRows::slow),
                new Row("F11", "one of 10 receivers loses 30 %", false, ProgramRows::crybaby),
                new Row("F13", "clocks 63 years apart, 5 % loss", false, ProgramRows::clocks),
                new Row("F16a", "100 receivers, each loses 1 %", false, ProgramRows::hundred),
                new Row("F16b", "100 receivers join at once", false, ProgramRows::storm),
                new Row("F19b", "no file descriptor left", false, ProgramRows::hoard),
                new Row(
                        "F20a",
                        "two publishers with the same session, one listens",
                        false,
                        scene -> clash(scene, "listen=1")),
                new Row("F20b", "two publishers with the same session, none listens", false, scene -> clash(scene)),
                new Row("F22a", "subscribers come and go", false, ProgramRows::joins),
                new Row("F22b", "thousands of sessions come and go", false, ProgramRows::sessions),
                new Row("F23a", "rollbacks at 5 % loss", false, scene -> rollbacks(scene, "transacted")),
                new Row("F23b", "recovers at 5 % loss", false, scene -> rollbacks(scene, "client")));
    }

    private static Load load(Scene scene, int rate) {
        return Load.of(scene.conditions().rate(rate));
    }

    /** Messages are trains of packets, so that most kills are in the middle of one. */
    private static void killed(Scene scene, String options) throws InterruptedException {
        Load load = load(scene, 400).size(LARGE).with("pgm.peerExpiry=3s");
        if (!options.isEmpty()) {
            load = load.with(options);
            scene.oneName();
        }
        int times = (int) scene.conditions().seconds(20, 2);
        for (int i = 1; i <= 2; i++) {
            scene.subscribe("r" + i, load);
        }
        Publisher running = scene.begin(load);
        double slowest = 0;
        for (int i = 0; i < times; i++) {
            scene.hold(0.3);
            running.kill();
            running = scene.publish("p", load);
            running.awaitReady();
            long readyNs = System.nanoTime();
            for (Subscriber subscriber : scene.subscribers()) {
                subscriber.awaitFirst(running.producer());
            }
            double seconds = (System.nanoTime() - readyNs) / NANOS;
            slowest = Math.max(slowest, seconds);
        }
        scene.fact("first", slowest);
        scene.hold(1);
        scene.fact("harmed", times);
        scene.end(4);
        if (options.isEmpty()) {
            long unheard = unheard(scene, running);
            scene.expect(slowest <= 1 || scene.conditions().isShort(), "first message after " + slowest + " s");
            scene.expect(unheard == 0, unheard + " messages of new sessions did not come");
        }
    }

    /** Messages of restarted publishers before the first that came, and what is missing of the last one's. */
    private static long unheard(Scene scene, Publisher last) {
        return scene.subscribers().stream()
                .flatMap(subscriber -> subscriber.accounts().stream())
                .filter(account -> account.producer() > 1)
                .mapToLong(account -> account.producer() == last.producer()
                        ? account.first() + account.reported() + account.tail()
                        : account.first())
                .sum();
    }

    private static void slow(Scene scene) throws InterruptedException {
        Load load = load(scene, LossRows.L2);
        scene.subscribe("r1", load.with("jms.prefetch.messages=200"), "delay=10");
        for (int i = 2; i <= scene.conditions().receivers(3, 2); i++) {
            scene.subscribe("r" + i, load);
        }
        scene.begin(load);
        scene.hold();
        scene.end(20);
        scene.judge().everythingAccountedFor();
        scene.judge().held(0.95);
        for (Subscriber other :
                scene.subscribers().subList(1, scene.subscribers().size())) {
            scene.judge().nothingLost(other);
        }
        scene.fact("harmed", scene.judge().reported());
        scene.applied(scene.judge().reported() > 0, "the slow consumer was quick enough");
    }

    private static void crybaby(Scene scene) throws InterruptedException {
        scene.group(scene.conditions().receivers(10, 4), load(scene, 1000));
        Subscriber victim = scene.subscribers().get(0);
        Fault fault = victim.filter().drop(Way.IN, 30);
        scene.hold();
        scene.end(20);
        scene.judge().applied(fault);
        scene.judge().everythingAccountedFor();
        scene.judge().held(0.95);
        for (Subscriber other :
                scene.subscribers().subList(1, scene.subscribers().size())) {
            scene.judge().nothingLost(other);
        }
    }

    private static void clocks(Scene scene) throws InterruptedException {
        Load load = load(scene, LossRows.L2);
        scene.host("r1").startThrough("unshare", "--time", "--monotonic", APART_SECONDS, "--fork");
        scene.subscribe("r1", load);
        scene.subscribe("r2", load);
        scene.begin(load);
        Fault fault = scene.subscribers().get(0).filter().drop(Way.IN, 5);
        scene.hold();
        scene.end(10);
        // Such clocks measure no latency.
        List.of("p50ms", "p99ms", "maxms").forEach(scene.facts()::remove);
        scene.judge().applied(fault);
        scene.judge().nothingLost();
    }

    private static void hundred(Scene scene) throws InterruptedException {
        int receivers = scene.conditions().receivers(100, 8);
        scene.crowd(receivers, Load.forHundred(receivers));
        List<Fault> faults = new ArrayList<>();
        scene.subscribers().forEach(each -> faults.add(each.filter().drop(Way.IN, 1)));
        scene.hold();
        scene.end(20);
        long due = faults.stream().mapToLong(Fault::due).sum();
        long hit = faults.stream().mapToLong(Fault::hit).sum();
        scene.judge().applied("all", hit, due, 1);
        scene.judge().nothingLost();
        scene.judge().efficient(1, receivers);
        double lost = scene.judge().number("odata") * (1 - Math.pow(0.99, receivers));
        scene.fact("naks/lost", scene.judge().number("naks") / lost);
        scene.expect(scene.judge().number("naks") <= 5 * lost + 10, "more than five NAKs a lost packet");
    }

    /** They are told within a second to join a stream that has been there for a while. */
    private static void storm(Scene scene) throws InterruptedException {
        int receivers = scene.conditions().receivers(100, 8);
        scene.publisherFirst();
        Load load = Load.forHundred(receivers);
        scene.subscribe("r0", load);
        scene.begin(load);
        List<Subscriber> late = scene.subscribe(receivers, load, Subscriber::awaitWaiting, "join=told");
        long spms = scene.source().count(Way.OUT, Pgm.SPM);
        long startNs = System.nanoTime();
        late.forEach(Subscriber::join);
        double told = (System.nanoTime() - startNs) / NANOS;
        scene.applied(told <= 1, "telling all took " + told + " s");
        for (Subscriber subscriber : late) {
            subscriber.awaitFirst();
        }
        double joined = (System.nanoTime() - startNs) / NANOS;
        scene.fact("joined", joined);
        scene.fact("harmed", late.size());
        scene.fact("spmrs", scene.source().count(Way.IN, Pgm.SPMR));
        spms = scene.source().count(Way.OUT, Pgm.SPM) - spms;
        scene.fact("spms", spms);
        scene.expect(spms <= MOST_SPMS * (1 + joined), spms + " SPMs while they joined");
        for (Subscriber subscriber : late) {
            subscriber.mark();
        }
        scene.hold();
        scene.end(20);
        scene.judge().nothingLost();
    }

    /** A program opens channels until the system refuses, without harm to the one that it had first. */
    private static void hoard(Scene scene) throws InterruptedException {
        Load load = load(scene, 1000);
        scene.subscribe("r1", load);
        scene.begin(load);
        scene.host("c").startThrough("prlimit", "--nofile=" + DESCRIPTORS + ":" + DESCRIPTORS);
        LabProcess hoarder = scene.run("c", HoardProgram.class, "url=" + load.url(), "topic=t");
        hoarder.awaitLine("REFUSED"::equals, Scene.LONG);
        scene.hold();
        hoarder.say("release");
        hoarder.awaitLine(line -> line.startsWith("LEFT "), Scene.LONG);
        scene.judge().clean("hoarder", hoarder);
        scene.end(10);
        scene.judge().nothingLost();
        long opened = hoarder.number("opened");
        scene.fact("harmed", opened);
        scene.applied(opened > 0 && opened < DESCRIPTORS, opened + " channels were opened");
        scene.expect(hoarder.number("received") > 0, "who opened too much got nothing more");
        scene.expect(hoarder.number("gaps") == 0, hoarder.number("gaps") + " gaps in what it got");
        scene.expect(hoarder.number("again") == 1, "afterwards nothing could be opened");
    }

    /** Who hears that another one has its session takes a new one, under which it is heard. */
    private static void clash(Scene scene, String... more) throws InterruptedException {
        Load load = load(scene, 500).with(SAME_SESSION);
        scene.subscribe("r1", load);
        scene.begin(load);
        scene.hold(ELDER_SECONDS);
        Publisher second = scene.publish("q", load, more);
        scene.subscribers().get(0).awaitFirst(second.producer());
        scene.hold();
        scene.end(10);
        scene.fact("harmed", scene.filter("q").count(Way.OUT, Pgm.ODATA));
        scene.judge().everythingAccountedFor();
    }

    private static void joins(Scene scene) throws InterruptedException {
        Load load = load(scene, 1000);
        scene.subscribe("r1", load);
        scene.begin(load);
        LabProcess churn = scene.run("c", ChurnProgram.class, "what=join", "url=" + load.url(), "topic=t", "pause=200");
        scene.hold();
        scene.hold(2);
        churn.say("stop");
        churned(scene, churn);
        scene.expect(churn.number("missed") == 0, churn.number("missed") + " joined and heard nothing");
        scene.fact("join p99 ms", churn.number("p99Us") / 1000.0);
        scene.end(10);
        scene.judge().nothingLost();
    }

    private static void sessions(Scene scene) throws InterruptedException {
        Load load = load(scene, 500).with("pgm.maxPeers=16384&pgm.maxPeersPerAddress=16384&pgm.linger=0");
        scene.subscribe("r1", load);
        scene.begin(load);
        int count = (int) scene.conditions().seconds(10_000, 100);
        LabProcess churn = scene.run(
                "c", ChurnProgram.class, "what=session", "url=" + load.url(), "topic=t", "pause=10", "count=" + count);
        churned(scene, churn);
        scene.end(10);
        scene.judge().nothingLost();
        int heard = scene.subscribers().get(0).accounts().size() - 1;
        scene.fact("sessions", heard);
        scene.expect(heard == count, "only " + heard + " of " + count + " sessions' messages came");
    }

    private static void churned(Scene scene, LabProcess churn) throws InterruptedException {
        churn.awaitLine(line -> line.startsWith("LEFT "), Scene.LONG);
        scene.judge().clean("churn", churn);
        scene.fact("harmed", churn.number("rounds"));
        scene.applied(churn.number("rounds") > 1, "nobody came and went");
        long before = churn.number("before");
        long after = churn.number("after");
        scene.expect(
                after <= before * 1.1 + (2 << 20),
                "the heap of who came and went grew from " + before + " to " + after);
    }

    private static void rollbacks(Scene scene, String acknowledge) throws InterruptedException {
        Load load = load(scene, LossRows.L2);
        for (int i = 1; i <= 2; i++) {
            scene.subscribe("r" + i, load, "unit=10", "acknowledge=" + acknowledge);
        }
        scene.begin(load);
        List<Fault> faults = new ArrayList<>();
        scene.subscribers().forEach(each -> faults.add(each.filter().drop(Way.IN, 5)));
        scene.hold();
        scene.end(10);
        faults.forEach(scene.judge()::applied);
        scene.judge().nothingLost();
        for (Subscriber subscriber : scene.subscribers()) {
            scene.fact("returned", subscriber.number("returned"));
            scene.expect(subscriber.number("returned") > 0, "nothing was returned");
            scene.expect(subscriber.number("wrong") == 0, subscriber.number("wrong") + " came again wrongly");
            scene.expect(
                    subscriber.number("closeMs") <= CLOSE_MS, "close took " + subscriber.number("closeMs") + " ms");
        }
    }
}
