package org.pgmjms.engine.window;

/** What all receive windows of one channel may hold together. Not thread-safe. */
public final class WindowBudget {
    private final long limitBytes;
    private long usedBytes;

    /** Nothing used yet. */
    public WindowBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Takes that much, if there is room for it. */
    public boolean tryTake(long bytes) {
        if (bytes > limitBytes - usedBytes) {
            return false;
        }
        usedBytes += bytes;
        return true;
    }

    /** Gives back what was taken. */
    public void give(long bytes) {
        usedBytes -= bytes;
        assert usedBytes >= 0 : usedBytes;
    }

    /** What is taken. */
    public long usedBytes() {
        return usedBytes;
    }

    /** What is left. */
    public long freeBytes() {
        return limitBytes - usedBytes;
    }
}
