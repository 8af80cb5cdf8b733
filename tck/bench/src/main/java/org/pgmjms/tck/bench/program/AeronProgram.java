package org.pgmjms.tck.bench.program;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.FragmentHandler;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Aeron multicast, its raw API and an embedded driver with one thread, as fits two cores. Its flow control
 * waits for the slowest of all receivers.
 */
final class AeronProgram implements Program {
    private static final int STREAM = 1001;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final int WINDOW_BYTES = 2 << 20;
    private static final int MTU = 1408;
    private static final int DATA_HEADER_BYTES = 32;
    private static final int ALIGNMENT = 64;
    private static final int FRAGMENTS = 64;
    private static final long CONNECT_LOOK_MS = 5;
    private static final long AFTER_CONNECT_MS = 300;

    @Override
    public void send(Arguments arguments, Governor governor) throws InterruptedException {
        String channel = channel(arguments) + "|term-length=16m|fc=min,g:/" + arguments.number("receivers");
        try (MediaDriver driver = driver(arguments);
                Aeron aeron = aeron(driver);
                ExclusivePublication publication = aeron.addExclusivePublication(channel, STREAM)) {
            while (!publication.isConnected() && !governor.isStopped()) {
                TimeUnit.MILLISECONDS.sleep(CONNECT_LOOK_MS);
            }
            TimeUnit.MILLISECONDS.sleep(AFTER_CONNECT_MS);
            int size = arguments.number("size");
            UnsafeBuffer message = new UnsafeBuffer(BufferUtil.allocateDirectAligned(size, ALIGNMENT));
            IdleStrategy idle = idle();
            long refused = 0;
            for (long sequence = 0; governor.admit(sequence); sequence++) {
                message.putLong(0, sequence, ByteOrder.BIG_ENDIAN);
                message.putLong(Long.BYTES, governor.stampNs(), ByteOrder.BIG_ENDIAN);
                while (publication.offer(message, 0, size) < 0 && !governor.isStopped()) {
                    governor.refused(++refused);
                    idle.idle();
                }
                idle.reset();
                governor.sent(sequence + 1);
            }
        }
    }

    @Override
    public void receive(Arguments arguments, Receipts receipts) {
        FragmentHandler taker = (buffer, offset, length, header) -> receipts.onMessage(
                buffer.getLong(offset, ByteOrder.BIG_ENDIAN),
                buffer.getLong(offset + Long.BYTES, ByteOrder.BIG_ENDIAN));
        boolean isFragmented = arguments.number("size") > MTU - DATA_HEADER_BYTES;
        FragmentHandler handler = isFragmented ? new FragmentAssembler(taker) : taker;
        try (MediaDriver driver = driver(arguments);
                Aeron aeron = aeron(driver);
                Subscription subscription = aeron.addSubscription(channel(arguments), STREAM)) {
            IdleStrategy idle = idle();
            receipts.ready();
            while (!receipts.isStopped()) {
                int fragments = subscription.poll(handler, FRAGMENTS);
                if (fragments > 0) {
                    receipts.publish();
                }
                idle.idle(fragments);
            }
        }
    }

    private static String channel(Arguments arguments) {
        return "aeron:udp?endpoint=" + arguments.text("group") + ":" + arguments.number("port") + "|interface="
                + arguments.text("address") + "|mtu=" + MTU + "|so-rcvbuf=4m|so-sndbuf=4m|rcv-wnd=2m";
    }

    private static MediaDriver driver(Arguments arguments) {
        return MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(arguments.text("directory"))
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .warnIfDirectoryExists(false)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(idle())
                .socketRcvbufLength(BUFFER_BYTES)
                .socketSndbufLength(BUFFER_BYTES)
                .initialWindowLength(WINDOW_BYTES)
                .termBufferSparseFile(false));
    }

    private static Aeron aeron(MediaDriver driver) {
        return Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
    }

    private static IdleStrategy idle() {
        return new BackoffIdleStrategy(10, 20, 1000, 100_000);
    }
}
