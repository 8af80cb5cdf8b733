package org.pgmjms.engine.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.sim.Plans.Defect;
import org.pgmjms.engine.sim.Plans.Fate;
import org.pgmjms.engine.sim.Plans.Message;
import org.pgmjms.engine.sim.Plans.ReceiverPlan;
import org.pgmjms.engine.sim.Plans.SourcePlan;
import org.pgmjms.engine.sim.Plans.Trouble;
import org.pgmjms.engine.sim.Plans.Weather;
import org.pgmjms.engine.sim.SimSource.Life;
import org.pgmjms.engine.sim.check.Checks;

/**
 * Runs a scenario in two phases. Safety: everything may go wrong, nothing may be wrong. Liveness: the network is healed,
 * and everybody must come to hear everything from then on. Then all sessions end, and nothing may be left.
 */
final class ScenarioRun {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1000 * MS;
    private static final long STEP_NS = 50 * MS;
    private static final long PATIENCE_NS = 180 * SECOND;
    private static final long FORGETTING_NS = 120 * SECOND;
    private static final long REBIRTH_NS = 100 * MS;
    private static final int LAST_MESSAGES = 12;
    private static final int LAST_MESSAGE_BYTES = 20;

    private final Scenario scenario;
    private final SimChannel channel;
    private final SimWorld world;
    private final List<SimNode> hosts = new ArrayList<>();
    private final List<@Nullable SimSource> running = new ArrayList<>();
    private final RandomGenerator random;
    private @Nullable Stranger stranger;
    private @Nullable Forger forger;
    private @Nullable Impostor impostor;

    ScenarioRun(Scenario scenario) {
        this.scenario = scenario;
        long start = scenario.seed() % 8 == 0 ? Long.MAX_VALUE - SECOND : scenario.seed() * SECOND;
        channel = new SimChannel(start, scenario.seed() ^ 0x5DEE_CE66DL);
        world = channel.world();
        random = channel.network().fork();
        Checks.watch(channel);
    }

    /** What it runs on, for those who want to watch. */
    SimChannel channel() {
        return channel;
    }

    Outcome run() {
        long startNs = world.nowNs();
        try {
            prepare();
            world.runFor(scenario.healsNs());
            heal();
            settle(false);
            speakAgain();
            world.runFor(scenario.mischief().replayNs());
            endAll();
        } catch (RuntimeException | AssertionError | StackOverflowError failure) {
            long atMs = (world.nowNs() - startNs) / MS;
            throw new AssertionError("after " + atMs + " ms: " + failure.getMessage(), failure);
        }
        Outcome outcome = new OutcomeCount(scenario, channel).count();
        if (impostor != null) {
            impostor.count(outcome);
        }
        return outcome;
    }

    private void prepare() {
        for (int i = 0; i < scenario.sources().size(); i++) {
            hosts.add(channel.network().host("source-" + i));
            running.add(null);
        }
        for (int i = 0; i < scenario.receivers().size(); i++) {
            hosts.add(channel.network().host("receiver-" + i));
        }
        for (int i = 0; i < hosts.size(); i++) {
            blow(hosts.get(i).inbound(), scenario.weather().get(i));
            hosts.get(i).inbound().replay = scenario.mischief().replay();
            hosts.get(i).inbound().replayNs = scenario.mischief().replayNs();
            plan(scenario.defects().get(i), hosts.get(i));
        }
        for (int i = 0; i < scenario.receivers().size(); i++) {
            plan(scenario.receivers().get(i), hosts.get(scenario.sources().size() + i));
        }
        for (int i = 0; i < scenario.sources().size(); i++) {
            plan(i, scenario.sources().get(i));
        }
        scenario.troubles().forEach(this::plan);
        if (scenario.mischief().strangerNs() > 0) {
            stranger =
                    new Stranger(channel, scenario.seed(), scenario.mischief().strangerNs());
        }
        if (scenario.mischief().forgerNs() > 0) {
            forger = new Forger(channel, scenario.seed(), scenario.mischief().forgerNs());
        }
        if (scenario.mischief().impostorNs() > 0) {
            impostor =
                    new Impostor(channel, scenario.seed(), scenario.mischief().impostorNs());
        }
    }

    private void plan(Defect defect, SimNode host) {
        host.skew(defect.skewPpm());
        if (defect.mtuBytes() > 0) {
            world.after(defect.mtuFromNs(), () -> host.inbound().mtuBytes = defect.mtuBytes());
            world.after(defect.mtuFromNs() + defect.mtuForNs(), () -> host.inbound().mtuBytes = 0);
        }
    }

    private static void blow(Faults faults, Weather weather) {
        faults.loss = weather.loss();
        faults.burstStart = weather.burstStart();
        faults.burstEnd = weather.burstEnd();
        faults.duplicate = weather.duplicate();
        faults.corrupt = weather.corrupt();
        faults.delayNs = weather.delayNs();
        faults.jitterNs = weather.jitterNs();
    }

    private void plan(int index, SourcePlan plan) {
        hosts.get(index).refusal = plan.refusal();
        hosts.get(index).runs = scenario.seed() % 2 == 0;
        world.after(plan.opensNs(), () -> start(index, plan.config()));
        for (Message message : plan.messages()) {
            if (message.atNs() < scenario.healsNs()) {
                world.after(message.atNs(), () -> publish(index, message.length()));
            }
        }
        if (plan.fate() != Fate.STAYS) {
            long latestNs = scenario.healsNs() - REBIRTH_NS;
            world.after(Math.min(plan.fateNs(), latestNs), () -> befall(index, plan));
        }
    }

    private void start(int index, SourceConfig config) {
        SimSource source = channel.source(
                hosts.get(index), config, scenario.sources().get(index).tpduBytes());
        running.set(index, source);
        source.open();
    }

    private void publish(int index, int length) {
        SimSource source = running.get(index);
        if (source != null) {
            source.publish(length);
        }
    }

    private void befall(int index, SourcePlan plan) {
        SimSource source = running.get(index);
        if (source == null) {
            return;
        }
        switch (plan.fate()) {
            case ENDS -> source.end();
            case RESETS -> source.reset(1);
            case DIES -> source.die();
            case RESTARTS -> {
                source.die();
                world.after(REBIRTH_NS, () -> start(index, plan.reborn()));
            }
            case STAYS -> {
                // nothing befalls it
            }
        }
    }

    private void plan(ReceiverPlan plan, SimNode host) {
        world.after(plan.joinsNs(), () -> {
            SimReceiver receiver = channel.receiver(host, plan.config());
            if (plan.leavesNs() < scenario.healsNs()) {
                world.after(plan.leavesNs() - plan.joinsNs(), receiver::close);
            }
            if (plan.slowFromNs() < scenario.healsNs()) {
                world.after(plan.slowFromNs() - plan.joinsNs(), () -> receiver.capacityBytes = plan.slowBytes());
                long untilNs = Math.min(plan.slowUntilNs(), scenario.healsNs());
                world.after(untilNs - plan.joinsNs(), () -> receiver.capacityBytes = Integer.MAX_VALUE);
            }
        });
    }

    private void plan(Trouble trouble) {
        SimNode host = hosts.get(trouble.host());
        world.after(trouble.fromNs(), () -> {
            switch (trouble.blow()) {
                case CUT_OFF -> host.down(true);
                case FILTER -> host.inbound().filter = packet -> packet.type() == trouble.type();
                case PAUSE -> host.pause(trouble.durationNs());
            }
        });
        world.after(trouble.fromNs() + trouble.durationNs(), () -> {
            host.down(false);
            host.inbound().filter = packet -> false;
        });
    }

    private void heal() {
        if (stranger != null) {
            stranger.leave();
        }
        if (forger != null) {
            forger.leave();
        }
        if (impostor != null) {
            impostor.leave();
        }
        for (SimNode host : hosts) {
            host.down(false);
            host.refusal = 0;
            host.inbound().heal();
        }
    }

    /** Runs until everybody is through with everything that was sent. */
    private void settle(boolean everybody) {
        long endNs = world.nowNs() + PATIENCE_NS;
        while (unsettled(everybody) != null) {
            if (world.nowNs() - endNs > 0) {
                throw new AssertionError("not settled: " + unsettled(everybody));
            }
            world.runFor(STEP_NS);
        }
    }

    private @Nullable String unsettled(boolean everybody) {
        long listening = channel.receivers().stream()
                .filter(receiver -> !receiver.isClosed())
                .count();
        for (SimSource source : living()) {
            SentStream sent = source.stream();
            if (!sent.isBorn() && source.startsWith() > listening) {
                continue;
            }
            if (source.supply().waiting() > 0 || source.source().hasUnsent()) {
                return sent.tsi() + " has not sent all, " + source.supply().waiting() + " messages wait";
            }
            for (SimReceiver receiver : channel.receivers()) {
                HeardStream stream = receiver.now(sent);
                boolean asks = !receiver.isClosed() && sent.isBorn();
                if (asks && stream == null && everybody) {
                    return receiver.node().name() + " never heard of " + sent.tsi();
                }
                if (asks && stream != null && stream.edge() < sent.sent() && (everybody || stream.edge() >= 0)) {
                    return stream + " is at " + stream.edge() + " of " + sent.sent();
                }
            }
        }
        return null;
    }

    private List<SimSource> living() {
        return channel.sources().stream()
                .filter(source -> source.life() == Life.LIVES)
                .toList();
    }

    /** Everybody meets everybody; what is sent on the healed network from then on is delivered to all. */
    private void speakAgain() {
        List<SimSource> living = living();
        speak(living);
        settle(true);
        int[] marks = living.stream().mapToInt(source -> source.stream().sent()).toArray();
        speak(living);
        settle(true);
        for (int i = 0; i < marks.length; i++) {
            SentStream sent = living.get(i).stream();
            for (SimReceiver receiver : channel.receivers()) {
                HeardStream stream = receiver.now(sent);
                if (stream != null && stream.delivered().nextClearBit(marks[i]) < sent.sent()) {
                    throw new AssertionError(stream + ": " + stream.delivered().nextClearBit(marks[i])
                            + " was sent on a healed network and is not there");
                }
            }
        }
    }

    private void speak(List<SimSource> living) {
        for (int i = 0; i < LAST_MESSAGES; i++) {
            living.forEach(source -> source.publish(LAST_MESSAGE_BYTES));
            world.runFor(random.nextLong(20 * MS));
        }
    }

    private void endAll() {
        List<SimSource> living = living();
        List<HeardStream> streams = channel.receivers().stream()
                .filter(receiver -> !receiver.isClosed())
                .flatMap(receiver -> receiver.streams().stream())
                .filter(stream -> stream.end() == null)
                .toList();
        for (SimSource source : living) {
            switch (random.nextInt(3)) {
                case 0 -> source.end();
                case 1 -> source.reset(1);
                default -> source.die();
            }
        }
        long longestNs = scenario.receivers().stream()
                .mapToLong(plan -> plan.config().peerExpiryNs())
                .max()
                .orElse(0);
        world.runFor(2 * longestNs + FORGETTING_NS);
        for (HeardStream stream : streams) {
            checkEnd(stream, living.contains(channel.sourceOf(stream.sent())));
        }
        world.listeners().forEach(SimListener::onFinished);
    }

    private void checkEnd(HeardStream stream, boolean lived) {
        EndReason expected = switch (channel.sourceOf(stream.sent()).life()) {
            case ENDS -> EndReason.FIN;
            case RESETS -> EndReason.RST;
            case DIED, LIVES -> EndReason.EXPIRED;
        };
        EndReason found = stream.end();
        if (found == null || lived && found != expected) {
            throw new AssertionError(stream + ": ended with " + found + ", not " + expected);
        }
        if (lived
                && expected == EndReason.FIN
                && stream.nextUncovered(Math.max(0, stream.first()))
                        < stream.sent().sent()) {
            throw new AssertionError(stream + ": ended before the last packet");
        }
        if (scenario.gentle() && !stream.lost().isEmpty()) {
            throw new AssertionError(
                    stream + ": lost " + stream.lost().cardinality() + " packets for no reason, " + stream.causes());
        }
    }
}
