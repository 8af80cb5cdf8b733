package org.pgmjms.engine.net;

import io.netty.buffer.ByteBuf;
import java.lang.ref.Reference;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends packets straight from their buffers. Neighbours of one length, of which the last may be shorter, leave in one call
 * as a run that the kernel or the card cuts (UDP_SEGMENT); where that fails and a single packet does not, every packet
 * leaves in a call of its own from then on. One thread at a time.
 *
 * <pre>
 *   struct msghdr                       struct cmsghdr
 *   0   name, pointer                   0   length, 64 bits
 *   8   name length, 32 bits            8   level, 32 bits
 *   16  vectors, pointer                12  type, 32 bits
 *   24  number of vectors, 64 bits      16  bytes of a segment, 16 bits
 *   32  control, pointer
 *   40  control length, 64 bits         struct iovec
 *   48  flags, 32 bits                  0   pointer, 8  length
 * </pre>
 */
final class LinuxSender {
    static final int MESSAGE_LENGTH = 56;
    static final int NAME = 0;
    static final int NAME_LENGTH = 8;
    static final int VECTORS = 16;
    static final int VECTOR_COUNT = 24;
    static final int CONTROL = 32;
    static final int CONTROL_LENGTH = 40;
    static final int FLAGS = 48;
    static final int VECTOR_LENGTH = 16;
    static final int CONTROL_LEVEL = 8;
    static final int CONTROL_TYPE = 12;
    static final int CONTROL_DATA = 16;

    private static final int SEGMENT_CONTROL_LENGTH = CONTROL_DATA + Short.BYTES;
    private static final int SEGMENT_CONTROL_SPACE = CONTROL_DATA + Long.BYTES;

    /** What fits into the largest UDP datagram, which a run is until it is cut. */
    private static final int MAX_RUN_BYTES = 65_507;

    /** UDP_MAX_SEGMENTS of newer kernels, and of older ones. */
    private static final int MAX_SEGMENTS = 128;

    private static final int OLD_MAX_SEGMENTS = 64;
    private static final int TARGETS = 16;

    /** Buffers whose addresses are kept: repairs come from all over a window. */
    private static final int VIEWS = 256;

    private static final Logger LOG = LoggerFactory.getLogger(LinuxSender.class);

    private final Libc libc;
    private final AtomicLong errors;
    private final Struct message;
    private final Struct vectors;
    private final Struct control;
    private final @Nullable InetSocketAddress[] targets = new InetSocketAddress[TARGETS];
    private final Struct[] names = new Struct[TARGETS];
    private final int[] nameLengths = new int[TARGETS];

    private final @Nullable ByteBuffer[] views = new ByteBuffer[VIEWS];
    private final long[] bases = new long[VIEWS];
    private @Nullable Struct copies;
    private int copied;
    private int maxSegments = MAX_SEGMENTS;

    /** Counts errors there. */
    LinuxSender(Libc libc, AtomicLong errors) {
        this.libc = libc;
        this.errors = errors;
        this.message = Struct.of(libc, MESSAGE_LENGTH);
        this.vectors = Struct.of(libc, MAX_SEGMENTS * VECTOR_LENGTH);
        this.control = Struct.of(libc, SEGMENT_CONTROL_SPACE);
        for (int index = 0; index < TARGETS; index++) {
            names[index] = Struct.of(libc, LinuxAddress.MAX_LENGTH);
        }
        control.bytes()
                .putLong(0, SEGMENT_CONTROL_LENGTH)
                .putInt(CONTROL_LEVEL, LinuxSocket.SOL_UDP)
                .putInt(CONTROL_TYPE, LinuxSocket.UDP_SEGMENT);
        message.bytes().putLong(VECTORS, vectors.address());
    }

    /** Sends until the socket takes no more; answers how many it took. */
    int send(int descriptor, SendBatch batch, InetSocketAddress to) {
        try {
            int name = name(to);
            message.bytes().putLong(NAME, names[name].address()).putInt(NAME_LENGTH, nameLengths[name]);
            int sent = 0;
            while (sent < batch.size()) {
                int taken = sendNext(descriptor, batch, sent);
                if (taken == 0) {
                    break;
                }
                sent += taken;
            }
            return sent;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Whether several packets leave in one call. */
    boolean sendsRuns() {
        return maxSegments > 1;
    }

    private int sendNext(int descriptor, SendBatch batch, int from) {
        int count = run(batch, from);
        int errno = send(descriptor, batch, from, count);
        if (count > OLD_MAX_SEGMENTS && errno == Errno.EINVAL) {
            maxSegments = OLD_MAX_SEGMENTS;
            return sendNext(descriptor, batch, from);
        }
        if (count > 1 && isNoRun(errno)) {
            return sendWithoutRuns(descriptor, batch, from, errno);
        }
        return taken(errno, count);
    }

    private int sendWithoutRuns(int descriptor, SendBatch batch, int from, int why) {
        int errno = send(descriptor, batch, from, 1);
        if (errno == 0) {
            maxSegments = 1;
            LOG.info("packets leave one by one, as runs of them cannot be sent here: {}", Errno.text(why));
        }
        return taken(errno, 1);
    }

    /** A card that does not compute checksums answers EIO, a segment larger than the MTU one of the others. */
    private static boolean isNoRun(int errno) {
        return errno == Errno.EIO || errno == Errno.EINVAL || errno == Errno.EMSGSIZE;
    }

    /** How many packets from here on make a run; the last may be shorter. */
    private int run(SendBatch batch, int from) {
        int segment = batch.length(from);
        int most = Math.min(batch.size() - from, maxSegments);
        int count = 1;
        int bytes = segment;
        int length = segment;
        while (count < most && length == segment) {
            length = batch.length(from + count);
            if (length == 0 || length > segment || bytes + length > MAX_RUN_BYTES) {
                break;
            }
            bytes += length;
            count++;
        }
        return count;
    }

    /** Sends a run; answers 0 or the error number. */
    private int send(int descriptor, SendBatch batch, int from, int count) {
        message.bytes().putLong(VECTOR_COUNT, gather(batch, from, count));
        if (count > 1) {
            control.bytes().putShort(CONTROL_DATA, (short) batch.length(from));
            message.bytes().putLong(CONTROL, control.address()).putLong(CONTROL_LENGTH, SEGMENT_CONTROL_LENGTH);
        } else {
            message.bytes().putLong(CONTROL, 0).putLong(CONTROL_LENGTH, 0);
        }
        long result;
        do {
            result = libc.sendmsg(descriptor, message.address(), 0);
        } while (result == -Errno.EINTR);
        return result < 0 ? (int) -result : 0;
    }

    /** How many packets are off the caller's hands: sent, or lost for a reason that passes. */
    private int taken(int errno, int count) {
        if (errno == Errno.EAGAIN) {
            return 0;
        }
        if (errno != 0 && errors.getAndAdd(count) == 0) {
            LOG.warn("sendmsg: {}; the packet counts as lost, as any others from now on", Errno.text(errno));
        }
        return count;
    }

    /** Lists the places of packets; those that touch become one. Answers how many places there are. */
    private int gather(SendBatch batch, int from, int count) {
        copied = 0;
        int last = -VECTOR_LENGTH;
        long end = 0;
        for (int index = from; index < from + count; index++) {
            int length = batch.length(index);
            long address = address(batch.buffer(index), batch.offset(index), length);
            if (index > from && address == end) {
                int at = last + Long.BYTES;
                vectors.bytes().putLong(at, vectors.bytes().getLong(at) + length);
            } else {
                last += VECTOR_LENGTH;
                vectors.bytes().putLong(last, address).putLong(last + Long.BYTES, length);
            }
            end = address + length;
        }
        return last / VECTOR_LENGTH + 1;
    }

    /** Where a packet is. The view of a buffer is the same object as long as its memory is the same. */
    @SuppressWarnings("ReferenceEquality") // this object, not one with the same content
    private long address(ByteBuf buffer, int at, int length) {
        ByteBuffer view = buffer.internalNioBuffer(at, length);
        if (!view.isDirect()) {
            return copy(view);
        }
        int slot = System.identityHashCode(view) & VIEWS - 1;
        if (view != views[slot]) {
            bases[slot] = libc.address(view) - view.position();
            views[slot] = view;
        }
        return bases[slot] + view.position();
    }

    /** Copies a packet that the kernel cannot reach. */
    private long copy(ByteBuffer packet) {
        Struct to = copies;
        int length = packet.remaining();
        if (to == null || copied + length > to.length()) {
            to = Struct.of(libc, Math.max(length, MAX_RUN_BYTES));
            copies = to;
            copied = 0;
        }
        to.bytes().put(copied, packet, packet.position(), length);
        copied += length;
        return to.address() + copied - length;
    }

    /** Which of the names is that of an address. */
    private int name(InetSocketAddress to) {
        int index = to.hashCode() & TARGETS - 1;
        if (!to.equals(targets[index])) {
            nameLengths[index] = LinuxAddress.write(names[index].bytes(), to.getAddress(), to.getPort());
            targets[index] = to;
        }
        return index;
    }
}
