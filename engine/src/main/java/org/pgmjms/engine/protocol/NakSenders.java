package org.pgmjms.engine.protocol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pgmjms.engine.wire.Nla;

/**
 * Who asks a source for most numbers. Fixed memory: one that is new when there is no place left takes that of the one with
 * the least, and its counts, so that whoever asks for much is always there. Owned by its source; not thread-safe.
 */
final class NakSenders {
    private static final int PLACES = 32;

    private final Nla[] addresses = new Nla[PLACES];
    private final int[] ports = new int[PLACES];
    private final long[] packets = new long[PLACES];
    private final long[] numbers = new long[PLACES];
    private int size;

    /** A NAK packet with so many numbers came from there. */
    void add(Nla from, int fromPort, int count) {
        int place = 0;
        while (place < size && !isAt(place, from, fromPort)) {
            place++;
        }
        if (place == size) {
            place = size < PLACES ? size++ : least();
            addresses[place] = from;
            ports[place] = fromPort;
        }
        packets[place]++;
        numbers[place] += count;
    }

    private boolean isAt(int place, Nla from, int fromPort) {
        Nla address = addresses[place];
        return ports[place] == fromPort && address.low() == from.low() && address.high() == from.high();
    }

    private int least() {
        int least = 0;
        for (int place = 1; place < PLACES; place++) {
            least = numbers[place] < numbers[least] ? place : least;
        }
        return least;
    }

    /** Those with most numbers first. */
    List<NakSenderStats> list() {
        List<NakSenderStats> all = new ArrayList<>(size);
        for (int place = 0; place < size; place++) {
            all.add(new NakSenderStats(addresses[place], ports[place], packets[place], numbers[place]));
        }
        all.sort(Comparator.comparingLong(NakSenderStats::numbers).reversed());
        return all;
    }
}
