package org.pgmjms.engine.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A C library that does as it is told: what goes out is kept, what comes in and what fails is scripted. Its addresses are
 * numbers of its own, so that it works without access to memory. Everything it was not told about succeeds.
 */
final class ScriptedLibc implements Libc, Libc.Access {
    private static final long DISTANCE = 1L << 32;

    final List<Sent> sent = new ArrayList<>();
    final List<Long> timeoutsNs = new ArrayList<>();
    final List<Integer> closed = new CopyOnWriteArrayList<>();
    final Deque<Integer> sendResults = new ArrayDeque<>();
    final Deque<Object> arrivals = new ArrayDeque<>();
    final Deque<Integer> optionResults = new ArrayDeque<>();
    int writes;

    private final List<ByteBuffer> memory = new ArrayList<>();
    private int nextDescriptor = 100;
    private boolean eventSet;

    /**
     * One call of {@code sendmsg} that succeeded.
     *
     * @param segment the segment length, 0 for none
     * @param vectors how many places the packets were gathered from
     */
    record Sent(int descriptor, byte[] bytes, int segment, int vectors, InetSocketAddress to) {}

    /**
     * What one call of {@code recvmsg} finds.
     *
     * @param control the control messages as level, type and value
     */
    record Arrival(byte[] bytes, int flags, InetSocketAddress from, int... control) {}

    @Override
    public @Nullable String obstacle() {
        return null;
    }

    @Override
    public Libc open() {
        return this;
    }

    @Override
    public long address(ByteBuffer buffer) {
        for (int index = 0; index < memory.size(); index++) {
            if (memory.get(index) == buffer) {
                return (index + 1) * DISTANCE + buffer.position();
            }
        }
        memory.add(buffer);
        return memory.size() * DISTANCE + buffer.position();
    }

    /** The memory at an address; the buffer's own position and limit stay. */
    private ByteBuffer at(long address, int length) {
        ByteBuffer whole = memory.get((int) (address / DISTANCE) - 1).duplicate();
        whole.clear().position((int) (address % DISTANCE)).limit((int) (address % DISTANCE) + length);
        return whole.slice().order(ByteOrder.nativeOrder());
    }

    @Override
    public int socket(int family, int type, int protocol) {
        return nextDescriptor++;
    }

    @Override
    public int bind(int descriptor, long address, int length) {
        return 0;
    }

    @Override
    public int getsockname(int descriptor, long address, long length) {
        return 0;
    }

    @Override
    public int setsockopt(int descriptor, int level, int option, long value, int length) {
        Integer errno = optionResults.poll();
        return errno == null ? 0 : -errno;
    }

    @Override
    public int getsockopt(int descriptor, int level, int option, long value, long length) {
        return 0;
    }

    @Override
    public long sendmsg(int descriptor, long message, int flags) {
        Integer errno = sendResults.poll();
        if (errno != null && errno != 0) {
            return -errno;
        }
        ByteBuffer header = at(message, LinuxSender.MESSAGE_LENGTH);
        int vectors = (int) header.getLong(LinuxSender.VECTOR_COUNT);
        ByteBuffer all = ByteBuffer.allocate(1 << 17);
        for (int index = 0; index < vectors; index++) {
            ByteBuffer vector = at(header.getLong(LinuxSender.VECTORS) + 16L * index, 16);
            all.put(at(vector.getLong(0), (int) vector.getLong(8)));
        }
        byte[] bytes = new byte[all.position()];
        all.flip().get(bytes);
        InetSocketAddress to =
                LinuxAddress.read(at(header.getLong(LinuxSender.NAME), header.getInt(LinuxSender.NAME_LENGTH)));
        sent.add(new Sent(descriptor, bytes, segment(header), vectors, to));
        return bytes.length;
    }

    private int segment(ByteBuffer header) {
        long length = header.getLong(LinuxSender.CONTROL_LENGTH);
        if (length == 0) {
            return 0;
        }
        ByteBuffer control = at(header.getLong(LinuxSender.CONTROL), (int) length);
        if (control.getLong(0) != 18 || control.getInt(8) != 17 || control.getInt(12) != 103) {
            throw new AssertionError("no UDP_SEGMENT");
        }
        return Short.toUnsignedInt(control.getShort(16));
    }

    @Override
    public long recvmsg(int descriptor, long message, int flags) {
        Object next = arrivals.poll();
        if (!(next instanceof Arrival arrival)) {
            return next == null ? -Errno.EAGAIN : -(Integer) next;
        }
        ByteBuffer header = at(message, LinuxSender.MESSAGE_LENGTH);
        ByteBuffer vector = at(header.getLong(LinuxSender.VECTORS), 16);
        at(vector.getLong(0), (int) vector.getLong(8)).put(arrival.bytes());
        LinuxAddress.write(
                at(header.getLong(LinuxSender.NAME), LinuxAddress.MAX_LENGTH),
                arrival.from().getAddress(),
                arrival.from().getPort());
        ByteBuffer control = at(header.getLong(LinuxSender.CONTROL), (int) header.getLong(LinuxSender.CONTROL_LENGTH));
        int at = 0;
        for (int index = 0; index < arrival.control().length; index += 3) {
            control.putLong(at, 20).putInt(at + 8, arrival.control()[index]);
            control.putInt(at + 12, arrival.control()[index + 1]).putInt(at + 16, arrival.control()[index + 2]);
            at += 24;
        }
        header.putLong(LinuxSender.CONTROL_LENGTH, at).putInt(LinuxSender.FLAGS, arrival.flags());
        return arrival.bytes().length;
    }

    @Override
    public int ppoll(long descriptors, long count, long timeout) {
        timeoutsNs.add(timeout == 0 ? Long.MAX_VALUE : nanoseconds(at(timeout, 16)));
        at(descriptors, 8).putShort(6, (short) (eventSet ? 1 : 0));
        return eventSet ? 1 : 0;
    }

    private static long nanoseconds(ByteBuffer time) {
        return time.getLong(0) * 1_000_000_000 + time.getLong(8);
    }

    @Override
    public int eventfd(int value, int flags) {
        return nextDescriptor++;
    }

    @Override
    public long read(int descriptor, long address, long length) {
        eventSet = false;
        return length;
    }

    @Override
    public long write(int descriptor, long address, long length) {
        writes++;
        eventSet = true;
        return length;
    }

    @Override
    public int close(int descriptor) {
        closed.add(descriptor);
        return 0;
    }
}
