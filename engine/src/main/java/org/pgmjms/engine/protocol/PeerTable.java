package org.pgmjms.engine.protocol;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.wire.Nla;

/**
 * The sessions of a receiver by their identifier: an open-addressed table with primitive keys, so that finding one
 * allocates nothing. Half-open sessions are few, and the one that was silent longest makes place for a new one: one from the
 * same address when that address has many. Established sessions are never evicted. Not thread-safe.
 */
final class PeerTable {
    static final int MAX_HALF_OPEN = 64;

    private static final int HALF_OPEN_PER_ADDRESS = 8;
    private static final int INITIAL_CAPACITY = 16;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private @Nullable ReceiverPeer[] slots = new ReceiverPeer[INITIAL_CAPACITY];
    private int size;
    private final @Nullable ReceiverPeer[] halfOpen = new ReceiverPeer[MAX_HALF_OPEN];
    private int halfOpenSize;

    /** The session, or null. */
    @Nullable ReceiverPeer find(long tsi) {
        int index = home(tsi);
        ReceiverPeer peer = slots[index];
        while (peer != null && peer.tsi().value() != tsi) {
            index = index + 1 & slots.length - 1;
            peer = slots[index];
        }
        return peer;
    }

    /** Adds a half-open session; there must be room. */
    void add(ReceiverPeer peer) {
        if (2 * size >= slots.length) {
            grow();
        }
        insert(peer);
        size++;
        halfOpen[halfOpenSize++] = peer;
    }

    /** Which half-open session has to go before one from this address is added, or null. */
    @Nullable ReceiverPeer victim(Nla from) {
        ReceiverPeer oldest = null;
        ReceiverPeer oldestHere = null;
        int here = 0;
        for (int i = 0; i < halfOpenSize; i++) {
            ReceiverPeer peer = halfOpen(i);
            oldest = older(oldest, peer);
            if (peer.address().equals(from)) {
                oldestHere = older(oldestHere, peer);
                here++;
            }
        }
        if (here >= HALF_OPEN_PER_ADDRESS) {
            return oldestHere;
        }
        return halfOpenSize == MAX_HALF_OPEN ? oldest : null;
    }

    /** A half-open session is established. */
    void onEstablished(ReceiverPeer peer) {
        removeHalfOpen(peer);
    }

    void remove(ReceiverPeer peer) {
        removeHalfOpen(peer);
        int index = home(peer.tsi().value());
        while (slots[index] != peer) {
            if (slots[index] == null) {
                return;
            }
            index = index + 1 & slots.length - 1;
        }
        slots[index] = null;
        size--;
        closeHole(index);
    }

    int halfOpen() {
        return halfOpenSize;
    }

    int established() {
        return size - halfOpenSize;
    }

    /** Established sessions from one address. */
    int established(Nla from) {
        int count = 0;
        for (ReceiverPeer peer : slots) {
            count += peer != null && peer.isEstablished() && peer.address().equals(from) ? 1 : 0;
        }
        return count;
    }

    /** Numbers that half-open sessions have under request. */
    long halfOpenRequests() {
        long requests = 0;
        for (int i = 0; i < halfOpenSize; i++) {
            requests += halfOpen(i).requested();
        }
        return requests;
    }

    /** The session that keeps most, or null. */
    @Nullable ReceiverPeer largest() {
        ReceiverPeer largest = null;
        for (ReceiverPeer peer : slots) {
            if (peer != null && (largest == null || peer.chargedBytes() > largest.chargedBytes())) {
                largest = peer;
            }
        }
        return largest;
    }

    /** Does something with every session; sessions may be removed meanwhile. */
    void forEach(Consumer<ReceiverPeer> action) {
        for (ReceiverPeer peer : slots.clone()) {
            if (peer != null) {
                action.accept(peer);
            }
        }
    }

    private static ReceiverPeer older(@Nullable ReceiverPeer oldest, ReceiverPeer peer) {
        return oldest == null || peer.heardNs() - oldest.heardNs() < 0 ? peer : oldest;
    }

    @SuppressWarnings("NullAway") // places below the size are never null
    private ReceiverPeer halfOpen(int index) {
        return halfOpen[index];
    }

    private void removeHalfOpen(ReceiverPeer peer) {
        for (int i = 0; i < halfOpenSize; i++) {
            if (halfOpen[i] == peer) {
                halfOpen[i] = halfOpen[--halfOpenSize];
                halfOpen[halfOpenSize] = null;
                return;
            }
        }
    }

    private int home(long tsi) {
        return (int) (tsi * MIX >>> 32) & slots.length - 1;
    }

    private void insert(ReceiverPeer peer) {
        int index = home(peer.tsi().value());
        while (slots[index] != null) {
            index = index + 1 & slots.length - 1;
        }
        slots[index] = peer;
    }

    private void grow() {
        @Nullable ReceiverPeer[] old = slots;
        slots = new ReceiverPeer[old.length * 2];
        for (ReceiverPeer peer : old) {
            if (peer != null) {
                insert(peer);
            }
        }
    }

    /** Moves up what would not be found any more behind an empty slot. */
    private void closeHole(int hole) {
        int index = hole + 1 & slots.length - 1;
        ReceiverPeer peer = slots[index];
        while (peer != null) {
            slots[index] = null;
            insert(peer);
            index = index + 1 & slots.length - 1;
            peer = slots[index];
        }
    }
}
