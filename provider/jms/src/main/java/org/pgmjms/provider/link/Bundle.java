package org.pgmjms.provider.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * One envelope of several packets with messages of which a packet alone would hold few: four of 1,024 bytes take three
 * packets, where one by one they take four. Written whole, since its checksum comes first, and then cut by the engine.
 * One buffer, used again; owned by the source.
 */
final class Bundle {
    private static final int MOST_PACKETS = 4;
    /** So many parts of the packets have to be saved: what is bundled is also lost together. */
    private static final int WORTH_SHARE = 8;

    private static final int SCALE = 1 << 10;

    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private int length;
    private Plan plan = Plan.NONE;
    private int plannedFirstBytes;
    private int plannedEachBytes;

    /** How a number of equal messages is best sent. */
    record Plan(int messages, int packets) {
        /** Without a bundle. */
        static final Plan NONE = new Plan(0, 0);
    }

    /**
     * How messages like the first one are best sent.
     *
     * @param firstBytes the length of an envelope with the first one
     * @param eachBytes what each further one adds
     * @param packetBytes what an unfragmented packet holds
     * @param fragmentBytes what a fragment holds
     */
    Plan plan(int firstBytes, int eachBytes, int packetBytes, int fragmentBytes) {
        if (firstBytes != plannedFirstBytes || eachBytes != plannedEachBytes) {
            plannedFirstBytes = firstBytes;
            plannedEachBytes = eachBytes;
            plan = planned(firstBytes, eachBytes, packetBytes, fragmentBytes);
        }
        return plan;
    }

    private static Plan planned(int firstBytes, int eachBytes, int packetBytes, int fragmentBytes) {
        int best = SCALE * messages(firstBytes, eachBytes, packetBytes) * (WORTH_SHARE + 1) / WORTH_SHARE;
        int messages = 0;
        int packets = 0;
        for (int count = 2; count <= MOST_PACKETS; count++) {
            int fitting = messages(firstBytes, eachBytes, count * fragmentBytes);
            if (SCALE * fitting / count > best) {
                best = SCALE * fitting / count;
                messages = fitting;
                packets = count;
            }
        }
        return messages == 0 ? Plan.NONE : new Plan(messages, packets);
    }

    private static int messages(int firstBytes, int eachBytes, int limit) {
        return 1 + (limit - firstBytes) / eachBytes;
    }

    /** Whether nothing waits in it. */
    boolean isEmpty() {
        return length == 0;
    }

    int length() {
        return length;
    }

    /** The buffer to write an envelope of at most this length to, from index 0. */
    ByteBuf begin(int limit) {
        if (bytes.capacity() < limit) {
            bytes = Unpooled.buffer(limit, limit);
        }
        return bytes;
    }

    /** The envelope was written. */
    void finish(int envelopeLength) {
        length = envelopeLength;
    }

    /** Copies a piece of the envelope; with its last byte the bundle is empty. */
    void copy(int offset, ByteBuf to, int at, int pieceLength) {
        to.setBytes(at, bytes, offset, pieceLength);
        if (offset + pieceLength == length) {
            length = 0;
        }
    }
}
