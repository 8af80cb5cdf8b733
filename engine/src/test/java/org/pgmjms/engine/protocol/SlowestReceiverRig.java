package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.protocol.SlowestReceiver.Change;
import org.pgmjms.engine.wire.AckEncoder;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketView;

/** A limit in virtual time, the statuses of its receivers, and what it tells of them. */
final class SlowestReceiverRig {
    static final long MS = 1_000_000;
    static final long SILENCE_NS = 1_000 * MS;
    static final long PATIENCE_NS = 3_000 * MS;
    static final int ROOM = 100_000;
    static final int PACKET_BYTES = 1_472;
    static final int FIRST = Integer.MAX_VALUE - 10;
    static final Nla HOST = Nla.ipv4(0x0A000007);
    static final Nla OTHER_HOST = Nla.ipv4(0x0A000008);

    /** A change, and how many are left. */
    record Told(Change change, Nla address, int left) {}

    final Counters<SourceCounter> counters = new Counters<>(SourceCounter.class);
    final List<Told> told = new ArrayList<>();
    final SlowestReceiver limit;
    long nowNs = Long.MAX_VALUE - 10 * MS;
    int lead = FIRST - 1;

    private final ByteBuf buffer = Unpooled.buffer(256);
    private final PacketView view = new PacketView();

    /** Of a source that waits for so many receivers. */
    SlowestReceiverRig(int receivers, long patienceNs) {
        limit = new SlowestReceiver(
                new SourceConfigBuilder()
                        .firstSqn(FIRST)
                        .slowest(receivers, SILENCE_NS, patienceNs)
                        .build(),
                PACKET_BYTES,
                counters,
                (change, from, left) -> told.add(new Told(change, from, left)),
                nowNs);
    }

    void status(int receiver, int taken, int limitSqn) {
        status(HOST, receiver, taken, limitSqn, false);
    }

    void status(Nla from, int receiver, int taken, int limitSqn, boolean leaving) {
        status(from, receiver, taken, limitSqn, ROOM, leaving);
    }

    void status(Nla from, int receiver, int taken, int limitSqn, int roomBytes, boolean leaving) {
        int length = new AckEncoder()
                .wrap(buffer, 0)
                .session(1, 7_500)
                .received(taken, -1)
                .status(receiver, limitSqn, roomBytes, leaving)
                .finish();
        hear(from, length);
    }

    /** Feedback of another kind. */
    void acknowledge(Nla from) {
        hear(
                from,
                new AckEncoder()
                        .wrap(buffer, 0)
                        .session(1, 7_500)
                        .received(lead, -1)
                        .finish());
    }

    private void hear(Nla from, int length) {
        assertThat(view.wrap(buffer, 0, length)).isEqualTo(DecodeResult.OK);
        limit.onFeedback(nowNs, from, view);
    }

    /** How many packets may leave now. */
    int ahead() {
        int ahead = limit.limitSqn(nowNs, lead) - lead;
        limit.onTried(nowNs, ahead == 0);
        return ahead;
    }

    /** How often a receiver came or went so. */
    long changes(Change change) {
        return told.stream().filter(event -> event.change() == change).count();
    }

    long count(SourceCounter counter) {
        return counters.get(counter);
    }
}
