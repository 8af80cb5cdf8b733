package org.pgmjms.tck.faults;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A row that lasts: a publisher and its subscribers for hours, one {@link Trouble} after another in an order drawn from a
 * seed, each kind once before any comes again. After each, when all is well again, it is looked at what the programs hold.
 * One thread.
 */
final class Soak {
    /** What is offered unless told otherwise; hardly any processor, so that it can run beside something else. */
    static final int RATE = 250;

    private static final int SIZE = 600;
    private static final int DIRECT = 128;
    private static final int RECEIVERS = 3;
    private static final double PERIOD_SECONDS = 30;
    private static final double WARM_UP_SECONDS = 600;
    private static final double WARM_UP_PART = 1 / 6.0;
    private static final int PATIENCE_SECONDS = 60;
    /** A minute, and retries for longer: no outage of a soak lasts as long. */
    private static final String PATIENT = "pgm.window.time=60s&pgm.window.bytes=24MiB&pgm.receiveWindow.bytes=24MiB"
            + "&pgm.nak.ncfRetries=600&pgm.nak.dataRetries=600";

    private final Scene scene;
    private final Random random;
    private final PrintStream screen;
    private final Map<String, Steadiness> held = new LinkedHashMap<>();
    private final Map<Trouble, Harm> harms = new EnumMap<>(Trouble.class);
    private final List<Trouble> deck = new ArrayList<>();
    private int troubles;

    private Soak(Scene scene, long seed, PrintStream screen) {
        this.scene = scene;
        this.random = new Random(seed);
        this.screen = screen;
    }

    /** The row: as long as the conditions say a fault lasts. */
    static Row row(int rate, long seed, PrintStream screen) {
        return new Row("F24", "soak: mixed faults", false, scene -> new Soak(scene, seed, screen).play(rate));
    }

    private void play(int rate) throws InterruptedException {
        List<String> settings = new ArrayList<>(Trouble.RELAY);
        settings.add("seed=" + (random.nextInt() >>> 1 | 1));
        Relay relay = scene.relayed("r1", settings.toArray(String[]::new));
        Load load = Load.of(rate).size(SIZE).with(PATIENT).direct(DIRECT);
        double lasts = scene.conditions().seconds();
        for (int i = 1; i <= RECEIVERS; i++) {
            // An account that grows is not to be taken for a leak.
            scene.subscribe("r" + i, load, "expected=" + Math.round(2 * rate * (lasts + PERIOD_SECONDS)));
        }
        Publisher publisher = scene.begin(load);
        while (scene.seconds() < lasts) {
            double next = scene.seconds() + PERIOD_SECONDS;
            Trouble trouble = draw();
            Harm harm = trouble.befall(scene, relay, random);
            harms.merge(trouble, harm, Harm::and);
            troubles++;
            scene.hold(Math.max(0, next - scene.seconds()));
            look(publisher, lasts);
            screen.printf(Locale.ROOT, "%6.0f s %-14s harmed %d%n", scene.seconds(), trouble, harm.hit());
        }
        scene.end(PATIENCE_SECONDS);
        judge();
    }

    private Trouble draw() {
        if (deck.isEmpty()) {
            deck.addAll(List.of(Trouble.values()));
            Collections.shuffle(deck, random);
        }
        return deck.remove(deck.size() - 1);
    }

    private void look(Publisher publisher, double lasts) throws InterruptedException {
        boolean isWarm = scene.seconds() >= Math.min(WARM_UP_SECONDS, lasts * WARM_UP_PART);
        note("p", publisher.look(), isWarm);
        for (Subscriber subscriber : scene.subscribers()) {
            note(subscriber.name(), subscriber.look(), isWarm);
        }
    }

    private void note(String program, Held now, boolean isWarm) {
        if (isWarm) {
            held.computeIfAbsent(program, Steadiness::new).look(scene.seconds(), now);
        }
    }

    private void judge() {
        scene.judge().nothingLost();
        scene.fact("faults", troubles);
        harms.forEach((trouble, harm) -> scene.judge().applied(trouble.name(), harm.hit(), harm.due(), harm.percent()));
        scene.expect(!held.isEmpty(), "nobody looked at what programs hold");
        for (Steadiness each : held.values()) {
            screen.println(each.summary());
            scene.facts()
                    .put(each.program() + " heap %/h", String.format(Locale.ROOT, "%.2f", each.heapPercentPerHour()));
            each.flaws().forEach(flaw -> scene.expect(false, flaw));
        }
    }
}
