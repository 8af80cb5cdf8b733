package org.pgmjms.provider.link;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.Tsi;

/**
 * The sources of this JVM: of those a new consumer knows exactly where it starts. Jakarta Messaging 3.1 promises it the
 * messages sent after it was created. Safe for any thread.
 */
final class LocalSources {
    private final Map<Place, Outbound> sources = new ConcurrentHashMap<>();

    /** A source's session, which has its name on one channel only. */
    private record Place(InetAddress group, int port, Tsi tsi) {
        static Place of(ChannelConfig channel, Tsi tsi) {
            return new Place(channel.group(), channel.destinationPort(), tsi);
        }
    }

    void add(ChannelConfig channel, Tsi tsi, Outbound source) {
        sources.put(Place.of(channel, tsi), source);
    }

    void remove(ChannelConfig channel, Tsi tsi) {
        sources.remove(Place.of(channel, tsi));
    }

    /** Lets a listener start at what each source of its channel sends from now on. */
    void startNow(ChannelConfig channel, Listening listening) {
        sources.forEach((place, source) -> {
            if (place.equals(Place.of(channel, place.tsi))) {
                startNow(place.tsi, source, listening);
            }
        });
    }

    private static void startNow(Tsi tsi, Outbound source, Listening listening) {
        if (listening.isPattern()) {
            source.nextSequences().ifPresent(next -> listening.startAt(tsi, next));
            return;
        }
        long next = source.nextSequence(listening.topic().topicId());
        if (next > 0) {
            listening.startAt(tsi, topicId -> next);
        }
    }
}
