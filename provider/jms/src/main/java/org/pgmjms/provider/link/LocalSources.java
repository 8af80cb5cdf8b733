package org.pgmjms.provider.link;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.pgmjms.engine.api.Tsi;

/**
 * The sources of this JVM: of those a new consumer knows exactly where it starts. Jakarta Messaging 3.1 promises it the
 * messages sent after it was created. Safe for any thread.
 */
final class LocalSources {
    private final Map<Tsi, Outbound> sources = new ConcurrentHashMap<>();

    void add(Tsi tsi, Outbound source) {
        sources.put(tsi, source);
    }

    void remove(Tsi tsi) {
        sources.remove(tsi);
    }

    /** Lets a listener start at what each source sends from now on. */
    void startNow(Listening listening) {
        sources.forEach((tsi, source) -> {
            long next = source.nextSequence(listening.topic().topicId());
            if (next > 0) {
                listening.startAt(tsi, next);
            }
        });
    }
}
