package org.pgmjms.engine.window;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver keeps of one session: packets that wait behind a gap and fragments of APDUs that are not whole, and
 * marks for numbers that were delivered ahead of the edge. An in-order stream leaves it empty.
 *
 * <pre>
 *      edge                                   lead
 *        |  P stored   m marked   . nothing    |
 *   .....[..PP..m.PPPPmm.....P..PPP............]    slot = sqn and (capacity - 1)
 * </pre>
 *
 * <p>The ring grows with the span that is in use, to {@code maxPackets} at most, and stays for the next gap until {@link #trim}; ring
 * and packets are charged to a {@link WindowBudget} that other sessions share. A slot also adds up the fragments of the APDU
 * that starts there, so that asking whether it is whole costs nothing. Owned by one receiver; not thread-safe.
 */
public final class ReceiveWindow {
    /** What a stored packet is charged beside its bytes. */
    static final int PACKET_OVERHEAD_BYTES = 64;

    /** What a slot is charged. */
    static final int SLOT_BYTES = 32;

    private static final int FIRST_CAPACITY = 64;
    private static final int KEPT_CAPACITY = 1024;

    private static final byte STORED = 1;
    private static final byte MARKED = 2;
    private static final byte FRAGMENT = 4;
    private static final byte REPAIR = 8;
    private static final byte APDU = 16;

    private static final @Nullable ByteBuf[] NO_PACKETS = new ByteBuf[0];
    private static final int[] NO_NUMBERS = new int[0];
    private static final byte[] NO_FLAGS = new byte[0];

    private final ByteBufAllocator allocator;
    private final WindowBudget budget;
    private final int maxPackets;

    private int edge;
    private int used;
    private long storedBytes;
    private byte[] flags = NO_FLAGS;
    private @Nullable ByteBuf[] packets = NO_PACKETS;
    private int[] apduFirst = NO_NUMBERS;
    private int[] apduOffset = NO_NUMBERS;
    private int[] apduLength = NO_NUMBERS;
    private int[] apduGot = NO_NUMBERS;

    /**
     * An empty window that starts at number 0.
     *
     * @param maxPackets the most numbers between the edge and what is stored
     */
    public ReceiveWindow(ByteBufAllocator allocator, WindowBudget budget, int maxPackets) {
        this.allocator = allocator;
        this.budget = budget;
        this.maxPackets = maxPackets;
    }

    /** The first number that the window can hold. */
    public int edge() {
        return edge;
    }

    /** Bytes charged for packets and slots. */
    public long chargedBytes() {
        return storedBytes + (long) flags.length * SLOT_BYTES;
    }

    /** Whether nothing is stored or marked. */
    public boolean isEmpty() {
        return used == 0;
    }

    /**
     * Makes this the first number. What lies before it is dropped, at the cost of what there is, however far it goes; when it
     * goes back, everything is.
     */
    public void moveEdge(int newEdge) {
        if (used > 0) {
            int span = reaches(edge, newEdge) ? newEdge - edge : flags.length;
            for (int i = 0; i < span && used > 0; i++) {
                clear(edge + i);
            }
        }
        edge = newEdge;
    }

    /** Gives a large ring back that nothing lies in; for now and then, as the next gap may want it again. */
    public void trim() {
        if (used == 0 && flags.length > KEPT_CAPACITY) {
            releaseRing();
        }
    }

    /** Moves the first number back, which is for windows whose packets were not handed out yet; false without room. */
    public boolean tryMoveBack(int newEdge) {
        if (used > 0 && !grow(newEdge, highest())) {
            return false;
        }
        edge = newEdge;
        return true;
    }

    /**
     * Copies a packet in.
     *
     * @return false when there is no room for it, in numbers or in bytes
     */
    public boolean store(int sqn, ByteBuf source, int at, int length, boolean isRepair) {
        long charge = length + (long) PACKET_OVERHEAD_BYTES;
        if (!reaches(edge, sqn) && !grow(edge, sqn) || !budget.tryTake(charge)) {
            return false;
        }
        ByteBuf packet = allocator.directBuffer(Math.max(length, 1), Math.max(length, 1));
        packet.writeBytes(source, at, length);
        int slot = slot(sqn);
        packets[slot] = packet;
        storedBytes += charge;
        raise(slot, isRepair ? (byte) (STORED | REPAIR) : STORED);
        return true;
    }

    /**
     * Says of a stored packet that it is a fragment, and adds it to its APDU.
     *
     * @return false when it contradicts another fragment of that APDU
     */
    public boolean addFragment(int sqn, int first, int offset, int length) {
        int slot = slot(sqn);
        raise(slot, FRAGMENT);
        apduFirst[slot] = first;
        apduOffset[slot] = offset;
        int head = slot(first);
        if ((flags[head] & APDU) == 0) {
            raise(head, APDU);
            apduLength[head] = length;
            apduGot[head] = 0;
        }
        apduGot[head] += length(sqn);
        return apduLength[head] == length && apduGot[head] <= length;
    }

    /** Remembers that a number was delivered; answers false when there is no room for the mark. */
    public boolean mark(int sqn) {
        if (!reaches(edge, sqn) && !grow(edge, sqn)) {
            return false;
        }
        drop(sqn);
        raise(slot(sqn), MARKED);
        return true;
    }

    /** Whether a mark for the number would find room. */
    public boolean canMark(int sqn) {
        return reaches(edge, sqn) || grow(edge, sqn);
    }

    /** Drops a packet or a mark; a fragment is taken from its APDU. */
    public void drop(int sqn) {
        if (!reaches(edge, sqn)) {
            return;
        }
        int slot = slot(sqn);
        if ((flags[slot] & FRAGMENT) != 0 && sqnReaches(apduFirst[slot])) {
            apduGot[slot(apduFirst[slot])] -= length(sqn);
        }
        release(slot);
        lower(slot, (byte) (STORED | MARKED | FRAGMENT | REPAIR));
    }

    /** Drops what lies between two numbers, the second one left out, at the cost of what there is, however far it goes. */
    public void drop(int first, int end) {
        int count = Math.min(end - first, edge + flags.length - first);
        for (int i = 0; i < count; i++) {
            drop(first + i);
        }
    }

    /** Whether the packet is here. */
    public boolean isStored(int sqn) {
        return has(sqn, STORED);
    }

    /** Whether the number was delivered. */
    public boolean isMarked(int sqn) {
        return has(sqn, MARKED);
    }

    /** Whether a stored packet is a fragment. */
    public boolean isFragment(int sqn) {
        return has(sqn, FRAGMENT);
    }

    /** Whether a stored packet came as a repair. */
    public boolean isRepair(int sqn) {
        return has(sqn, REPAIR);
    }

    /** The bytes of a stored packet; they stay the window's. */
    @SuppressWarnings("NullAway") // asked for stored packets only
    public ByteBuf packet(int sqn) {
        return packets[slot(sqn)];
    }

    /** The length of a stored packet. */
    public int length(int sqn) {
        return packet(sqn).writerIndex();
    }

    /** The number of the APDU's first packet, of a stored fragment. */
    public int apduFirst(int sqn) {
        return apduFirst[slot(sqn)];
    }

    /** Where a stored fragment stands in its APDU. */
    public int apduOffset(int sqn) {
        return apduOffset[slot(sqn)];
    }

    /** The length that the fragments of the APDU which starts here claim; 0 when there is none. */
    public int apduLength(int first) {
        return has(first, APDU) ? apduLength[slot(first)] : 0;
    }

    /** How much of the APDU which starts here is stored. */
    public int apduGot(int first) {
        return has(first, APDU) ? apduGot[slot(first)] : 0;
    }

    /** Drops everything. */
    public void close() {
        for (int i = 0; i < flags.length && used > 0; i++) {
            clear(edge + i);
        }
        releaseRing();
    }

    private boolean has(int sqn, byte flag) {
        return sqnReaches(sqn) && (flags[slot(sqn)] & flag) != 0;
    }

    private boolean sqnReaches(int sqn) {
        return reaches(edge, sqn);
    }

    private boolean reaches(int from, int sqn) {
        return Integer.compareUnsigned(sqn - from, flags.length) < 0;
    }

    private int slot(int sqn) {
        return sqn & flags.length - 1;
    }

    private void clear(int sqn) {
        int slot = slot(sqn);
        release(slot);
        if (flags[slot] != 0) {
            flags[slot] = 0;
            used--;
        }
    }

    private void release(int slot) {
        ByteBuf packet = packets[slot];
        if (packet != null) {
            long charge = packet.writerIndex() + (long) PACKET_OVERHEAD_BYTES;
            packets[slot] = null;
            packet.release();
            storedBytes -= charge;
            budget.give(charge);
        }
    }

    private void raise(int slot, byte flag) {
        if (flags[slot] == 0) {
            used++;
        }
        flags[slot] |= flag;
    }

    private void lower(int slot, byte mask) {
        if (flags[slot] != 0) {
            flags[slot] &= (byte) ~mask;
            if (flags[slot] == 0) {
                used--;
            }
        }
    }

    private int highest() {
        for (int i = flags.length - 1; i > 0; i--) {
            if (flags[slot(edge + i)] != 0) {
                return edge + i;
            }
        }
        return edge;
    }

    /** Makes the ring reach from one number to the other, with what it holds at its place. */
    private boolean grow(int from, int sqn) {
        int span = sqn - from + 1;
        if (span <= 0 || span > maxPackets) {
            return false;
        }
        int capacity = Math.max(FIRST_CAPACITY, flags.length);
        while (capacity < span) {
            capacity <<= 1;
        }
        if (capacity == flags.length) {
            return true;
        }
        if (!budget.tryTake((long) (capacity - flags.length) * SLOT_BYTES)) {
            return false;
        }
        moveTo(capacity);
        return true;
    }

    private void moveTo(int capacity) {
        byte[] newFlags = new byte[capacity];
        @Nullable ByteBuf[] newPackets = new ByteBuf[capacity];
        int[] newFirst = new int[capacity];
        int[] newOffset = new int[capacity];
        int[] newLength = new int[capacity];
        int[] newGot = new int[capacity];
        for (int i = 0; i < flags.length; i++) {
            int from = slot(edge + i);
            int to = edge + i & capacity - 1;
            newFlags[to] = flags[from];
            newPackets[to] = packets[from];
            newFirst[to] = apduFirst[from];
            newOffset[to] = apduOffset[from];
            newLength[to] = apduLength[from];
            newGot[to] = apduGot[from];
        }
        flags = newFlags;
        packets = newPackets;
        apduFirst = newFirst;
        apduOffset = newOffset;
        apduLength = newLength;
        apduGot = newGot;
    }

    private void releaseRing() {
        assert used == 0 && Arrays.stream(packets).allMatch(p -> p == null);
        budget.give((long) flags.length * SLOT_BYTES);
        flags = NO_FLAGS;
        packets = NO_PACKETS;
        apduFirst = NO_NUMBERS;
        apduOffset = NO_NUMBERS;
        apduLength = NO_NUMBERS;
        apduGot = NO_NUMBERS;
    }
}
