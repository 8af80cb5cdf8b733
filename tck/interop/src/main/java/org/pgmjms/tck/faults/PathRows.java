package org.pgmjms.tck.faults;

import java.util.List;

/** Rows in which a relay, or a filter, does to packets on their way what a bad network does. */
final class PathRows {
    private static final double MILLION = 1e6;
    private static final double PERCENT = 100;
    private static final long NUMBERS = 1L << 32;
    private static final int ENTER = 2000;
    private static final int LEAVE = 100_000;

    /** Of so many, one at most. */
    private static final int RIGHT_SUM = 500;

    private PathRows() {}

    static List<Row> rows() {
        return List.of(
                new Row("F02c", "runs of loss of 10 on average (Gilbert and Elliott)", false, PathRows::runs),
                new Row("F02d", "outages of 200 ms each 5 s", false, PathRows::outages),
                new Row("F03a", "5 % held back 1 ms", false, scene -> held(scene, 5, 1)),
                new Row("F03b", "25 % held back 5 ms", false, scene -> held(scene, 25, 5)),
                new Row("F03c", "delay 20 ms, jitter 5 ms", false, PathRows::jitter),
                new Row("F05a", "a byte overwritten in 2 % of data, past UDP's checksum", true, PathRows::overwritten),
                new Row("F05b", "a bit flipped in 1 %, no UDP checksum", false, scene -> flipped(scene, 1, 1)),
                new Row("F05c", "1 to 8 bytes garbled in 5 %, no UDP checksum", false, scene -> flipped(scene, 5, 8)),
                new Row("F12a", "numbers wrap, window of 100", false, scene -> wrap(scene, 100, 100)),
                new Row("F12b", "numbers wrap, window of 1,000", false, scene -> wrap(scene, 1000, 500)),
                new Row("F12c", "numbers wrap, window of 4,096", false, scene -> wrap(scene, 4096, 1000)),
                new Row("F12d", "numbers wrap, window of 65,535", false, scene -> wrap(scene, 65_535, 2000)));
    }

    /** The first receiver is behind a relay, the others are not. */
    private static Relay group(Scene scene, Load load, String... settings) throws InterruptedException {
        Relay relay = scene.relayed("r1", settings);
        scene.group(scene.conditions().receivers(3, 2), load);
        relay.harm(true);
        return relay;
    }

    private static Load load(Scene scene, int rate) {
        return Load.of(scene.conditions().rate(rate));
    }

    private static void runs(Scene scene) throws InterruptedException {
        Relay relay = group(scene, load(scene, LossRows.L1), "seed=2", "enter=" + ENTER, "leave=" + LEAVE);
        scene.hold();
        long runs = relay.count("runs");
        long dropped = relay.count("dropped");
        long seen = relay.count("seen");
        scene.end(10);
        scene.judge().applied("runs", runs, seen - dropped, PERCENT * ENTER / MILLION);
        scene.fact("dropped", dropped);
        scene.judge().nothingLost();
    }

    private static void outages(Scene scene) throws InterruptedException {
        int every = scene.conditions().isShort() ? 1000 : 5000;
        Relay relay = group(scene, load(scene, LossRows.L1), "every=" + every, "outage=200");
        scene.hold();
        long dropped = relay.count("dropped");
        long seen = relay.count("seen");
        scene.end(10);
        scene.fact("due", seen);
        scene.fact("harmed", dropped);
        double share = (double) dropped / seen * every / 200;
        scene.applied(share > 0.5 && share < 2, dropped + " of " + seen);
        scene.judge().nothingLost();
    }

    private static void held(Scene scene, int percent, int milliseconds) throws InterruptedException {
        Relay relay = group(
                scene,
                load(scene, LossRows.L2),
                "seed=3",
                "hold=" + percent * (int) (MILLION / PERCENT),
                "held=" + milliseconds * 1000);
        scene.hold();
        relay.harm(false);
        long held = relay.count("held");
        long seen = relay.count("seen");
        scene.end(10);
        scene.judge().applied("held back", held, seen, percent);
        scene.judge().nothingLost();
    }

    private static void jitter(Scene scene) throws InterruptedException {
        Relay relay = group(scene, load(scene, LossRows.L2), "seed=4", "delay=20000", "jitter=5000");
        scene.hold();
        long delayed = relay.count("delayed");
        long seen = relay.count("seen");
        scene.end(10);
        scene.judge().applied("delayed", delayed, seen, PERCENT);
        scene.judge().nothingLost();
    }

    private static void overwritten(Scene scene) throws InterruptedException {
        scene.group(scene.conditions().receivers(3, 2), load(scene, LossRows.L2));
        List<Fault> faults = scene.subscribers().stream()
                .map(each -> each.filter().overwrite(2))
                .toList();
        scene.hold();
        scene.end(10);
        faults.forEach(scene.judge()::applied);
        scene.judge().nothingLost();
        for (Subscriber subscriber : scene.subscribers()) {
            scene.expect(
                    subscriber.statistic("rejects.bad_checksum") > 0, subscriber.name() + " saw no wrong checksum");
        }
    }

    /** Several wrong bytes can have the right sum; then the envelope's checksum finds out what is lost, and it is reported. */
    private static void flipped(Scene scene, int percent, int bytes) throws InterruptedException {
        Relay relay = group(
                scene,
                load(scene, LossRows.L2),
                "seed=5",
                "flip=" + percent * (int) (MILLION / PERCENT),
                "bytes=" + bytes,
                "nosum=1");
        scene.hold();
        long flipped = relay.count("flipped");
        long seen = relay.count("seen");
        scene.end(10);
        scene.judge().applied("flipped", flipped, seen, percent);
        Subscriber victim = scene.subscribers().get(0);
        long refused = victim.statistic("link.apdus_refused");
        scene.fact("right sum", refused);
        scene.expect(scene.judge().reported() == refused, "lost without having been refused");
        scene.expect(refused <= flipped / RIGHT_SUM, refused + " of " + flipped + " had the right sum");
        scene.judge().everythingAccountedFor();
        long seenWrong = victim.statistic("rejects.bad_checksum");
        scene.expect(seenWrong > flipped / 2, "only " + seenWrong + " wrong checksums for " + flipped + " flips");
    }

    /** Numbers wrap half way through; with so small a window some of what is lost may be gone, and is then reported. */
    private static void wrap(Scene scene, int window, int rate) throws InterruptedException {
        long before = Math.round(rate * (1 + scene.conditions().seconds() / 2));
        String options = "pgm.firstSqn=" + (NUMBERS - before) + "&pgm.window.packets=" + window;
        Relay relay = scene.relayed("r1", "seed=6", "loss=50000", "hold=50000", "held=1000");
        for (int i = 1; i <= 2; i++) {
            scene.subscribe("r" + i, Load.of(rate));
        }
        scene.begin(Load.of(rate).with(options));
        relay.harm(true);
        scene.hold();
        scene.hold(2);
        long sent = scene.publishers().get(0).sent();
        long dropped = relay.count("dropped");
        long seen = relay.count("seen");
        scene.end(10);
        scene.expect(sent > before, "numbers did not wrap");
        scene.judge().applied("dropped", dropped, seen, 5);
        scene.judge().everythingAccountedFor();
        if (!scene.conditions().isShort()) {
            scene.judge().nothingLost(scene.subscribers().get(1));
        }
    }
}
