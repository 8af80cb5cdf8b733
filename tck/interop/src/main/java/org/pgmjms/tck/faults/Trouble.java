package org.pgmjms.tck.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.pgmjms.tck.faults.PacketFilter.Way;
import org.pgmjms.tck.kit.LabHost;

/** The faults of a soak. None lasts longer than the window, so that nothing may be lost. */
enum Trouble {
    /** Packets to receivers are lost at random. */
    LOSS {
        @Override
        Harm befall(Scene scene, Relay relay, RandomGenerator random) {
            return filtered(scene, random, dropAtReceivers(scene, Way.IN, 0.5 + random.nextDouble(5)));
        }
    },
    /** So are those from them. */
    LOSS_BOTH_WAYS {
        @Override
        Harm befall(Scene scene, Relay relay, RandomGenerator random) {
            List<Fault> faults = dropAtReceivers(scene, Way.IN, 10);
            faults.addAll(dropAtReceivers(scene, Way.OUT, 10));
            return filtered(scene, random, faults);
        }
    },
    /** Packets are lost before the bridge, for all receivers. */
    LOSS_AT_SOURCE {
        @Override
        Harm befall(Scene scene, Relay relay, RandomGenerator random) {
            return filtered(scene, random, List.of(scene.source().drop(Way.OUT, 5, Pgm.ODATA)));
        }
    },
    /** Packets come twice. */
    TWICE {
        @Override
        Harm befall(Scene scene, Relay relay, RandomGenerator random) {
            return filtered(scene, random, List.of(scene.source().duplicate(random.nextInt(5, 50))));
        }
    },
    /** Most NAKs do not arrive. */
    FEW_NAKS {
        @Override
        Harm befall(Scene scene, Relay relay, RandomGenerator random) {
            return control(scene, random, Way.IN, 90, Pgm.NAK);
        }
    },
    /** No NCF arrives. */
    NO_NCFS {
        @Override
        Harm befall(Scene scene, Relay relay, RandomGenerator random) {
            return control(scene, random, Way.OUT, 100, Pgm.NCF);
        }
    },
    /** Half of the repairs are lost. */
    FEW_REPAIRS {
        @Override
        Harm befall(Scene scene, Relay relay, RandomGenerator random) {
            return control(scene, random, Way.OUT, 50, Pgm.RDATA);
        }
    },
    /** No SPM arrives. */
    NO_SPMS {
        @Override
        Harm befall(Scene scene, Relay relay, RandomGenerator random) {
            return control(scene, random, Way.OUT, 100, Pgm.SPM);
        }
    },
    /** A relay drops, holds back and garbles. */
    BAD_PATH {
        @Override
        Harm befall(Scene scene, Relay relay, RandomGenerator random) throws InterruptedException {
            long seen = relay.count("seen");
            long dropped = relay.count("dropped");
            relay.harm(true);
            scene.hold(WHILE_LEAST + random.nextDouble(WHILE_MORE));
            relay.harm(false);
            seen = relay.count("seen") - seen;
            return new Harm(relay.count("dropped") - dropped, seen, seen * RELAY_LOSS);
        }
    },
    /** A receiver hears nothing and is not heard. */
    PARTITION {
        @Override
        Harm befall(Scene scene, Relay relay, RandomGenerator random) {
            PacketFilter filter = any(scene, random).filter();
            Fault out = filter.cut(Way.OUT);
            Fault in = filter.cut(Way.IN);
            scene.hold(outage(random));
            filter.heal();
            return Harm.once(in.hit() > 0 && out.due() == out.hit());
        }
    },
    /** A receiver does not get to run. */
    STOPPED {
        @Override
        Harm befall(Scene scene, Relay relay, RandomGenerator random) {
            Subscriber victim = any(scene, random);
            victim.signal("STOP");
            boolean isStopped = victim.isStopped();
            scene.hold(outage(random));
            victim.signal("CONT");
            return Harm.once(isStopped);
        }
    },
    /** A receiver's interface is down. */
    RECEIVER_DOWN {
        @Override
        Harm befall(Scene scene, Relay relay, RandomGenerator random) {
            return down(scene, any(scene, random).host(), random);
        }
    },
    /** The sender's is. */
    SENDER_DOWN {
        @Override
        Harm befall(Scene scene, Relay relay, RandomGenerator random) {
            return down(scene, scene.host("p"), random);
        }
    },
    /** A receiver's cable is out. */
    UNPLUGGED {
        @Override
        Harm befall(Scene scene, Relay relay, RandomGenerator random) {
            LabHost host = any(scene, random).host();
            host.plug(false);
            scene.hold(outage(random));
            host.plug(true);
            return Harm.once(true);
        }
    };

    /** How the relay of {@link #BAD_PATH} is set, but for its seed. */
    static final List<String> RELAY = List.of("loss=50000", "hold=50000", "held=3000", "flip=20000", "nosum=1");

    private static final double RELAY_LOSS = 0.05;
    private static final double WHILE_LEAST = 5;
    private static final double WHILE_MORE = 7;
    private static final double OUTAGE_LEAST = 0.3;
    private static final double OUTAGE_MORE = 4;

    /** Does it for a while, ends it and answers what it did. */
    abstract Harm befall(Scene scene, Relay relay, RandomGenerator random) throws InterruptedException;

    private static double outage(RandomGenerator random) {
        return OUTAGE_LEAST + random.nextDouble(OUTAGE_MORE);
    }

    private static Subscriber any(Scene scene, RandomGenerator random) {
        return scene.subscribers().get(random.nextInt(scene.subscribers().size()));
    }

    private static List<Fault> dropAtReceivers(Scene scene, Way way, double percent, Pgm... types) {
        List<Fault> faults = new ArrayList<>();
        scene.subscribers().forEach(each -> faults.add(each.filter().drop(way, percent, types)));
        return faults;
    }

    /** Loses packets of a type at the source, and some data, so that there is something to repair. */
    private static Harm control(Scene scene, RandomGenerator random, Way way, double percent, Pgm type) {
        dropAtReceivers(scene, Way.IN, 2, Pgm.ODATA);
        return filtered(scene, random, List.of(scene.source().drop(way, percent, type)));
    }

    private static Harm filtered(Scene scene, RandomGenerator random, List<Fault> faults) {
        scene.hold(WHILE_LEAST + random.nextDouble(WHILE_MORE));
        scene.source().heal();
        scene.subscribers().forEach(each -> each.filter().heal());
        return Harm.of(faults);
    }

    private static Harm down(Scene scene, LabHost host, RandomGenerator random) {
        OutageRows.down(host, true);
        scene.hold(outage(random));
        OutageRows.down(host, false);
        return Harm.once(true);
    }
}
