package org.pgmjms.engine.protocol;

import org.pgmjms.engine.window.TransmitWindow;
import org.pgmjms.engine.wire.DataEncoder;

/**
 * Room in the window that was promised. All promises together fit into the window, so that whatever is sent for one of
 * them is still there whole when its last packet leaves. A promise is kept when that much was stored after it was
 * published.
 *
 * <p>Owned by its source; not thread-safe.
 */
final class WindowReservations {
    private final TransmitWindow window;
    private final int maxPacketBytes;

    private long reserved;
    private long published;

    WindowReservations(TransmitWindow window, int maxPacketBytes) {
        this.window = window;
        this.maxPacketBytes = maxPacketBytes;
    }

    /** What so many bytes of payload take in the window, cut into packets. */
    private long withHeaders(int bytes) {
        int header = DataEncoder.headerLength(true);
        int room = maxPacketBytes - header;
        return bytes + (long) header * ((bytes + (long) room - 1) / room);
    }

    boolean tryReserve(int bytes) {
        long amount = withHeaders(bytes);
        if (reserved + published + amount > window.bounds().maxBytes()) {
            return false;
        }
        reserved += amount;
        return true;
    }

    void publish(int bytes) {
        release(bytes);
        published += withHeaders(bytes);
    }

    void release(int bytes) {
        long amount = withHeaders(bytes);
        assert amount <= reserved : "more given back than was reserved";
        reserved -= amount;
    }

    /** A packet was stored. */
    void onStored(int length) {
        published = Math.max(0, published - length);
    }

    /** The supply is empty: all that was published is stored. */
    void onSupplyEmpty() {
        published = 0;
    }

    /** Bytes that can be stored before a packet has to go. */
    long freeBytes() {
        return Math.max(0, window.bounds().maxBytes() - window.bytes() - reserved - published);
    }
}
