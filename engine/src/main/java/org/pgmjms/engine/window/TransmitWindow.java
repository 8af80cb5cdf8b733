package org.pgmjms.engine.window;

import static org.pgmjms.engine.wire.SequenceNumber.after;
import static org.pgmjms.engine.wire.SequenceNumber.before;

import io.netty.buffer.ByteBuf;
import java.util.function.IntPredicate;

/**
 * The packets a source can still repair, TXW_TRAIL to TXW_LEAD of RFC 3208, section 5.1.2, and those it has yet to send.
 *
 * <pre>
 *      trail                sentLead        lead
 *        |   can be repaired    |   unsent    |
 *   .....[#####################][-------------].....   slot = sqn and (slots - 1)
 *
 *   chunk 7 [..####][######][####      ]   packets at their true length, one behind another,
 *   chunk 8 [######][######][##........]   in chunks that are taken from a store as needed
 * </pre>
 *
 * <p>The trail moves when the oldest packet is too old, or has to make room for a new one. Two kinds of packets stay:
 * those not sent yet, and, until they are one and a half times as old as the others may get, those that wait to be
 * repaired. The bytes of a packet stay where they are until the trail has passed it.
 *
 * <p>The index grows to what is used; nothing else is allocated per packet. Owned by its source; not thread-safe.
 */
public final class TransmitWindow {
    private static final int INITIAL_SLOTS = 256;

    private final WindowBounds bounds;
    private final int chunkBytes;
    private final ChunkRing chunks;
    private final IntPredicate pinned;

    private int trail;
    private int sentLead;
    private int lead;
    private long bytes;

    private int writeChunk;
    private int writeOffset;

    private int[] chunkNumbers = new int[INITIAL_SLOTS];
    private int[] offsets = new int[INITIAL_SLOTS];
    private int[] lengths = new int[INITIAL_SLOTS];
    private long[] sentAtNs = new long[INITIAL_SLOTS];
    private long[] attendedAtNs = new long[INITIAL_SLOTS];

    /**
     * An empty window; takes no memory from the store yet.
     *
     * @param chunkBytes size of the pieces of memory, at least that of the longest packet
     * @param firstSqn the number that the first packet will have
     * @param pinned whether a number waits to be repaired
     */
    public TransmitWindow(WindowStore store, int chunkBytes, WindowBounds bounds, int firstSqn, IntPredicate pinned) {
        this.bounds = bounds;
        this.chunkBytes = chunkBytes;
        this.pinned = pinned;
        this.chunks = new ChunkRing(store, chunkBytes);
        this.trail = firstSqn;
        this.sentLead = firstSqn - 1;
        this.lead = firstSqn - 1;
    }

    /** TXW_TRAIL: the oldest number here; one more than the lead when there is none. */
    public int trail() {
        return trail;
    }

    /** TXW_LEAD: the newest number that was sent. */
    public int sentLead() {
        return sentLead;
    }

    /** The newest number here, sent or not. */
    public int lead() {
        return lead;
    }

    /** How many packets are here. */
    public int size() {
        return lead - trail + 1;
    }

    /** How many of them were sent. */
    public int sentSize() {
        return sentLead - trail + 1;
    }

    /** How many of them were not. */
    public int unsentSize() {
        return lead - sentLead;
    }

    /** The bytes of all packets here. */
    public long bytes() {
        return bytes;
    }

    /** The bounds it keeps to. */
    public WindowBounds bounds() {
        return bounds;
    }

    /** Whether this number was sent and is here: it can be repaired. */
    public boolean contains(int sqn) {
        return !before(sqn, trail) && !after(sqn, sentLead);
    }

    /**
     * Makes room for one more packet, moving the trail as far as needed, and fixes where it goes: {@link #nextBuffer}
     * and {@link #nextOffset}.
     *
     * @param maxLength the most bytes that it may have, at most the size of a chunk
     * @return false when the oldest packet cannot go yet
     */
    public boolean makeRoom(int maxLength, long nowNs) {
        while (size() > 0 && (size() >= bounds.maxPackets() || bytes + maxLength > bounds.maxBytes())) {
            if (!mayEvict(trail, nowNs)) {
                return false;
            }
            evict();
        }
        releaseChunks();
        if (chunks.isEmpty() || writeOffset + maxLength > chunkBytes) {
            writeChunk = chunks.append();
            writeOffset = 0;
        }
        return true;
    }

    /** The memory for the next packet. Valid after {@link #makeRoom} said so, until {@link #append}. */
    public ByteBuf nextBuffer() {
        return chunks.get(writeChunk);
    }

    /** Where in {@link #nextBuffer} the next packet starts. */
    public int nextOffset() {
        return writeOffset;
    }

    /** Takes in the packet that was written at the place fixed by {@link #makeRoom}, and answers its number. */
    public int append(int length, long nowNs) {
        assert writeOffset + length <= chunkBytes : length;
        if (size() == lengths.length) {
            grow();
        }
        lead++;
        int slot = lead & lengths.length - 1;
        chunkNumbers[slot] = writeChunk;
        offsets[slot] = writeOffset;
        lengths[slot] = length;
        sentAtNs[slot] = nowNs;
        bytes += length;
        writeOffset += length;
        return lead;
    }

    /** The packet after {@link #sentLead} left. */
    public void markNextSent(long nowNs) {
        assert before(sentLead, lead) : "nothing to send";
        sentLead++;
        sentAtNs[slot(sentLead)] = nowNs;
    }

    /** Drops what is too old, and gives back the memory of it. */
    public void evictAged(long nowNs) {
        int before = trail;
        while (sentSize() > 0 && isTooOld(trail, nowNs)) {
            evict();
        }
        if (trail != before) {
            releaseChunks();
        }
    }

    /** The chunk that a packet lies in. */
    public ByteBuf buffer(int sqn) {
        return chunks.get(chunkNumbers[slot(sqn)]);
    }

    /** Where in its chunk a packet starts. */
    public int offset(int sqn) {
        return offsets[slot(sqn)];
    }

    /** The length of a packet. */
    public int length(int sqn) {
        return lengths[slot(sqn)];
    }

    /** When a packet was sent first, or stored if it was not. Grows with the number. */
    public long sentAtNs(int sqn) {
        return sentAtNs[slot(sqn)];
    }

    /** When a packet was last confirmed or repaired, as {@link #attend} said. */
    public long attendedAtNs(int sqn) {
        return attendedAtNs[slot(sqn)];
    }

    /** Notes when a packet was last confirmed or repaired. */
    public void attend(int sqn, long atNs) {
        attendedAtNs[slot(sqn)] = atNs;
    }

    /** The oldest number sent at this time or later; one more than the sent lead when there is none. */
    public int firstSentSince(long sinceNs) {
        int low = trail;
        int count = sentSize();
        while (count > 0) {
            int half = count / 2;
            if (sentAtNs(low + half) - sinceNs < 0) {
                low += half + 1;
                count -= half + 1;
            } else {
                count = half;
            }
        }
        return low;
    }

    /** Chunks held, for accounting. */
    int chunksHeld() {
        return chunks.held();
    }

    /** Gives all memory back; nothing may be asked of the window afterwards. */
    public void close() {
        trail = lead + 1;
        sentLead = lead;
        bytes = 0;
        chunks.close();
    }

    private boolean mayEvict(int sqn, long nowNs) {
        return !after(sqn, sentLead) && (!pinned.test(sqn) || nowNs - sentAtNs(sqn) > bounds.maxPinnedAgeNs());
    }

    private boolean isTooOld(int sqn, long nowNs) {
        long ageNs = nowNs - sentAtNs(sqn);
        return ageNs > bounds.maxAgeNs() && (ageNs > bounds.maxPinnedAgeNs() || !pinned.test(sqn));
    }

    private void evict() {
        bytes -= lengths[slot(trail)];
        trail++;
    }

    /** Gives back what lies before the trail; an empty window starts over in the chunk it was writing to. */
    private void releaseChunks() {
        if (size() > 0) {
            chunks.releaseBefore(chunkNumbers[slot(trail)]);
        } else if (!chunks.isEmpty()) {
            chunks.releaseBefore(writeChunk);
            writeOffset = 0;
        }
    }

    private int slot(int sqn) {
        assert !before(sqn, trail) && !after(sqn, lead) : sqn;
        return sqn & lengths.length - 1;
    }

    private void grow() {
        int slots = lengths.length * 2;
        chunkNumbers = spread(chunkNumbers, slots);
        offsets = spread(offsets, slots);
        sentAtNs = spread(sentAtNs, slots);
        attendedAtNs = spread(attendedAtNs, slots);
        lengths = spread(lengths, slots);
    }

    private int[] spread(int[] ring, int slots) {
        int[] larger = new int[slots];
        for (int sqn = trail; !after(sqn, lead); sqn++) {
            larger[sqn & slots - 1] = ring[sqn & ring.length - 1];
        }
        return larger;
    }

    private long[] spread(long[] ring, int slots) {
        long[] larger = new long[slots];
        for (int sqn = trail; !after(sqn, lead); sqn++) {
            larger[sqn & slots - 1] = ring[sqn & ring.length - 1];
        }
        return larger;
    }
}
