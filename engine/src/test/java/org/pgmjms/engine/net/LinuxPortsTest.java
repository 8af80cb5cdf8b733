package org.pgmjms.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.testing.Allocations;

/** What is special about native ports, on the loopback; skipped where there are none. */
class LinuxPortsTest {
    private static final int BATCH_BYTES = 192 * 1024;
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int LENGTH = 1000;
    private static final int RUN = 65;
    private static final int MOST_LOST_BYTES = 4096;

    private final InetAddress group = FreePorts.group();
    private final int udpPort = FreePorts.next();
    private final InetSocketAddress toGroup = new InetSocketAddress(group, udpPort);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ReceiveBatch batch = new ReceiveBatch(unwatched(BATCH_BYTES), 8);
    private final ByteBuf memory = unwatched(RUN * LENGTH);
    private Ports ports;
    private LocalInterface loopback;

    @BeforeEach
    void open() throws PgmException {
        ports = NativePortsTest.nativePorts();
        loopback = Interfaces.loopback(group);
        for (int index = 0; index < RUN * LENGTH; index++) {
            memory.setByte(index, index / LENGTH);
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
        batch.close();
        memory.release();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runsArriveAsTheyWereSent(boolean byNative) throws PgmException {
        DatagramPort member = member(byNative ? ports : new NioPorts());
        DatagramPort sender = kept(ports.unicast(loopback, 0, 1));

        assertThat(sender.send(run(RUN, LENGTH / 2), toGroup)).isEqualTo(RUN);

        List<Integer> lengths = new ArrayList<>();
        while (lengths.size() < RUN) {
            member.receive(batch);
            for (int index = 0; index < batch.size(); index++) {
                assertThat(batch.sender(index)).isEqualTo(sender.info().local());
                assertThat(batch.buffer().getByte(batch.offset(index))).isEqualTo((byte) lengths.size());
                lengths.add(batch.length(index));
            }
        }
        assertThat(lengths).hasSize(RUN).endsWith(LENGTH, LENGTH / 2);
        assertThat(lengths.subList(0, RUN - 1)).containsOnly(LENGTH);
        assertThat(sender.info().transientErrors()).isZero();
    }

    @Test
    void aRunIsReceivedInOneCall() throws PgmException {
        DatagramPort member = member(ports);
        DatagramPort sender = kept(ports.unicast(loopback, 0, 1));

        sender.send(run(RUN, LENGTH), toGroup);
        PortPoller poller = kept(ports.poller());
        poller.add(member, () -> {});
        poller.await(Long.MAX_VALUE);

        assertThat(member.receive(batch)).isEqualTo(RUN);
    }

    @Test
    void aPortForRequestsTakesRunsApart() throws PgmException {
        DatagramPort receiver = kept(ports.unicast(loopback, 0, 1));
        DatagramPort sender = kept(ports.unicast(loopback, 0, 1));

        sender.send(run(5, LENGTH), receiver.info().local());

        int count = 0;
        while (count < 5) {
            count += receiver.receive(batch);
        }
        assertThat(batch.length(0)).isEqualTo(LENGTH);
    }

    @Test
    void aFloodIsReceivedInOrderWithHoles() throws Exception {
        DatagramPort member = member(ports);
        DatagramPort sender = kept(ports.unicast(loopback, 0, 1));
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread flood = new Thread(() -> {
            for (int round = 0; round < 2000; round++) {
                for (int index = 0; index < RUN; index++) {
                    memory.setInt(index * LENGTH, round * RUN + index);
                }
                sender.send(run(RUN, LENGTH), toGroup);
            }
            done.set(true);
        });
        flood.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));

        flood.start();
        int last = -1;
        int received = 0;
        boolean wasDone;
        do {
            wasDone = done.get() || !flood.isAlive();
            member.receive(batch);
            for (int index = 0; index < batch.size(); index++) {
                int number = batch.buffer().getInt(batch.offset(index));
                assertThat(batch.length(index)).isEqualTo(LENGTH);
                assertThat(number).isGreaterThan(last);
                last = number;
                received++;
            }
        } while (!wasDone || batch.size() > 0);
        flood.join();

        assertThat(failure.get()).isNull();
        assertThat(received).isPositive();
        assertThat(member.info().transientErrors()).isZero();
    }

    @Test
    void closingWhileOthersSendAndReceiveDoesNoHarm() throws Exception {
        AtomicReference<DatagramPort> current = new AtomicReference<>(member(ports));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicBoolean done = new AtomicBoolean();
        Thread receiver = new Thread(() -> {
            while (!done.get()) {
                current.get().receive(batch);
            }
        });
        SendBatch packets = run(RUN, LENGTH);
        Thread sender = new Thread(() -> {
            while (!done.get()) {
                current.get().send(packets, toGroup);
            }
        });
        for (Thread thread : List.of(receiver, sender)) {
            thread.setUncaughtExceptionHandler((any, thrown) -> failure.set(thrown));
            thread.start();
        }

        for (int round = 0; round < 300; round++) {
            DatagramPort old = current.getAndSet(member(ports));
            old.close();
            assertThat(old.receive(kept(new ReceiveBatch(Unpooled.directBuffer(16), 1))))
                    .isZero();
        }
        done.set(true);
        receiver.join();
        sender.join();

        assertThat(failure.get()).isNull();
    }

    @Test
    void aWaitEndsWhenAnotherThreadWakes() throws Exception {
        PortPoller poller = kept(ports.poller());
        for (int round = 0; round < 1000; round++) {
            Thread waker = new Thread(poller::wakeup);
            waker.start();
            poller.await(Long.MAX_VALUE);
            waker.join();
        }
    }

    @Test
    void allocatesNothingForPackets() throws PgmException {
        DatagramPort member = member(ports);
        DatagramPort sender = kept(ports.unicast(loopback, 0, 1));
        SendBatch packets = run(RUN, LENGTH);
        PortPoller poller = kept(ports.poller());
        poller.add(member, () -> {});

        long least = Allocations.least(MOST_LOST_BYTES, () -> exchange(10_000, sender, packets, member, poller));

        assertThat(least).isLessThan(MOST_LOST_BYTES);
    }

    private void exchange(int rounds, DatagramPort sender, SendBatch packets, DatagramPort member, PortPoller poller) {
        for (int round = 0; round < rounds; round++) {
            exchange(sender, packets, member, poller);
        }
    }

    private void exchange(DatagramPort sender, SendBatch packets, DatagramPort member, PortPoller poller) {
        sender.send(packets, toGroup);
        poller.await(Long.MAX_VALUE);
        poller.serve();
        member.receive(batch);
    }

    /** Leak detection, which these tests run with, allocates for each access. */
    private static ByteBuf unwatched(int bytes) {
        return Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(bytes));
    }

    private SendBatch run(int count, int lastLength) {
        SendBatch packets = new SendBatch(count);
        for (int index = 0; index < count; index++) {
            packets.add(memory, index * LENGTH, index < count - 1 ? LENGTH : lastLength);
        }
        return packets;
    }

    private DatagramPort member(Ports by) throws PgmException {
        DatagramPort port = kept(by.group(group, udpPort, BUFFER_BYTES));
        port.join(group, loopback.device());
        return port;
    }

    private <T extends AutoCloseable> T kept(T resource) {
        opened.add(resource);
        return resource;
    }
}
