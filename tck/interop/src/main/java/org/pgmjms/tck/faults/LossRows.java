package org.pgmjms.tck.faults;

import java.util.ArrayList;
import java.util.List;
import org.pgmjms.tck.faults.PacketFilter.Way;

/** Rows in which packets are lost by chance, in runs, or by type, or come twice. */
final class LossRows {
    /** Packets a second of the heavier load. */
    static final int L1 = 10_000;

    /** Packets a second of the lighter load. */
    static final int L2 = 2000;

    private static final int BURST = 50;
    private static final int PER_BURST = 3;
    private static final int MOMENT_MS = 20;
    private static final int MOMENT_EACH = 2000;

    /** Ten that miss the same packets; their delays are what {@code pgm.nak.backOff} advises for as many. */
    private static final String TEN = "pgm.nak.backOff=10ms&pgm.groupSize=";

    /** Half a minute of the lighter load, retries for as long, and room for what a consumer gets at once behind a gap. */
    static final String HALF_MINUTE = "pgm.window.time=30s&pgm.window.bytes=128MiB&pgm.receiveWindow.bytes=128MiB"
            + "&pgm.nak.ncfRetries=300&pgm.nak.dataRetries=300&jms.prefetch.bytes=128MiB";

    private LossRows() {}

    static List<Row> rows() {
        return List.of(
                new Row("F01a", "random loss 0.1 %", false, scene -> random(scene, 0.1)),
                new Row("F01b", "random loss 1 %", false, scene -> random(scene, 1)),
                new Row("F01c", "random loss 5 %", false, scene -> random(scene, 5)),
                new Row("F01d", "random loss 20 % each way", false, LossRows::twentyPercent),
                new Row("F01e", "random loss 50 % each way", false, LossRows::fiftyPercent),
                new Row("F02a", "50 of each 1,000 packets lost in a run", false, LossRows::runs),
                new Row("F02b", "moments of 20 ms without data", false, LossRows::moments),
                new Row("F04a", "5 % of all packets twice", false, scene -> twice(scene, 5)),
                new Row("F04b", "50 % of all packets twice", false, scene -> twice(scene, 50)),
                new Row("F06a", "no NAK arrives for a while, 2 % loss", false, LossRows::noNaks),
                new Row("F06b", "90 % of NAKs lost, 2 % loss", false, scene -> control(scene, Way.IN, 90, Pgm.NAK)),
                new Row("F06c", "all NCFs lost, 2 % loss", false, scene -> control(scene, Way.OUT, 100, Pgm.NCF)),
                new Row("F06d", "50 % of RDATA lost, 2 % loss", false, scene -> control(scene, Way.OUT, 50, Pgm.RDATA)),
                new Row("F06e", "all SPMs lost, 2 % loss", false, LossRows::noSpms),
                new Row("F17a", "5 % loss at the sender, 10 receivers", false, scene -> correlated(scene, 10, 4, 2)),
                new Row("F17b", "5 % loss at the sender, 100 receivers", false, scene -> correlated(scene, 100, 8, 5)));
    }

    private static List<Fault> dropAtReceivers(Scene scene, double percent, Pgm... types) {
        List<Fault> faults = new ArrayList<>();
        scene.subscribers().forEach(each -> faults.add(each.filter().drop(Way.IN, percent, types)));
        return faults;
    }

    private static int three(Scene scene) {
        return scene.conditions().receivers(3, 2);
    }

    private static Load load(Scene scene, int rate) {
        return Load.of(scene.conditions().rate(rate));
    }

    private static void random(Scene scene, double percent) throws InterruptedException {
        int receivers = three(scene);
        scene.group(receivers, load(scene, L1));
        List<Fault> faults = dropAtReceivers(scene, percent);
        scene.hold();
        scene.end(10);
        faults.forEach(scene.judge()::applied);
        scene.judge().nothingLost();
        scene.judge().repairedWithin(1);
        scene.judge().efficient(percent, receivers);
    }

    private static void twentyPercent(Scene scene) throws InterruptedException {
        eachWay(scene, load(scene, L2), 20);
        scene.judge().repairedWithin(5);
    }

    private static void fiftyPercent(Scene scene) throws InterruptedException {
        String patient = "pgm.window.time=60s&pgm.window.bytes=64MiB&pgm.nak.ncfRetries=300&pgm.nak.dataRetries=300";
        eachWay(scene, Load.of(500).with(patient).with("pgm.linger=30s").direct(256), 50);
        scene.judge().repairedWithin(30);
    }

    private static void eachWay(Scene scene, Load load, double percent) throws InterruptedException {
        scene.group(three(scene), load);
        List<Fault> faults = dropAtReceivers(scene, percent);
        scene.subscribers().forEach(each -> faults.add(each.filter().drop(Way.OUT, percent)));
        scene.hold();
        scene.end(40);
        faults.forEach(scene.judge()::applied);
        scene.judge().nothingLost();
        scene.judge().held(0.95);
    }

    private static void runs(Scene scene) throws InterruptedException {
        scene.group(three(scene), load(scene, L1));
        List<Fault> faults = new ArrayList<>();
        scene.subscribers().forEach(each -> faults.add(each.filter().dropRuns(Way.IN, BURST)));
        scene.hold();
        long bursts = faults.stream().mapToLong(fault -> fault.hit() / BURST).sum();
        scene.end(10);
        faults.forEach(scene.judge()::applied);
        scene.judge().nothingLost();
        scene.fact("bursts", bursts);
        long allowed = PER_BURST * (bursts + faults.size()) + scene.judge().number("overruns");
        scene.expect(scene.judge().number("naks") <= allowed, "more than three NAKs a run and receiver");
    }

    private static void moments(Scene scene) throws InterruptedException {
        scene.group(three(scene), load(scene, L1));
        List<Fault> faults = new ArrayList<>();
        scene.subscribers().forEach(each -> faults.add(each.filter().dropMoments(MOMENT_MS, MOMENT_EACH)));
        scene.hold();
        scene.end(10);
        for (Fault fault : faults) {
            scene.judge().applied(fault);
            scene.judge().applied("moments", fault.runs(), fault.due() - fault.hit(), 100.0 / MOMENT_EACH);
        }
        scene.judge().nothingLost();
    }

    private static void twice(Scene scene, double percent) throws InterruptedException {
        scene.group(three(scene), load(scene, L1));
        Fault fault = scene.source().duplicate(percent);
        scene.hold();
        scene.end(10);
        scene.judge().applied(fault);
        scene.judge().nothingLost();
        long twice = scene.subscribers().stream()
                .mapToLong(each -> each.statistic("receiver.duplicates"))
                .min()
                .orElse(0);
        scene.expect(twice > fault.hit() / 2, "receivers saw " + twice + " packets twice");
    }

    private static void noNaks(Scene scene) throws InterruptedException {
        scene.group(three(scene), load(scene, L2).with(HALF_MINUTE).direct(512));
        List<Fault> losses = dropAtReceivers(scene, 2, Pgm.ODATA);
        Fault fault = scene.source().drop(Way.IN, 100, Pgm.NAK);
        scene.hold(scene.conditions().seconds(10, 2));
        scene.judge().applied(fault);
        scene.source().heal();
        scene.hold();
        scene.end(30);
        losses.forEach(scene.judge()::applied);
        scene.judge().nothingLost();
    }

    private static void control(Scene scene, Way way, double percent, Pgm type) throws InterruptedException {
        scene.group(three(scene), load(scene, L2).with(HALF_MINUTE).direct(512));
        List<Fault> losses = dropAtReceivers(scene, 2, Pgm.ODATA);
        Fault fault = scene.source().drop(way, percent, type);
        scene.hold();
        scene.judge().applied(fault);
        scene.source().heal();
        scene.end(30);
        losses.forEach(scene.judge()::applied);
        scene.judge().nothingLost();
    }

    /** The tail is lost, too: nothing but an SPM can tell of it. */
    private static void noSpms(Scene scene) throws InterruptedException {
        scene.group(three(scene), load(scene, L2).with(HALF_MINUTE).direct(512));
        Fault fault = scene.source().drop(Way.OUT, 100, Pgm.SPM);
        List<Fault> losses = dropAtReceivers(scene, 2, Pgm.ODATA);
        scene.hold();
        dropAtReceivers(scene, 100, Pgm.ODATA);
        scene.hold(0.2);
        Publisher publisher = scene.publishers().get(0);
        publisher.pause();
        scene.subscribers().forEach(each -> each.filter().heal());
        scene.hold(0.5);
        scene.judge().applied(fault);
        scene.source().heal();
        scene.hold(5);
        long sent = publisher.sent();
        for (Subscriber subscriber : scene.subscribers()) {
            long behind = sent - subscriber.highest(publisher.producer());
            scene.expect(behind == 0, subscriber.name() + " still missed " + behind + " after the SPMs came back");
        }
        scene.end(10);
        losses.forEach(scene.judge()::applied);
        scene.judge().nothingLost();
    }

    private static void correlated(Scene scene, int full, int few, int naksAllowed) throws InterruptedException {
        int receivers = scene.conditions().receivers(full, few);
        Load load = full > 10 ? Load.forHundred(receivers) : load(scene, L2 / 2).with(TEN + receivers);
        scene.crowd(receivers, load);
        Fault fault = scene.source().drop(Way.OUT, 5, Pgm.ODATA);
        scene.hold();
        scene.end(20);
        scene.judge().applied(fault);
        scene.judge().nothingLost();
        // Each of them costs its receiver a request and a repair.
        long overruns = scene.judge().number("overruns");
        double lost = fault.hit() + overruns;
        scene.fact("naks/lost", scene.judge().number("naks") / lost);
        scene.fact("rdata/lost", scene.judge().number("rdata") / lost);
        scene.fact(
                "tx/packet",
                1 + scene.judge().number("rdata") / (double) scene.judge().number("odata"));
        scene.fact("tx least", 1 + lost / scene.judge().number("odata"));
        if (!scene.conditions().isShort()) {
            long naks = scene.judge().number("naks");
            scene.expect(
                    naks <= naksAllowed * (double) fault.hit() + overruns, "more than " + naksAllowed + " NAKs a loss");
            scene.expect(scene.judge().number("rdata") <= 1.05 * lost + 2, "more than one repair a loss");
        }
    }
}
