package org.pgmjms.engine.net;

import io.netty.buffer.ByteBuf;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives straight into a batch's buffer. A run of datagrams that the kernel hands out as one (UDP_GRO) comes with the
 * length of its segments, each of which becomes an entry of the batch. One thread at a time.
 */
final class LinuxReceiver {
    /** Room that a datagram is given at least, so that none is cut off. */
    static final int MAX_DATAGRAM_BYTES = 65_536;

    private static final int MSG_CTRUNC = 0x8;
    private static final int MSG_TRUNC = 0x20;
    private static final int CONTROL_SPACE = 64;
    private static final int ALIGNMENT = Long.BYTES;
    private static final int FAILED = -1;

    private static final Logger LOG = LoggerFactory.getLogger(LinuxReceiver.class);

    private final Libc libc;
    private final AtomicLong errors;
    private final Struct message;
    private final Struct vector;
    private final Struct control;
    private final SenderNames senders;

    private @Nullable ByteBuffer lastView;
    private long lastBase;

    /** Counts errors there. */
    LinuxReceiver(Libc libc, AtomicLong errors) {
        this.libc = libc;
        this.errors = errors;
        this.message = Struct.of(libc, LinuxSender.MESSAGE_LENGTH);
        this.vector = Struct.of(libc, LinuxSender.VECTOR_LENGTH);
        this.control = Struct.of(libc, CONTROL_SPACE);
        this.senders = new SenderNames(Struct.of(libc, LinuxAddress.MAX_LENGTH + Integer.BYTES));
        message.bytes()
                .putLong(LinuxSender.NAME, senders.struct().address())
                .putLong(LinuxSender.VECTORS, vector.address())
                .putLong(LinuxSender.VECTOR_COUNT, 1)
                .putLong(LinuxSender.CONTROL, control.address());
    }

    /** Receives until there is nothing more, or no room. */
    int receive(int descriptor, ReceiveBatch batch) {
        batch.clear();
        try {
            long base = base(batch.buffer());
            int room = batch.buffer().capacity();
            int at = 0;
            while (at >= 0 && batch.size() < batch.capacity() && at + MAX_DATAGRAM_BYTES <= room) {
                at = receiveOne(descriptor, batch, base, at);
            }
            return batch.size();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Receives a datagram or a run; answers where the next may go, or less than 0 when there is none. */
    private int receiveOne(int descriptor, ReceiveBatch batch, long base, int at) {
        int room = batch.buffer().capacity() - at;
        vector.bytes().putLong(0, base + at).putLong(Long.BYTES, room);
        message.bytes()
                .putInt(LinuxSender.NAME_LENGTH, LinuxAddress.MAX_LENGTH)
                .putLong(LinuxSender.CONTROL_LENGTH, CONTROL_SPACE)
                .putInt(LinuxSender.FLAGS, 0);
        long result = libc.recvmsg(descriptor, message.address(), 0);
        if (result == -Errno.EINTR) {
            return at;
        }
        if (result < 0) {
            if (result != -Errno.EAGAIN) {
                count(Errno.text((int) -result));
            }
            return FAILED;
        }
        int length = (int) Math.min(result, room);
        add(batch, at, length, message.bytes().getInt(LinuxSender.FLAGS));
        return at + length + ALIGNMENT - 1 & -ALIGNMENT;
    }

    /** Adds the segments. What was cut off is left out; whole segments before that are good. */
    private void add(ReceiveBatch batch, int at, int length, int flags) {
        int segment = segment(length);
        int end = at + length;
        if ((flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
            count("a datagram larger than expected was cut off");
            end = (flags & MSG_CTRUNC) != 0 || segment == length ? at : at + length / segment * segment;
        }
        if (length == 0 && flags == 0) {
            batch.add(at, 0, senders.current());
        }
        for (int next = at; next < end; next += segment) {
            batch.add(next, Math.min(segment, end - next), senders.current());
        }
    }

    /** How long the segments are: the whole when the kernel does not say, or nothing sensible. */
    private int segment(int length) {
        ByteBuffer bytes = control.bytes();
        long filled = Math.min(message.bytes().getLong(LinuxSender.CONTROL_LENGTH), CONTROL_SPACE);
        int at = 0;
        while (at + LinuxSender.CONTROL_DATA + Integer.BYTES <= filled) {
            if (bytes.getInt(at + LinuxSender.CONTROL_LEVEL) == LinuxSocket.SOL_UDP
                    && bytes.getInt(at + LinuxSender.CONTROL_TYPE) == LinuxSocket.UDP_GRO) {
                int segment = bytes.getInt(at + LinuxSender.CONTROL_DATA);
                return segment > 0 && segment < length ? segment : length;
            }
            long next = at + (bytes.getLong(at) + ALIGNMENT - 1 & -ALIGNMENT);
            if (next <= at || next > filled) {
                break;
            }
            at = (int) next;
        }
        return length;
    }

    private void count(String what) {
        if (errors.getAndIncrement() == 0) {
            LOG.warn("recvmsg: {}; it counts as lost, as any others from now on", what);
        }
    }

    /** Where a batch's buffer starts. Its view is the same object as long as its memory is the same. */
    @SuppressWarnings("ReferenceEquality") // this object, not one with the same content
    private long base(ByteBuf buffer) {
        ByteBuffer view = buffer.internalNioBuffer(0, 0);
        if (view != lastView) {
            if (!view.isDirect()) {
                throw new IllegalArgumentException("a batch needs direct memory");
            }
            lastBase = libc.address(view) - view.position();
            lastView = view;
        }
        return lastBase;
    }
}
