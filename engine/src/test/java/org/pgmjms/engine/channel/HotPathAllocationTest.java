package org.pgmjms.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.engine.api.ApduSupplier;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.EngineOptions;
import org.pgmjms.engine.api.EngineSettings;
import org.pgmjms.engine.api.NanoClock;
import org.pgmjms.engine.api.Publication;
import org.pgmjms.engine.api.ReceiverCounter;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.net.FreePorts;
import org.pgmjms.engine.protocol.ShortCircuit;
import org.pgmjms.engine.testing.Allocations;
import org.pgmjms.engine.testing.SilentHandler;

/** Nothing is allocated per packet, from the supply of a source to the handlers of a receiver. */
@Tag("allocation")
class HotPathAllocationTest {
    private static final int PACKETS = 40_000;
    private static final long STEP_NS = 20_000;
    private static final int BURST_PACKETS = 16;
    private static final int PACKET_BYTES = 1400;
    private static final int MOST_WAITING = 7000;
    private static final long MAX_OPEN = 200;
    private static final long PAUSE_NS = 20_000;
    private static final int MOST_IN_A_VISIT = 1_000;

    /** A stray allocation of the platform, not of ours: far below one byte for each packet. */
    private static final long TOLERATED_BYTES = PACKETS / 10;

    /** Also what threads need to wait in line when both want a source's lock, which is not for each packet. */
    private static final long TOLERATED_AGENT_BYTES = PACKETS / 2;

    private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Leak detection allocates for each buffer that it watches. */
    @BeforeEach
    void watchesNoBuffer() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void closesAndWatchesAsBefore() throws Exception {
        for (AutoCloseable open : opened) {
            open.close();
        }
        ResourceLeakDetector.setLevel(level);
    }

    @ParameterizedTest
    @CsvSource({"0, 256", "0.01, 256", "0.01, 10000", "0, 10000"})
    void allocatesNothingBetweenSupplyAndHandler(double loss, int frameBytes) {
        SilentHandler handler = new SilentHandler();
        PacketMemory memory = new PacketMemory();
        fill(memory);
        int perPacket = Math.max(1, PACKET_BYTES / frameBytes);
        int sends = Math.max(1, frameBytes / PACKET_BYTES);
        ShortCircuit circuit = new ShortCircuit(
                handler, new PooledWindowStore(memory), memory, loss, 16_384, frameBytes, STEP_NS * sends);
        long sentBefore = circuit.count(SourceCounter.ODATA_SENT);

        long allocated = Allocations.least(TOLERATED_BYTES, () -> send(circuit, PACKETS / sends, perPacket));

        circuit.settle();
        assertThat(circuit.count(SourceCounter.ODATA_SENT) - sentBefore)
                .isGreaterThanOrEqualTo(PACKETS / sends * sends);
        assertThat(circuit.count(SourceCounter.EVICTED)).isPositive();
        assertThat(circuit.count(SourceCounter.SPM_SENT)).isPositive();
        assertThat(circuit.count(ReceiverCounter.REPAIRED) > 0).isEqualTo(loss > 0);
        assertThat(circuit.count(SourceCounter.NCF_SENT) > 0).isEqualTo(loss > 0);
        assertThat(handler.lost()).isZero();
        assertThat(allocated).isLessThan(TOLERATED_BYTES);
        circuit.close();
        memory.close();
        assertThat(memory.reservedBytes()).isZero();
    }

    /** Makes the memory keep what the longest wait for a repair needs, whenever that is. */
    private static void fill(PacketMemory memory) {
        ByteBuf packet = memory.directBuffer(PACKET_BYTES).writeZero(PACKET_BYTES);
        List<ByteBuf> pieces = new ArrayList<>();
        for (int i = 0; i < MOST_WAITING; i++) {
            pieces.add(memory.directBuffer(PACKET_BYTES).writeBytes(packet, 0, PACKET_BYTES));
        }
        pieces.forEach(ByteBuf::release);
        packet.release();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "1, true"})
    void theAgentsAllocateNothingForPacketsBetweenSockets(double lossPercent, boolean visited) throws Exception {
        SilentHandler handler = new SilentHandler();
        Burst burst = new Burst();
        List<Thread> agents = new CopyOnWriteArrayList<>();
        EngineContext context = EngineContext.of(new EngineOptions(NanoClock.SYSTEM, task -> {
            Thread thread = new Thread(task);
            agents.add(thread);
            return thread;
        }));
        fill(context.memory());
        opened.push(context::close);
        SourceAgent sources = new SourceAgent(context, "allocation");
        opened.push(sources::close);
        ReceiveAgent receivers = new ReceiveAgent(context, "allocation");
        opened.push(receivers::close);
        EngineSettings settings = EngineSettings.parse(Map.of(
                "pgm.simulatedLoss",
                lossPercent + ",seed=7",
                "pgm.window.packets",
                "20000",
                "pgm.nap",
                visited ? "0" : "20us"));
        ChannelConfig channel = settings.channel("lo", FreePorts.group(), FreePorts.next());
        receivers.subscribe(channel, settings.receiver(DeliveryOrder.CONTIGUOUS, false, false), handler);
        Publication publication =
                sources.publish(channel, settings.source(channel.destinationPort()), burst, new RecordingEvents());
        agents.add(Thread.currentThread());
        Guest guest = new Guest(receivers, handler);
        if (visited) {
            agents.add(guest);
            guest.start();
            opened.push(guest::end);
        }

        long[] least =
                Allocations.least(TOLERATED_AGENT_BYTES, agents, () -> exchange(burst, publication, handler, PACKETS));

        assertThat(handler.lost()).isZero();
        for (int i = 0; i < least.length; i++) {
            assertThat(least[i]).as(agents.get(i).getName()).isLessThan(TOLERATED_AGENT_BYTES);
        }
        assertThat(guest.visits > PACKETS / MOST_IN_A_VISIT).isEqualTo(visited);
    }

    /** Receives in the agent's place, until there is something each time, as a session does. */
    private static final class Guest extends Thread {
        private final ReceiveAgent receivers;
        private final SilentHandler handler;
        private long seen;
        private volatile long visits;
        private volatile boolean ended;

        Guest(ReceiveAgent receivers, SilentHandler handler) {
            super("guest");
            this.receivers = receivers;
            this.handler = handler;
        }

        @Override
        public void run() {
            BooleanSupplier enough = () -> ended || handler.apdus() != seen;
            while (!ended) {
                seen = handler.apdus();
                if (receivers.visit(enough, Long.MAX_VALUE)) {
                    visits = visits + 1;
                } else {
                    LockSupport.parkNanos(PAUSE_NS);
                }
            }
        }

        void end() throws InterruptedException {
            ended = true;
            receivers.wakeVisitor();
            join();
        }
    }

    /** Sends that many packets, never more at a time than a socket buffer surely holds, and waits for all of them. */
    private static void exchange(Burst burst, Publication publication, SilentHandler handler, int packets) {
        long target = handler.apdus() + packets;
        while (handler.apdus() < target) {
            long open = burst.supplied - handler.apdus();
            if (open < MAX_OPEN && burst.supplied < target) {
                burst.supply(BURST_PACKETS);
                publication.wake();
            } else {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
    }

    /** Supplies packets of equal length. */
    private static final class Burst implements ApduSupplier {
        private final AtomicInteger waiting = new AtomicInteger();
        private long supplied;

        void supply(int count) {
            supplied += count;
            waiting.addAndGet(count);
        }

        @Override
        public int nextLength() {
            return waiting.get() > 0 ? PACKET_BYTES : 0;
        }

        @Override
        public int fill(ByteBuf packet, int at, int max, int padTo) {
            packet.setInt(at, waiting.getAndDecrement());
            return PACKET_BYTES;
        }

        @Override
        public void fillFragment(ByteBuf packet, int at, int length, int apduOffset) {
            throw new AssertionError("nothing here is that long");
        }

        @Override
        public void onStored(int firstSqn, int lastSqn) {
            // nobody waits for it
        }
    }

    private static void send(ShortCircuit circuit, int times, int frames) {
        for (int i = 0; i < times; i++) {
            circuit.send(frames);
        }
    }
}
