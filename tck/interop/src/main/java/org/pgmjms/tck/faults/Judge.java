package org.pgmjms.tck.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pgmjms.tck.faults.PacketFilter.Way;
import org.pgmjms.tck.kit.LabProcess;

/**
 * The oracles. Those common to all rows are looked at in the end: nothing lost silently, nothing twice, out of order or
 * corrupt, no report of what came, no error, nothing left. Rows add their own. One thread.
 */
final class Judge {
    private static final double TOLERANCE = 0.2;
    private static final double DEVIATIONS = 4;
    private static final double GROWTH = 1.1;
    private static final long SLACK_BYTES = 4L << 20;
    private static final long ACCOUNT_BYTES = 432;
    private static final double STEADY_SECONDS = 30;
    private static final double MEGABYTE = 1 << 20;
    private static final double THOUSAND = 1000;
    private static final Duration LINGER = Duration.ofSeconds(60);
    private static final int MOST_ROUNDS = 200;

    private final Scene scene;
    private final Map<String, Long> before = new HashMap<>();

    Judge(Scene scene) {
        this.scene = scene;
    }

    /** Packets are counted from now on, without those of a crowd that has just come. */
    void countFromNowOn() {
        before.putAll(packets());
    }

    /** Those of the source's host, and those for which sockets of receivers had no room. */
    private Map<String, Long> packets() {
        PacketFilter source = scene.filter("p");
        return Map.of(
                "odata", source.count(Way.OUT, Pgm.ODATA),
                "rdata", source.count(Way.OUT, Pgm.RDATA),
                "naks", source.count(Way.IN, Pgm.NAK),
                "ncfs", source.count(Way.OUT, Pgm.NCF),
                "overruns",
                        scene.subscribers().stream()
                                .mapToLong(Subscriber::overruns)
                                .sum());
    }

    /** The common oracles; all programs have closed. */
    void onEnd() throws InterruptedException {
        packets().forEach((name, count) -> scene.fact(name, count - before.getOrDefault(name, 0L)));
        long heapPeak = 0;
        long p50Us = 0;
        long p99Us = 0;
        long maxUs = 0;
        for (Subscriber subscriber : scene.subscribers()) {
            sound(subscriber);
            heapPeak = Math.max(heapPeak, subscriber.number("heapPeak"));
            p50Us = Math.max(p50Us, subscriber.number("p50Us"));
            p99Us = Math.max(p99Us, subscriber.number("p99Us"));
            maxUs = Math.max(maxUs, subscriber.number("maxUs"));
        }
        for (Publisher publisher : scene.publishers()) {
            if (!publisher.isKilled()) {
                publisher.process().awaitExit(LINGER);
                clean("publisher " + publisher.producer(), publisher.process());
                heapPeak = Math.max(heapPeak, publisher.process().number("heapPeak"));
            }
        }
        if (scene.conditions().seconds() >= STEADY_SECONDS) {
            heapWithin(SLACK_BYTES);
        }
        Map<String, String> facts = scene.facts();
        facts.put("p50ms", String.format(Locale.ROOT, "%.1f", p50Us / THOUSAND));
        facts.put("p99ms", String.format(Locale.ROOT, "%.1f", p99Us / THOUSAND));
        facts.put("maxms", String.format(Locale.ROOT, "%.1f", maxUs / THOUSAND));
        facts.put("heapMB", String.format(Locale.ROOT, "%.0f", heapPeak / MEGABYTE));
        scene.fact("lost", reported());
    }

    private void sound(Subscriber subscriber) {
        String who = subscriber.name() + ": ";
        clean(subscriber.name(), subscriber.process());
        List<Subscriber.Account> accounts = subscriber.accounts();
        if (scene.isOneName()) {
            addsUp(who, accounts);
        }
        for (Subscriber.Account account : accounts) {
            if (!scene.isOneName()) {
                scene.expect(account.silent() == 0, who + account.silent() + " messages lost silently");
                scene.expect(account.phantom() == 0, who + account.phantom() + " messages reported lost wrongly");
            }
            scene.expect(account.again() == 0, who + account.again() + " messages twice or out of order");
        }
        scene.expect(!accounts.isEmpty(), who + "heard nobody");
        scene.expect(subscriber.number("corrupt") == 0, who + "corrupt messages were delivered");
    }

    /**
     * Reports tell a source by its name. Where several producers have one, one after another, nobody can tell whose messages a
     * report is about: what is missing of all of them is what was reported of them. Each but the first began while somebody listened.
     */
    private void addsUp(String who, List<Subscriber.Account> accounts) {
        long told = 0;
        long owed = 0;
        long perhaps = 0;
        boolean isCounted = true;
        for (Subscriber.Account account : accounts) {
            boolean isFirst = account.producer() == 1;
            told += account.phantom() + (isFirst ? 0 : account.early());
            owed += account.silent() + (isFirst ? 0 : account.first());
            perhaps += account.tail();
            isCounted &= account.unknown() == 0;
        }
        scene.expect(told >= owed || !isCounted, who + (owed - told) + " messages lost silently");
        scene.expect(told <= owed + perhaps, who + (told - owed - perhaps) + " messages reported lost wrongly");
    }

    /** A program printed no error and left nothing behind. */
    void clean(String who, LabProcess process) {
        process.lines().stream()
                .filter(line -> line.contains("ERROR") || line.contains("Exception in") || line.contains("LEAK"))
                .limit(3)
                .forEach(line -> scene.expect(false, who + " printed: " + line));
        scene.expect(process.number("threads") == 0, who + " left threads");
        scene.expect(process.number("sockets") == 0, who + " left sockets");
    }

    /** The heap of no subscriber grew by more than a tenth, this much, and the accounts that its program keeps. */
    void heapWithin(long slackBytes) {
        for (Subscriber subscriber : scene.subscribers()) {
            long before = subscriber.number("MARK heap");
            long after = subscriber.number("heap");
            long accounts = ACCOUNT_BYTES * subscriber.accounts().size();
            boolean isSteady = after <= before * GROWTH + slackBytes + accounts;
            scene.expect(isSteady, subscriber.name() + ": heap grew from " + before + " to " + after);
        }
    }

    /** Messages reported lost, by all subscribers. */
    long reported() {
        return scene.subscribers().stream()
                .flatMap(subscriber -> subscriber.accounts().stream())
                .mapToLong(Subscriber.Account::reported)
                .sum();
    }

    /** Nothing was lost, not even with a report, and nothing is missing in the end. */
    void nothingLost() {
        scene.subscribers().forEach(this::nothingLost);
    }

    /** The same for one subscriber. */
    void nothingLost(Subscriber subscriber) {
        for (Subscriber.Account account : subscriber.accounts()) {
            String who = subscriber.name() + ", producer " + account.producer() + ": ";
            scene.expect(account.reported() == 0, who + account.reported() + " messages reported lost");
            scene.expect(account.unknown() == 0, who + account.unknown() + " reports without a count");
            scene.expect(account.tail() == 0, who + "the last " + account.tail() + " messages did not come");
        }
    }

    /** What was lost was reported, exactly, to the last message. */
    void everythingAccountedFor() {
        scene.publishers().forEach(publisher -> everythingAccountedFor(publisher.producer()));
    }

    /** The same for one producer's messages. */
    void everythingAccountedFor(int producer) {
        for (Subscriber subscriber : scene.subscribers()) {
            for (Subscriber.Account account : subscriber.accounts()) {
                if (account.producer() == producer) {
                    String who = subscriber.name() + ", producer " + producer + ": ";
                    scene.expect(account.unknown() == 0, who + account.unknown() + " reports without a count");
                    scene.expect(account.tail() == 0, who + "nothing said of the last " + account.tail() + " messages");
                }
            }
        }
    }

    /** The filter harmed about the part that it was told to. */
    void applied(Fault fault) {
        applied("rule " + fault.number(), fault.hit(), fault.due(), fault.percent());
    }

    /** So many packets of so many were harmed, which is about this part. */
    void applied(String what, long hit, long due, double percent) {
        scene.fact("due", due + number("due"));
        scene.fact("harmed", hit + number("harmed"));
        if (percent < 0) {
            scene.applied(hit > 0, what);
            return;
        }
        double planned = due * percent / 100;
        double allowed = Math.max(planned * TOLERANCE, DEVIATIONS * Math.sqrt(planned * (1 - percent / 100)));
        scene.applied(
                hit > 0 && Math.abs(hit - planned) <= allowed,
                String.format(Locale.ROOT, "%s: %d of %d, planned %.0f", what, hit, due, planned));
    }

    /** A fact that is a number; 0 where there is none. */
    long number(String fact) {
        return Long.parseLong(scene.facts().getOrDefault(fact, "0"));
    }

    /** No message took longer than this, repairs included. Short runs share the machine: there it is not judged. */
    void repairedWithin(double seconds) {
        if (scene.conditions().isShort()) {
            return;
        }
        double slowest = Double.parseDouble(scene.facts().getOrDefault("maxms", "0")) / THOUSAND;
        scene.expect(slowest <= seconds, "the slowest message took " + slowest + " s, allowed " + seconds);
    }

    /** The publisher sent at least this part of what it was to. */
    void held(double part) {
        double held = number("load/s") / (double) scene.rate();
        scene.expect(held >= part, String.format(Locale.ROOT, "only %.2f of the load was held", held));
    }

    /** Repairs are no more than one and a half times the least that theory allows. */
    void efficient(double lossPercent, int receivers) {
        if (scene.conditions().isShort()) {
            return;
        }
        double bound = transmissions(lossPercent / 100, receivers);
        double odata = number("odata");
        double overhead = number("rdata") / odata;
        // What a host dropped because its program did not get to run is lost, too.
        double allowed = 1.5 * (bound - 1) + 0.01 + number("overruns") / odata;
        scene.fact("tx/packet", 1 + overhead);
        scene.fact("tx least", bound);
        scene.expect(
                overhead <= allowed,
                String.format(Locale.ROOT, "%.3f repairs a packet, allowed %.3f", overhead, allowed));
    }

    /** Expected transmissions of a packet until each of so many receivers, that lose independently, has it. */
    static double transmissions(double loss, int receivers) {
        double sum = 0;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            sum += 1 - Math.pow(1 - Math.pow(loss, round), receivers);
        }
        return sum;
    }
}
