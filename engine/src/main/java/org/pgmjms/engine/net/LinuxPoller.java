package org.pgmjms.engine.net;

import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code ppoll} over ports and an {@code eventfd} that wakes it. Its waits end on the nanosecond, as far as the kernel's
 * timers do. An interrupt ends the next wait, not the present one, and is then forgotten: only the owner's own flags end
 * its loop.
 *
 * <pre>
 *   struct pollfd           struct timespec
 *   0  descriptor, int      0  seconds, long
 *   4  wanted, short        8  nanoseconds, long
 *   6  found, short
 * </pre>
 */
final class LinuxPoller implements PortPoller {
    private static final int EFD_NONBLOCK = 0x800;
    private static final int EFD_CLOEXEC = 0x80000;
    private static final short POLLIN = 1;
    private static final int POLLFD_LENGTH = 8;
    private static final int WANTED = 4;
    private static final int FOUND = 6;
    private static final long NS_PER_SECOND = 1_000_000_000;

    private final Libc libc;
    private final Descriptor event;
    private final Struct timeout;
    private final Struct one;
    private final Struct drained;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Runnable> readable = new ArrayList<>();
    private Struct polled;

    private record Entry(LinuxDatagramPort port, Runnable onReadable) {}

    LinuxPoller(Libc libc) throws LinuxSocket.Failure {
        this.libc = libc;
        int number = libc.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
        if (number < 0) {
            throw new LinuxSocket.Failure("eventfd", -number);
        }
        this.event = new Descriptor(libc, number);
        this.timeout = Struct.of(libc, 2 * Long.BYTES);
        this.one = Struct.of(libc, Long.BYTES);
        this.drained = Struct.of(libc, Long.BYTES);
        one.bytes().putLong(0, 1);
        this.polled = Struct.of(libc, POLLFD_LENGTH);
    }

    @Override
    public void add(DatagramPort port, Runnable onReadable) {
        LinuxDatagramPort added = (LinuxDatagramPort) port;
        if (added.descriptor().isClosed()) {
            throw new UncheckedIOException(new ClosedChannelException());
        }
        forget(added);
        entries.add(new Entry(added, onReadable));
    }

    @Override
    public void remove(DatagramPort port) {
        forget((LinuxDatagramPort) port);
    }

    private void forget(LinuxDatagramPort port) {
        entries.removeIf(entry -> entry.port().equals(port));
    }

    @Override
    public void await(long timeoutNs) {
        readable.clear();
        if (!event.tryHold()) {
            throw new IllegalStateException("the poller is closed");
        }
        try {
            poll(Thread.interrupted() ? 0 : timeoutNs);
        } finally {
            event.release();
            Reference.reachabilityFence(this);
        }
    }

    private void poll(long timeoutNs) {
        int count = list();
        long until = 0;
        if (timeoutNs != Long.MAX_VALUE) {
            long waitNs = Math.max(timeoutNs, 0);
            timeout.bytes().putLong(0, waitNs / NS_PER_SECOND).putLong(Long.BYTES, waitNs % NS_PER_SECOND);
            until = timeout.address();
        }
        int found = libc.ppoll(polled.address(), count, until);
        if (found <= 0) {
            return;
        }
        ByteBuffer bytes = polled.bytes();
        if (bytes.getShort(FOUND) != 0) {
            libc.read(event.number(), drained.address(), Long.BYTES);
            // Whoever finds this set is heard by the wait that ends now.
            woken.getAndSet(false);
        }
        for (int index = 1; index < count; index++) {
            if (bytes.getShort(index * POLLFD_LENGTH + FOUND) != 0) {
                readable.add(entries.get(index - 1).onReadable());
            }
        }
    }

    /** Lists what to wait for, first the event; answers how many. */
    private int list() {
        forgetClosed();
        int count = entries.size() + 1;
        if (polled.length() < count * POLLFD_LENGTH) {
            polled = Struct.of(libc, 2 * count * POLLFD_LENGTH);
        }
        list(0, event);
        for (int index = 1; index < count; index++) {
            list(index, entries.get(index - 1).port().descriptor());
        }
        return count;
    }

    private void list(int index, Descriptor descriptor) {
        int at = index * POLLFD_LENGTH;
        polled.bytes()
                .putInt(at, descriptor.number())
                .putShort(at + WANTED, POLLIN)
                .putShort(at + FOUND, (short) 0);
    }

    /** The number of a closed descriptor may be another's. */
    private void forgetClosed() {
        for (int index = entries.size() - 1; index >= 0; index--) {
            if (entries.get(index).port().descriptor().isClosed()) {
                entries.remove(index);
            }
        }
    }

    @Override
    public void serve() {
        for (int index = 0; index < readable.size(); index++) {
            readable.get(index).run();
        }
    }

    @Override
    public void wakeup() {
        if (!woken.getAndSet(true) && event.tryHold()) {
            try {
                libc.write(event.number(), one.address(), Long.BYTES);
            } finally {
                event.release();
                Reference.reachabilityFence(this);
            }
        }
    }

    @Override
    public void close() {
        wakeup();
        event.close();
    }
}
