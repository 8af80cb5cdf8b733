package org.pgmjms.tck.faults;

import java.util.List;
import org.pgmjms.tck.faults.PacketFilter.Way;
import org.pgmjms.tck.kit.LabHost;

/** Rows in which a host, a cable or a process is gone for a while, or the network becomes narrower. */
final class OutageRows {
    private static final String MULTICAST = "224.0.0.0/4";
    private static final int RESUME_SECONDS = 2;
    private static final int FRAGMENTS_CREATED = 19;
    private static final int STOP_LOOKS = 200;
    private static final double STOP_LOOK_SECONDS = 0.01;
    private static final int SHAPED_RATE = 7000;

    private OutageRows() {}

    static List<Row> rows() {
        return List.of(
                new Row("F07a", "partition of 0.5 s, again and again", false, scene -> partition(scene, 0.5, 0.5)),
                new Row("F07b", "partition of 2 s", false, scene -> partition(scene, 2, 1)),
                new Row("F07c", "partition of 10 s", false, scene -> partition(scene, 10, 2)),
                new Row("F07d", "partition twice as long as the window", false, OutageRows::longPartition),
                new Row("F09a", "receiver stopped for 0.1 s, 20 times", false, scene -> stopped(scene, 0.1)),
                new Row("F09b", "receiver stopped for 0.5 s", false, scene -> stopped(scene, 0.5)),
                new Row("F09c", "receiver stopped for 2 s", false, scene -> stopped(scene, 2)),
                new Row("F09d", "receiver stopped for longer than the window", false, OutageRows::stoppedLong),
                new Row("F14a", "MTU 1,500, 1,000, 1,500", false, OutageRows::mtu),
                new Row("F14b", "TPDU of 9,000 on a link of 1,500", false, OutageRows::tooLarge),
                new Row(
                        "F15a",
                        "receiver's interface down 0.3 s, again and again",
                        false,
                        s -> receiverDown(s, 0.3, 0.3)),
                new Row("F15b", "receiver's interface down 5 s", false, scene -> receiverDown(scene, 5, 1)),
                new Row("F15c", "sender's interface down", false, OutageRows::senderDown),
                new Row("F15d", "receiver's address removed and added", false, OutageRows::readdressed),
                new Row("F15e", "sender's multicast route removed and added", false, OutageRows::unrouted),
                new Row("F15f", "cable pulled and put in", false, OutageRows::unplugged),
                new Row("F18", "rate shock: a bottleneck below what is offered", false, OutageRows::bottleneck),
                new Row("F19a", "receive buffer of 64 KiB that overflows", false, OutageRows::smallBuffer),
                new Row("F19c", "send buffer that is full: packets are refused", false, OutageRows::fullBuffer));
    }

    private static Load load(Scene scene) {
        return Load.of(scene.conditions().rate(LossRows.L2))
                .with(LossRows.HALF_MINUTE)
                .direct(512);
    }

    private static int three(Scene scene) {
        return scene.conditions().receivers(3, 2);
    }

    private static Subscriber first(Scene scene) {
        return scene.subscribers().get(0);
    }

    /** Cuts the first receiver off for so long, and expects it to be back soon. */
    private static Fault cut(Scene scene, double seconds) throws InterruptedException {
        Subscriber victim = first(scene);
        victim.filter().cut(Way.OUT);
        Fault fault = victim.filter().cut(Way.IN);
        scene.hold(seconds);
        victim.askForNext();
        victim.filter().heal();
        resumed(scene, victim);
        return fault;
    }

    private static void resumed(Scene scene, Subscriber victim) throws InterruptedException {
        double seconds = victim.awaitNext();
        scene.fact("resumed", seconds);
        scene.expect(
                seconds <= RESUME_SECONDS || scene.conditions().isShort(),
                victim.name() + " got its next message " + seconds + " s after the end of the fault");
    }

    private static void partition(Scene scene, double full, double few) throws InterruptedException {
        scene.group(three(scene), load(scene));
        double seconds = scene.conditions().seconds(full, few);
        for (double left = scene.conditions().seconds(); left > 0; left -= 3 * seconds) {
            long rate = scene.rate();
            Fault fault = cut(scene, seconds);
            long hit = fault.hit();
            scene.fact("harmed", scene.judge().number("harmed") + hit);
            scene.applied(hit > 0.8 * rate * seconds, "dropped " + hit + " packets");
            scene.hold(2 * seconds);
        }
        scene.end(20);
        scene.judge().nothingLost();
    }

    private static void longPartition(Scene scene) throws InterruptedException {
        double window = scene.conditions().seconds(30, 2);
        String options = "pgm.window.time=" + (int) window + "s";
        scene.group(three(scene), load(scene).with(options));
        Fault fault = cut(scene, 2 * window);
        scene.fact("harmed", fault.hit());
        scene.hold();
        scene.end(20);
        long reports = lostByFirst(scene, window * scene.rate());
        scene.expect(reports == 1 || scene.conditions().isShort(), reports + " reports of one loss");
    }

    /** The first receiver lost about so many, and knows exactly which; the others lost nothing. Answers the number of reports. */
    private static long lostByFirst(Scene scene, double about) {
        scene.judge().everythingAccountedFor();
        for (Subscriber other :
                scene.subscribers().subList(1, scene.subscribers().size())) {
            scene.judge().nothingLost(other);
        }
        long lost = scene.judge().reported();
        scene.expect(lost > about / 2 && lost < about * 2, "lost " + lost + ", about " + (long) about + " expected");
        long reports = first(scene).process().lines().stream()
                .filter(line -> line.startsWith("LOST "))
                .count();
        scene.fact("reports", reports);
        return reports;
    }

    /** On a busy machine it takes a moment until all threads are stopped. */
    private static void stop(Scene scene, Subscriber victim) {
        victim.signal("STOP");
        for (int i = 0; i < STOP_LOOKS && !victim.isStopped(); i++) {
            scene.hold(STOP_LOOK_SECONDS);
        }
        scene.applied(victim.isStopped(), "it runs");
    }

    private static void stopped(Scene scene, double seconds) throws InterruptedException {
        scene.group(three(scene), load(scene));
        Subscriber victim = first(scene);
        int times = 0;
        for (double left = scene.conditions().seconds(); left > 0; left -= 2 * seconds) {
            stop(scene, victim);
            scene.hold(seconds);
            victim.signal("CONT");
            scene.hold(seconds);
            times++;
        }
        scene.end(20);
        scene.fact("harmed", times);
        scene.judge().nothingLost();
    }

    /** What its socket still took splits the loss into several. */
    private static void stoppedLong(Scene scene) throws InterruptedException {
        double window = scene.conditions().seconds(8, 4);
        double stopped = scene.conditions().seconds(10, 6);
        scene.group(three(scene), load(scene).with("pgm.window.time=" + (int) window + "s&pgm.receiveBuffer=256KiB"));
        Subscriber victim = first(scene);
        stop(scene, victim);
        scene.hold(stopped);
        victim.signal("CONT");
        scene.fact("harmed", 1);
        scene.hold();
        scene.end(20);
        lostByFirst(scene, (stopped - window) * scene.rate());
    }

    private static void mtu(Scene scene) throws InterruptedException {
        scene.group(three(scene), load(scene));
        LabHost sender = scene.host("p");
        double third = scene.conditions().seconds() / 3;
        scene.hold(third);
        sender.mtu(1000);
        scene.hold(third);
        long fragments = snmp(sender, "Ip: ", FRAGMENTS_CREATED);
        sender.mtu(1500);
        scene.hold(third);
        scene.end(20);
        scene.fact("harmed", fragments);
        scene.judge().nothingLost();
        scene.applied(fragments > 0 || scene.judge().number("refused") > 0, "no packet was too large");
    }

    private static long snmp(LabHost host, String table, int column) {
        return host.run("cat", "/proc/net/snmp")
                .lines()
                .filter(line -> line.startsWith(table))
                .skip(1)
                .mapToLong(line -> Long.parseLong(line.split(" ", -1)[column]))
                .sum();
    }

    /** It is refused at once, with an error that says so. */
    private static void tooLarge(Scene scene) throws InterruptedException {
        Load load = Load.of(100).size(8000);
        scene.subscribe("r1", load);
        Publisher wrong = scene.publish("q", load.with("pgm.tpdu=9000"));
        String refusal = wrong.awaitRefusal();
        scene.expect(refusal.contains("JMSException") && refusal.contains("MTU"), "the error says: " + refusal);
        wrong.kill();
        scene.fact("harmed", 1);
        scene.begin(load);
        scene.hold(1);
        scene.end(10);
        scene.judge().nothingLost();
    }

    /** Takes a host's interface down, or up with its multicast route. */
    static void down(LabHost host, boolean isDown) {
        host.run("ip", "link", "set", "dev", "eth0", isDown ? "down" : "up");
        if (!isDown) {
            host.run("ip", "route", "add", MULTICAST, "dev", "eth0");
        }
    }

    private static void receiverDown(Scene scene, double full, double few) throws InterruptedException {
        scene.group(three(scene), load(scene));
        double seconds = scene.conditions().seconds(full, few);
        Subscriber victim = first(scene);
        int times = 0;
        for (double left = scene.conditions().seconds(); left > 0; left -= 4 * seconds) {
            down(victim.host(), true);
            scene.hold(seconds);
            victim.askForNext();
            down(victim.host(), false);
            resumed(scene, victim);
            scene.hold(3 * seconds);
            times++;
        }
        scene.end(20);
        scene.fact("harmed", times);
        scene.judge().nothingLost();
    }

    private static void senderDown(Scene scene) throws InterruptedException {
        scene.group(three(scene), load(scene));
        down(scene.host("p"), true);
        scene.hold(scene.conditions().seconds(5, 1));
        first(scene).askForNext();
        down(scene.host("p"), false);
        resumed(scene, first(scene));
        scene.hold();
        scene.end(20);
        scene.fact("harmed", 1);
        boolean isTold = scene.publishers().get(0).process().lines().stream()
                .anyMatch(line -> line.contains("Network is unreachable"));
        scene.expect(isTold, "the log does not say that packets did not leave");
        scene.judge().nothingLost();
    }

    private static void readdressed(Scene scene) throws InterruptedException {
        scene.group(three(scene), load(scene));
        Subscriber victim = first(scene);
        Fault loss = victim.filter().drop(Way.IN, 2, Pgm.ODATA);
        String address = victim.host().ipv4() + "/24";
        victim.host().run("ip", "addr", "del", address, "dev", "eth0");
        scene.hold(scene.conditions().seconds(5, 1));
        victim.host().run("ip", "addr", "add", address, "dev", "eth0");
        victim.host().run("ip", "route", "replace", MULTICAST, "dev", "eth0");
        scene.hold();
        scene.end(20);
        scene.judge().applied(loss);
        scene.judge().nothingLost();
    }

    private static void unrouted(Scene scene) throws InterruptedException {
        scene.group(three(scene), load(scene));
        LabHost sender = scene.host("p");
        sender.run("ip", "route", "del", MULTICAST, "dev", "eth0");
        scene.hold(scene.conditions().seconds(5, 1));
        sender.run("ip", "route", "add", MULTICAST, "dev", "eth0");
        scene.hold();
        scene.end(20);
        scene.fact("harmed", 1);
        scene.judge().nothingLost();
    }

    private static void unplugged(Scene scene) throws InterruptedException {
        scene.group(three(scene), load(scene));
        Subscriber victim = first(scene);
        victim.host().plug(false);
        scene.hold(scene.conditions().seconds(5, 1));
        victim.askForNext();
        victim.host().plug(true);
        resumed(scene, victim);
        scene.hold();
        scene.end(20);
        scene.fact("harmed", 1);
        scene.judge().nothingLost();
    }

    /** So many bits a second are offered. */
    private static long offered(int rate) {
        return (long) rate * (Load.PACKET + 100) * Byte.SIZE;
    }

    private static void shape(LabHost sender, String verb, long bits, String queue) {
        String rate = bits / 1000 + "kbit";
        sender.run("tc", "qdisc", verb, "dev", "eth0", "root", "tbf", "rate", rate, "burst", "32kb", "limit", queue);
    }

    /** Five eighths of what is offered pass; afterwards all is as before, soon. */
    private static void bottleneck(Scene scene) throws InterruptedException {
        int rate = scene.conditions().rate(SHAPED_RATE);
        long bits = offered(rate);
        scene.group(three(scene), Load.of(rate).with("pgm.maxRate=" + bits * 5 / 4 / 1000 + "kbit/s"));
        LabHost sender = scene.host("p");
        shape(sender, "add", bits * 5 / 8, "64kb");
        scene.hold();
        long dropped = scene.dropped(sender);
        sender.run("tc", "qdisc", "del", "dev", "eth0", "root");
        scene.fact("harmed", dropped);
        scene.applied(dropped > 0, "nothing was dropped");
        scene.hold(5);
        for (Subscriber subscriber : scene.subscribers()) {
            subscriber.mark();
        }
        scene.hold(2);
        scene.end(20);
        scene.judge().everythingAccountedFor();
        scene.judge().repairedWithin(1);
        double data = scene.judge().number("odata");
        double share = scene.judge().number("rdata") / (data + scene.judge().number("rdata"));
        scene.fact("repair share", share);
        scene.expect(share <= 0.5, "repairs took " + share + " of what was sent");
    }

    /** The queue behind the socket is longer than the socket's buffer, which waits in it. Nothing is dropped, but sends are refused. */
    private static void fullBuffer(Scene scene) throws InterruptedException {
        int rate = scene.conditions().rate(SHAPED_RATE);
        scene.group(three(scene), Load.of(rate));
        LabHost sender = scene.host("p");
        shape(sender, "add", offered(rate) / 4, "64mb");
        scene.hold();
        long dropped = scene.dropped(sender);
        shape(sender, "change", offered(rate) * 4, "64mb");
        scene.hold(2);
        scene.end(20);
        long refused = scene.publishers().get(0).statistic("source.send_refused");
        scene.fact("harmed", refused);
        scene.applied(refused > 0, "the socket had room for all");
        scene.applied(dropped == 0, "the queue dropped " + dropped);
        scene.judge().nothingLost();
    }

    /** Of the heavier load such a buffer holds two milliseconds: some processors have longer turns. */
    private static void smallBuffer(Scene scene) throws InterruptedException {
        scene.group(three(scene), Load.of(scene.conditions().rate(LossRows.L2)).with("pgm.receiveBuffer=64KiB"));
        Subscriber victim = first(scene);
        for (double left = scene.conditions().seconds(); left > 0; left -= 0.5) {
            victim.signal("STOP");
            scene.hold(0.1);
            victim.signal("CONT");
            scene.hold(0.4);
        }
        long dropped = victim.overruns();
        scene.end(20);
        scene.fact("harmed", dropped);
        scene.applied(dropped > 0, "the buffer never overflowed");
        scene.judge().nothingLost();
    }
}
