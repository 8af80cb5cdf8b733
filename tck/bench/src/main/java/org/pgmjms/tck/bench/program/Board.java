package org.pgmjms.tck.bench.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file in memory that all processes of a cell map: who has sent and received how much, and what the orchestrator
 * wants. It is the credit window that every program shares, so that none is faster by losing more. {@code bench.h} has
 * the same layout. Safe for any thread and process; each word has one writer.
 */
public final class Board {
    /** The sender's slot; receivers are 1 and up. */
    public static final int SENDER = 0;

    /** The most receivers there is room for. */
    public static final int MOST_RECEIVERS = 32;

    /** In every slot: units sent or received. A unit is what carries a sequence number: a message, or a full packet. */
    public static final int COUNT = 0;

    /** In a receiver's slot: sequence numbers that were skipped. */
    public static final int LOST = 1;

    /** In a receiver's slot: the number after the highest. */
    public static final int NEXT = 2;

    /** In a receiver's slot: units that came again or late. In the sender's: how often it went on without credit. */
    public static final int ODD = 3;

    /** In the sender's slot: units that the flow control of the program refused at first. */
    public static final int REFUSED = 4;

    private static final int CONTROL = 40;
    private static final int READY = 41;
    private static final int STOP = 0;
    private static final int MEASURING = 1;
    private static final int RATE = 2;
    private static final int SLOT_BYTES = 128;
    private static final int BYTES = 8192;
    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer memory;

    private Board(ByteBuffer memory) {
        this.memory = memory;
    }

    /** Maps the file, which is made if it is not there. */
    public static Board open(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            return new Board(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sets everything to zero. */
    public void clear() {
        for (int at = 0; at < BYTES; at += Long.BYTES) {
            WORD.setRelease(memory, at, 0L);
        }
    }

    /** A word of a slot. */
    public long get(int slot, int word) {
        return (long) WORD.getAcquire(memory, at(slot, word));
    }

    /** Sets a word of a slot; what was written before is seen by whoever reads it. */
    public void set(int slot, int word, long value) {
        WORD.setRelease(memory, at(slot, word), value);
    }

    /** A receiver has joined. */
    public void ready() {
        WORD.getAndAdd(memory, at(READY, 0), 1L);
    }

    /** How many receivers have joined. */
    public long readyReceivers() {
        return get(READY, 0);
    }

    /** Whether programs have to end. */
    public boolean isStopped() {
        return get(CONTROL, STOP) != 0;
    }

    /** Ends the programs. */
    public void stop() {
        set(CONTROL, STOP, 1);
    }

    /** Whether latencies count now. */
    public boolean isMeasuring() {
        return get(CONTROL, MEASURING) != 0;
    }

    /** Says whether latencies count from now on. */
    public void measuring(boolean measuring) {
        set(CONTROL, MEASURING, measuring ? 1 : 0);
    }

    /** The units a second that the sender is to send; 0 for as many as go. */
    public long rate() {
        return get(CONTROL, RATE);
    }

    /** Sets the rate, at any time. */
    public void rate(long unitsPerSecond) {
        set(CONTROL, RATE, unitsPerSecond);
    }

    /** The number that every one of the first so many receivers has reached. */
    public long slowest(int receivers, int word) {
        long least = Long.MAX_VALUE;
        for (int receiver = 1; receiver <= receivers; receiver++) {
            least = Math.min(least, get(receiver, word));
        }
        return least;
    }

    private static int at(int slot, int word) {
        return slot * SLOT_BYTES + word * Long.BYTES;
    }
}
