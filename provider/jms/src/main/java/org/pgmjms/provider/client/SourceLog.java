package org.pgmjms.provider.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.pgmjms.provider.loss.SourceEvent;

/**
 * What was last heard of each source: every consumer of a channel brings the same news, of which a connection's listener
 * wants to hear once. Forgets the oldest of very many. Safe for any thread.
 */
final class SourceLog {
    private static final int MOST = 4_096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, SourceEvent.Kind> last = new LinkedHashMap<>();

    /** Whether this is not what was heard of the source before. */
    boolean isNew(SourceEvent event) {
        lock.lock();
        try {
            boolean isNew = last.remove(event.source()) != event.kind();
            last.put(event.source(), event.kind());
            if (last.size() > MOST) {
                last.remove(last.keySet().iterator().next());
            }
            return isNew;
        } finally {
            lock.unlock();
        }
    }
}
