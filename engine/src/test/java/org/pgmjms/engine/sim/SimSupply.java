package org.pgmjms.engine.sim;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;
import org.pgmjms.engine.api.ApduSupplier;

/** Messages of a source that wait to be sent. Their bytes follow from the session and their number. */
public final class SimSupply implements ApduSupplier {
    /** What each APDU starts with, as far as it is that long. */
    private static final byte[] MAGIC = {'s', 'i', 'm', '1'};

    private static final int PAD_REACH = 48;
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private final SentStream stream;
    private final LongSupplier clock;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private final ArrayDeque<Filled> filled = new ArrayDeque<>();
    private long messages;
    private long supplied;

    private record Filled(int packets, long hash) {}

    private int fragments;
    private int filledTo;

    SimSupply(SentStream stream, LongSupplier clock) {
        this.stream = stream;
        this.clock = clock;
    }

    /** Queues a message of this length. */
    void add(int length) {
        byte[] message = new byte[length];
        long state = stream.tsi().value() + GOLDEN * messages++;
        for (int i = 0; i < length; i++) {
            if (i % Long.BYTES == 0) {
                state = (state ^ state >>> 29) * GOLDEN + i;
            }
            message[i] = i < MAGIC.length ? MAGIC[i] : (byte) (state >>> (i % Long.BYTES) * Byte.SIZE);
        }
        waiting.add(message);
    }

    /** How many messages wait. */
    public int waiting() {
        return waiting.size();
    }

    /** How many messages were taken. */
    public long supplied() {
        return supplied;
    }

    @Override
    public int nextLength() {
        byte[] next = waiting.peek();
        return next == null ? 0 : next.length;
    }

    @Override
    public int fill(ByteBuf packet, int at, int max, int padTo) {
        int length = 0;
        while (!waiting.isEmpty() && length + waiting.element().length <= max) {
            byte[] message = waiting.remove();
            packet.setBytes(at + length, message);
            length += message.length;
            supplied++;
        }
        if (length == 0) {
            throw new AssertionError("asked for " + max + " bytes of " + nextLength());
        }
        if (length < padTo && padTo - length <= PAD_REACH) {
            packet.setZero(at + length, padTo - length);
            length = padTo;
        }
        filled.add(new Filled(1, hash(packet, at, length)));
        return length;
    }

    @Override
    public void fillFragment(ByteBuf packet, int at, int length, int apduOffset) {
        byte[] message = waiting.element();
        if (apduOffset != filledTo || apduOffset + length > message.length) {
            throw new AssertionError("asked for " + length + " bytes at " + apduOffset + ", not at " + filledTo);
        }
        packet.setBytes(at, message, apduOffset, length);
        filledTo += length;
        fragments++;
        if (filledTo == message.length) {
            filled.add(new Filled(fragments, hash(message)));
            waiting.remove();
            supplied++;
            filledTo = 0;
            fragments = 0;
        }
    }

    @Override
    public void onStored(int firstSqn, int lastSqn) {
        int next = firstSqn;
        while (next - lastSqn <= 0) {
            Filled apdu = filled.remove();
            stream.store(next, next + apdu.packets - 1, apdu.hash, clock.getAsLong());
            next += apdu.packets;
        }
        if (next != lastSqn + 1 || !filled.isEmpty()) {
            throw new AssertionError("stored " + firstSqn + " to " + lastSqn + ", but filled up to " + (next - 1));
        }
    }

    /** Whether bytes can be the start of what a supply makes. */
    static boolean isPlausible(ByteBuf apdu) {
        int count = Math.min(MAGIC.length, apdu.readableBytes());
        for (int i = 0; i < count; i++) {
            if (apdu.getByte(apdu.readerIndex() + i) != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    /** The hash of an APDU, as {@link SentStream#apduHash} has it. */
    public static long hash(ByteBuf bytes) {
        return hash(bytes, bytes.readerIndex(), bytes.readableBytes());
    }

    private static long hash(ByteBuf bytes, int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.nioBuffer(at, length));
        return crc.getValue() << Integer.SIZE | length;
    }

    private static long hash(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return crc.getValue() << Integer.SIZE | bytes.length;
    }
}
