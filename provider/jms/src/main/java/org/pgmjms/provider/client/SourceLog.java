package org.pgmjms.provider.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.loss.SourceEvent;

/**
 * What was last heard of each source: every consumer of a channel brings the same news, of which a connection's listener
 * wants to hear once. Forgets the oldest of very many. Safe for any thread.
 */
final class SourceLog {
    private static final int MOST = 4_096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, SourceEvent.Kind> last = new LinkedHashMap<>();

    /** Whether this is not what was heard of the source before. A source joins once until it has gone. */
    boolean isNew(SourceEvent event) {
        lock.lock();
        try {
            SourceEvent.Kind before = last.remove(event.source());
            boolean isNew = event.kind() == SourceEvent.Kind.JOINED ? isGone(before) : before != event.kind();
            last.put(event.source(), isNew || before == null ? event.kind() : before);
            if (last.size() > MOST) {
                last.remove(last.keySet().iterator().next());
            }
            return isNew;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isGone(SourceEvent.@Nullable Kind kind) {
        return kind == null
                || switch (kind) {
                    case ENDED, RESET, EXPIRED -> true;
                    case JOINED, SILENT, RESUMED -> false;
                };
    }
}
