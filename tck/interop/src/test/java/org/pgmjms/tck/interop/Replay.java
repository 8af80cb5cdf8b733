package org.pgmjms.tck.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.ReceiverHandler;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.protocol.PacketProtection;
import org.pgmjms.engine.protocol.PacketSink;
import org.pgmjms.engine.protocol.ProtocolHalf;
import org.pgmjms.engine.protocol.Receiver;
import org.pgmjms.engine.protocol.ReceiverContext;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.tck.interop.Trace.Seen;

/** Our receiver in the place of the one that was there when a capture was taken, in virtual time. */
final class Replay implements ReceiverHandler, PacketSink {
    static final long MS = 1_000_000;

    private static final long AFTERWARDS_NS = 180_000 * MS;
    private static final long WINDOW_BYTES = 1 << 22;
    private static final int WINDOW_PACKETS = 4096;
    private static final int MAX_FRAGMENTS = 64;
    private static final int MAX_APDU = 1 << 20;
    /** How often the receiver of the loss captures asked; enough for each repair, too little for none. */
    private static final int FEW_RETRIES = 3;

    private static final int MANY_RETRIES = 50;
    private static final int PACKET_BYTES = 1_472;
    private static final int BUFFER_BYTES = 256 << 10;

    /** An APDU that was handed out. */
    record Apdu(int firstSqn, int lastSqn, byte[] bytes) {}

    /** A packet that our receiver sent to a host. */
    record Sent(Nla host, int port, byte[] bytes) {}

    final List<Apdu> apdus = new ArrayList<>();
    final List<Integer> lost = new ArrayList<>();
    final List<LossCause> causes = new ArrayList<>();
    final List<String> sessions = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    final List<Sent> toNeighbours = new ArrayList<>();
    private final Receiver receiver;
    private int resolved;

    private Replay(Trace trace, DeliveryOrder order, int retries) {
        Seen first = trace.packets().get(0);
        receiver = new Receiver(
                new ReceiverContext(
                        config(order, retries),
                        first.view().dataDestinationPort(),
                        nla(first.frame().destination()),
                        Math.max(1, first.frame().destinationPort()),
                        nla(first.frame().source()),
                        PACKET_BYTES,
                        BUFFER_BYTES),
                this,
                UnpooledByteBufAllocator.DEFAULT,
                PacketProtection.NONE,
                new SplittableRandom(1),
                new Counters<>(ReceiverCounter.class),
                0);
        receiver.add(this);
    }

    /**
     * Plays the downstream packets of a capture to a receiver, then lets time pass until it has nothing left to do.
     *
     * @param heard which packets reached the receiver
     */
    static Replay of(String capture, DeliveryOrder order, Predicate<Seen> heard) {
        Trace trace = Trace.of(capture);
        // The source of 19-pgmcc announces a packet three seconds before it sends it.
        Replay replay = new Replay(trace, order, capture.equals("19-pgmcc") ? MANY_RETRIES : FEW_RETRIES);
        long startNs = trace.packets().get(0).frame().nanos();
        for (Seen seen : trace.packets()) {
            if (!seen.type().isUpstream() && heard.test(seen)) {
                replay.hear(seen, seen.frame().nanos() - startNs);
            }
        }
        Seen last = trace.packets().get(trace.packets().size() - 1);
        long endNs = last.frame().nanos() - startNs + AFTERWARDS_NS;
        replay.runUntil(endNs);
        replay.receiver.close(endNs);
        return replay;
    }

    private void hear(Seen seen, long nowNs) {
        runUntil(nowNs);
        PacketView view = new PacketView();
        ByteBuf bytes = Unpooled.wrappedBuffer(seen.frame().payload().clone());
        assertEquals(DecodeResult.OK, view.wrap(bytes, 0, bytes.capacity()));
        receiver.onPacket(nowNs, view, nla(seen.frame().source()), seen.frame().sourcePort());
        receiver.onBatchEnd(nowNs);
        bytes.setZero(0, bytes.capacity());
    }

    private void runUntil(long untilNs) {
        long deadlineNs = receiver.nextDeadlineNs();
        while (deadlineNs != ProtocolHalf.NONE && deadlineNs - untilNs <= 0) {
            receiver.onTimeout(deadlineNs);
            deadlineNs = receiver.nextDeadlineNs();
        }
    }

    private static ReceiverConfig config(DeliveryOrder order, int retries) {
        return new ReceiverConfig(
                order,
                false,
                true,
                20 * MS,
                100 * MS,
                100 * MS,
                100 * MS,
                retries,
                retries,
                10,
                0,
                WINDOW_BYTES,
                WINDOW_PACKETS,
                MAX_FRAGMENTS,
                MAX_APDU,
                60_000 * MS,
                8,
                8,
                10);
    }

    private static Nla nla(InetAddress address) {
        return Nla.of(address.getAddress());
    }

    /** Up to where everything was delivered or reported. */
    int resolved() {
        return resolved;
    }

    @Override
    public boolean plausible(ByteBuf apduStart) {
        return true;
    }

    @Override
    public void onSession(Tsi tsi, SessionStart start) {
        sessions.add("start " + start);
    }

    @Override
    public void onApdu(Tsi tsi, int firstSqn, int lastSqn, ByteBuf apdu, int flags) {
        apdus.add(new Apdu(firstSqn, lastSqn, ByteBufUtil.getBytes(apdu)));
    }

    @Override
    public void onLost(Tsi tsi, int firstSqn, int count, LossCause cause) {
        IntStream.range(firstSqn, firstSqn + count).forEach(lost::add);
        causes.add(cause);
    }

    @Override
    public void onResolved(Tsi tsi, int edge) {
        resolved = edge;
    }

    @Override
    public void onEnd(Tsi tsi, EndReason reason, int finalSqn) {
        sessions.add("end " + reason + " at " + finalSqn);
    }

    @Override
    public int capacityBytes(Tsi tsi) {
        return Integer.MAX_VALUE;
    }

    @Override
    public void toGroup(ByteBuf buffer, int at, int length) {
        throw new AssertionError("a receiver of this kind sends nothing to the group");
    }

    @Override
    public void toNeighbours(ByteBuf buffer, int at, int length) {
        toNeighbours.add(new Sent(Nla.ipv4(0), 0, ByteBufUtil.getBytes(buffer, at, length)));
    }

    @Override
    public void toControlGroup(ByteBuf buffer, int at, int length) {
        throw new AssertionError("nobody asked for discovery");
    }

    @Override
    public void toHost(Nla host, int udpPort, ByteBuf buffer, int at, int length) {
        sent.add(new Sent(host, udpPort, ByteBufUtil.getBytes(buffer, at, length)));
    }

    @Override
    public int flush() {
        return 0;
    }

    /** Whether our receiver sent these very bytes. */
    boolean hasSent(byte[] packet) {
        return sent.stream().anyMatch(each -> Arrays.equals(each.bytes, packet));
    }
}
