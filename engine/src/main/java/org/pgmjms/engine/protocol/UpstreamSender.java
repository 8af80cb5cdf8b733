package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.wire.AckEncoder;
import org.pgmjms.engine.wire.NakEncoder;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.SpmrEncoder;

/**
 * Writes the packets of a receiver, one behind another into one buffer, and hands them to the sink. They leave with {@link
 * #flush}, or when the buffer is full. Not thread-safe.
 */
final class UpstreamSender {
    /** Requests for numbers in one packet. */
    static final int MAX_NUMBERS = NakEncoder.MAX_NUMBERS;

    private static final int CAPACITY = 32 * 1024;
    private static final int MAX_LENGTH = 512;
    private static final int ALL_TAKEN = -1;

    /** What a status says. One object is used again and again. */
    static final class Report {
        int receiverId;
        int takenSqn;
        int limitSqn;
        int roomBytes;
        boolean isLeaving;
    }

    private final PacketSink sink;
    private final ByteBuf buffer;
    private final Counters<ReceiverCounter> counters;
    private final int destinationPort;
    private final Nla group;
    private final int commonUdpPort;
    private final NakEncoder nak = new NakEncoder();
    private final SpmrEncoder spmr = new SpmrEncoder();
    private final AckEncoder ack = new AckEncoder();
    private ReceiverWatcher watcher = ReceiverWatcher.NONE;
    private int end;

    UpstreamSender(
            ReceiverContext context, PacketSink sink, ByteBufAllocator allocator, Counters<ReceiverCounter> counters) {
        this.sink = sink;
        this.buffer = allocator.directBuffer(CAPACITY, CAPACITY);
        this.counters = counters;
        this.destinationPort = context.destinationPort();
        this.group = context.group();
        this.commonUdpPort = context.commonUdpPort();
    }

    /** Tells somebody else of what is asked. */
    void watch(ReceiverWatcher newWatcher) {
        watcher = newWatcher;
    }

    /** Where requests go when the source announced no port. */
    int commonUdpPort() {
        return commonUdpPort;
    }

    /** Asks the source for these numbers; ascending, 1 to {@link #MAX_NUMBERS}. RFC 3208, section 6.3. */
    void nak(long tsi, Nla path, int udpPort, int[] sqns, int count) {
        int at = room();
        nak.wrap(buffer, at)
                .type(PacketType.NAK)
                .session(tsi, destinationPort)
                .source(path)
                .group(group)
                .sqn(sqns[0]);
        for (int i = 1; i < count; i++) {
            nak.add(sqns[i]);
        }
        int length = nak.finish();
        end = at + length;
        counters.increment(ReceiverCounter.NAKS_SENT);
        counters.add(ReceiverCounter.NAK_NUMBERS, count);
        watcher.onAsked(tsi, sqns[0], count);
        sink.toHost(path, udpPort, buffer, at, length);
    }

    /** Asks a source that is known by its data only for an SPM: the neighbours hear it, so that they keep quiet. */
    void spmr(long tsi, Nla source, int udpPort) {
        int at = room();
        int length = writeSpmr(tsi, at);
        sink.toNeighbours(buffer, at, length);
        sink.toHost(source, udpPort, buffer, at, length);
    }

    /** Tells a source how far this receiver lets it go, and that it has everything up to a number. */
    void status(long tsi, Nla source, int udpPort, Report report) {
        int at = room();
        int length = ack.wrap(buffer, at)
                .session(tsi, destinationPort)
                .received(report.takenSqn, ALL_TAKEN)
                .status(report.receiverId, report.limitSqn, report.roomBytes, report.isLeaving)
                .finish();
        end = at + length;
        counters.increment(ReceiverCounter.STATUSES_SENT);
        sink.toHost(source, udpPort, buffer, at, length);
    }

    /** Asks all sources of the channel for an SPM, whoever they are. */
    void discovery() {
        int at = room();
        sink.toControlGroup(buffer, at, writeSpmr(0, at));
    }

    void flush() {
        if (end > 0) {
            counters.add(ReceiverCounter.SEND_REFUSED, sink.flush());
            end = 0;
        }
    }

    void close() {
        buffer.release();
    }

    private int writeSpmr(long tsi, int at) {
        int length = spmr.wrap(buffer, at).session(tsi, destinationPort).finish();
        end = at + length;
        counters.increment(ReceiverCounter.SPMRS_SENT);
        return length;
    }

    private int room() {
        if (CAPACITY - end < MAX_LENGTH) {
            flush();
        }
        return end;
    }
}
