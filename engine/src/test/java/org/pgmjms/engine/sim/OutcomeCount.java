package org.pgmjms.engine.sim;

import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.SourceCounter;

/** Counts what happened in a run, so that a test can tell whether it tested anything. */
final class OutcomeCount {
    private final Scenario scenario;
    private final SimChannel channel;
    private final Outcome outcome;

    OutcomeCount(Scenario scenario, SimChannel channel) {
        this.scenario = scenario;
        this.channel = channel;
        this.outcome = new Outcome(channel.world().fingerprint().value());
    }

    Outcome count() {
        outcome.count("runs", 1);
        outcome.count("gentle runs", scenario.gentle() ? 1 : 0);
        outcome.count("strangers", scenario.mischief().strangerNs() > 0 ? 1 : 0);
        outcome.count("forgers", scenario.mischief().forgerNs() > 0 ? 1 : 0);
        outcome.count(
                "skewed clocks",
                scenario.defects().stream()
                        .filter(defect -> defect.skewPpm() != 0)
                        .count());
        outcome.count("events", channel.world().events());
        channel.network().hosts().forEach(this::count);
        channel.sources().forEach(this::count);
        channel.receivers().forEach(this::count);
        return outcome;
    }

    private void count(SimNode host) {
        Faults faults = host.inbound();
        outcome.count("network: offered", faults.offered);
        outcome.count("network: dropped", faults.dropped);
        outcome.count("network: dropped in bursts", faults.droppedInBursts);
        outcome.count("network: cut off", faults.partitionedAway);
        outcome.count("network: filtered", faults.filtered);
        outcome.count("network: too long", faults.tooLong);
        outcome.count("network: duplicated", faults.duplicated);
        outcome.count("network: corrupted", faults.corrupted);
        outcome.count("network: replayed", faults.replayed);
        outcome.count("network: refused by parser", host.rejected());
        outcome.count("network: refused by socket", host.refused());
    }

    private void count(SimSource source) {
        outcome.count("source: sessions", 1);
        outcome.count("source: packets", source.stream().sent());
        int first = source.stream().firstSqn();
        int last = first + source.stream().sent();
        outcome.count("source: numbers started over", Integer.compareUnsigned(last, first) < 0 ? 1 : 0);
        outcome.count("source: numbers changed sign", last < first ? 1 : 0);
        outcome.count("source: " + source.life(), 1);
        source.changes().forEach((change, count) -> outcome.count("source: a receiver " + change, count));
        for (SourceCounter counter : SourceCounter.values()) {
            outcome.count("source: " + counter, source.counters().get(counter));
        }
    }

    private void count(SimReceiver receiver) {
        outcome.count("receiver: " + receiver.config().order(), 1);
        for (ReceiverCounter counter : ReceiverCounter.values()) {
            outcome.count("receiver: " + counter, receiver.counters().get(counter));
        }
        for (HeardStream stream : receiver.streams()) {
            outcome.count("stream: " + stream.start(), 1);
            outcome.count("stream: ended by " + stream.end(), 1);
            outcome.count("stream: delivered", stream.delivered().cardinality());
            stream.causes().forEach((cause, count) -> outcome.count("stream: lost by " + cause, count));
            boolean reordered = receiver.config().order() == DeliveryOrder.COMPLETE && stream.next() > stream.edge();
            outcome.count("stream: beyond its edge", reordered ? 1 : 0);
        }
    }
}
