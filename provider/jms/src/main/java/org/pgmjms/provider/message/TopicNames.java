package org.pgmjms.provider.message;

import java.util.Arrays;

/**
 * The topics one envelope has named, and where: an open-addressed table from topic id to the name's place. Grows with
 * the names that are really there, never with a number from the wire, up to {@link EnvelopeFormat#MAX_NAMES}.
 */
final class TopicNames {
    static final int NONE = -1;
    private static final int INITIAL_BITS = 6;

    /** Random, so that nobody can choose topic ids that clash; odd, as multiply-shift hashing wants. */
    private static final long MULTIPLIER = Incarnation.ofThisJvm().low() | 1;

    private long[] topicIds = new long[1 << INITIAL_BITS];
    private int[] places = new int[1 << INITIAL_BITS];
    private int shift = Long.SIZE - INITIAL_BITS;
    private int size;

    TopicNames() {
        Arrays.fill(places, NONE);
    }

    void clear() {
        if (size > 0) {
            Arrays.fill(places, NONE);
            size = 0;
        }
    }

    int size() {
        return size;
    }

    /** Where the topic was named first, or {@link #NONE}. */
    int find(long topicId) {
        int mask = places.length - 1;
        int slot = home(topicId);
        while (places[slot] != NONE && topicIds[slot] != topicId) {
            slot = slot + 1 & mask;
        }
        return places[slot];
    }

    /** Adds a topic that is not there yet. */
    void add(long topicId, int place) {
        if (size * 2 >= places.length) {
            grow();
        }
        insert(topicId, place);
        size++;
    }

    private void insert(long topicId, int place) {
        int mask = places.length - 1;
        int slot = home(topicId);
        while (places[slot] != NONE) {
            slot = slot + 1 & mask;
        }
        topicIds[slot] = topicId;
        places[slot] = place;
    }

    private void grow() {
        long[] oldIds = topicIds;
        int[] oldPlaces = places;
        shift--;
        topicIds = new long[oldIds.length * 2];
        places = new int[topicIds.length];
        Arrays.fill(places, NONE);
        for (int i = 0; i < oldIds.length; i++) {
            if (oldPlaces[i] != NONE) {
                insert(oldIds[i], oldPlaces[i]);
            }
        }
    }

    private int home(long topicId) {
        return (int) (topicId * MULTIPLIER >>> shift);
    }
}
