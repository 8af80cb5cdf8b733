package org.pgmjms.tck.faults;

import java.util.List;
import org.pgmjms.tck.faults.PacketFilter.Way;

/**
 * Rows in which somebody sends what nobody should: forged, malformed or recorded packets, beside a proper stream between
 * programs with little memory. What such packets can do without authentication is documented; here nothing may be lost
 * silently, come twice or be corrupt, limits have to hold and to be counted.
 */
final class FloodRows {
    private static final int SHORT_SHARE = 10;
    private static final int MEGABYTES = 64;
    private static final int MOST_PEERS = 1024;
    private static final long HEAP_BYTES = 8L << 20;

    private FloodRows() {}

    static List<Row> rows() {
        return List.of(
                new Row("H01", "SPM and ODATA of random sessions, 100,000/s", false, FloodRows::sessions),
                new Row("H02", "NAKs with full lists, 50,000/s", false, FloodRows::naks),
                new Row("H03", "NAKs for one packet from 1,000 addresses, 1,000/s", false, FloodRows::sameNak),
                new Row("H04", "forged NCFs for every gap, 1,000/s, 1 % loss", false, FloodRows::ncfs),
                new Row("H05a", "forged SPMs, one a second", false, scene -> forged(scene, "spms", 1)),
                new Row("H05b", "forged SPMs, 1,000/s", false, scene -> forged(scene, "spms", 1000)),
                new Row("H06a", "forged FIN, one a second", false, scene -> forged(scene, "fin", 1)),
                new Row("H06b", "forged FIN, 100/s", false, scene -> forged(scene, "fin", 100)),
                new Row("H06c", "forged RST, one a second", false, scene -> forged(scene, "rst", 1)),
                new Row("H06d", "forged RST, 100/s", false, scene -> forged(scene, "rst", 100)),
                new Row("H07", "fragments that never end, of 1,000 sessions, 10,000/s", false, FloodRows::fragments),
                new Row("H08", "malformed options, 100,000/s", false, FloodRows::options),
                new Row("H09", "POLL and SPMR, 10,000/s", false, FloodRows::requests),
                new Row("H10", "data with right numbers from elsewhere, 1,000/s", false, FloodRows::data),
                new Row("H11", "recorded packets again, as fast as it goes", false, FloodRows::replay));
    }

    /** A publisher and two subscribers beside a flood; answers the packets of the flood. */
    private static long flood(Scene scene, Load load, String kind, int rate, String... more)
            throws InterruptedException {
        int share = scene.conditions().isShort() && rate >= 10_000 ? SHORT_SHARE : 1;
        scene.group(2, load);
        Hostile hostile = scene.hostile(kind, rate / share, more);
        long sent = hostile.awaitEnd();
        scene.fact("harmed", sent);
        double planned = (double) rate / share * Math.ceil(scene.conditions().seconds());
        scene.applied(sent > planned / 5, sent + " packets");
        scene.hold(1);
        return sent;
    }

    /** Who sends properly keeps its rate, and who listens its memory. */
    private static void end(Scene scene) throws InterruptedException {
        scene.end(20);
        scene.judge().heapWithin(HEAP_BYTES);
        if (!scene.conditions().isShort()) {
            scene.judge().held(0.95);
        }
    }

    private static Load load(Scene scene) {
        return Load.of(scene.conditions().rate(LossRows.L2)).direct(MEGABYTES);
    }

    private static void counted(Scene scene, String counter, long atLeast) {
        long most = scene.subscribers().stream()
                .mapToLong(each -> each.statistic(counter))
                .max()
                .orElse(0);
        scene.fact(counter, most);
        scene.expect(most >= atLeast, counter + " is only " + most);
    }

    private static long atSource(Scene scene, String counter) {
        long count = scene.publishers().get(0).statistic(counter);
        scene.fact(counter, count);
        return count;
    }

    private static void sessions(Scene scene) throws InterruptedException {
        long sent = flood(scene, load(scene), "sessions", 100_000, "addresses=5000");
        end(scene);
        scene.judge().nothingLost();
        counted(scene, "receiver.sessions_refused", sent / 10);
        for (Subscriber subscriber : scene.subscribers()) {
            long peers = subscriber.statistic("receiver.sessions_established")
                    - subscriber.statistic("receiver.sessions_ended");
            scene.expect(peers <= MOST_PEERS, subscriber.name() + " had " + peers + " sessions");
        }
    }

    private static void naks(Scene scene) throws InterruptedException {
        long sent = flood(scene, load(scene).with("pgm.maxRate=200Mbit/s"), "naks", 50_000);
        double seconds = scene.seconds();
        double repairs = megabits(scene, Pgm.RDATA) / seconds;
        double all = repairs + megabits(scene, Pgm.ODATA) / seconds;
        end(scene);
        scene.judge().nothingLost();
        long refused = atSource(scene, "source.naks_over_budget");
        scene.expect(refused > sent / 20, "only " + refused + " NAKs were over budget");
        scene.fact("repair Mbit/s", repairs);
        // Data does not wait, so repairs may have the rest.
        scene.expect(all <= 200 * 1.1, all + " Mbit/s left");
    }

    private static double megabits(Scene scene, Pgm type) {
        return 8e-6 * (Load.PACKET + 100) * scene.source().count(Way.OUT, type);
    }

    private static void sameNak(Scene scene) throws InterruptedException {
        long sent = flood(scene, load(scene), "same", 1000, "addresses=1000");
        end(scene);
        scene.judge().nothingLost();
        // A repair each two milliseconds at most.
        double allowed =
                500 * Math.ceil(scene.conditions().seconds()) + scene.judge().number("overruns");
        scene.expect(scene.judge().number("rdata") <= allowed, "more repairs than the hold-off allows");
        scene.expect(atSource(scene, "source.naks_received") > sent / 5, "the NAKs did not arrive");
    }

    private static void ncfs(Scene scene) throws InterruptedException {
        scene.subscribe("r1", load(scene));
        scene.subscribe("r2", load(scene));
        scene.begin(load(scene));
        List<Fault> faults = scene.subscribers().stream()
                .map(each -> each.filter().drop(Way.IN, 1, Pgm.ODATA))
                .toList();
        Hostile hostile = scene.hostile("ncfs", 1000);
        long sent = hostile.awaitEnd();
        end(scene);
        faults.forEach(scene.judge()::applied);
        scene.fact("harmed", sent);
        scene.judge().nothingLost();
        scene.judge().repairedWithin(2);
        counted(scene, "receiver.ncf_received", sent / 2);
    }

    private static void forged(Scene scene, String kind, int rate) throws InterruptedException {
        long sent = flood(scene, load(scene), kind, rate);
        scene.subscribers().get(0).askForNext();
        double seconds = scene.subscribers().get(0).awaitNext();
        scene.fact("resumed", seconds);
        scene.hold(1);
        end(scene);
        scene.judge().everythingAccountedFor();
        if (rate == 1) {
            scene.judge().nothingLost();
        }
        long judged = scene.subscribers().stream()
                .mapToLong(each -> each.statistic("receiver.spm_received")
                        + each.statistic("receiver.spm_old")
                        + each.statistic("receiver.spm_refused"))
                .min()
                .orElse(0);
        scene.fact("spms judged", judged);
        scene.expect(judged > sent / 5, "only " + judged + " SPMs arrived");
    }

    private static void fragments(Scene scene) throws InterruptedException {
        flood(scene, load(scene), "fragments", 10_000, "addresses=100");
        end(scene);
        scene.judge().nothingLost();
        counted(scene, "rejects.bad_fragment", 1);
    }

    private static void options(Scene scene) throws InterruptedException {
        long sent = flood(scene, load(scene), "options", 100_000);
        end(scene);
        scene.judge().nothingLost();
        counted(scene, "rejects.bad_options", sent / 10);
    }

    private static void requests(Scene scene) throws InterruptedException {
        flood(scene, load(scene), "requests", 10_000);
        end(scene);
        scene.judge().nothingLost();
        long answered = scene.source().count(Way.OUT, Pgm.SPM);
        scene.fact("spms", answered);
        scene.expect(answered < 30 * scene.conditions().seconds() + 100, answered + " SPMs were sent");
        counted(scene, "receiver.not_for_receivers", 1);
        scene.expect(atSource(scene, "source.spmrs_received") > 1, "no SPMR arrived");
    }

    private static void data(Scene scene) throws InterruptedException {
        flood(scene, load(scene), "data", 1000);
        end(scene);
        scene.judge().nothingLost();
    }

    private static void replay(Scene scene) throws InterruptedException {
        long sent = flood(scene, load(scene), "replay", 50_000);
        end(scene);
        scene.judge().nothingLost();
        counted(scene, "receiver.duplicates", sent / 20);
    }
}
