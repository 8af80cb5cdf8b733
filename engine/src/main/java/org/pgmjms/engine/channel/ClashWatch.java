package org.pgmjms.engine.channel;

/**
 * When a source gives up its name, as somebody else sends under the same: after three packets within a minute. Who has been
 * there for a while first lets the other one do that, for three seconds. Reads no clock; one thread.
 */
final class ClashWatch {
    private static final int ENOUGH = 3;
    private static final long SECOND = 1_000_000_000;
    /** How long packets of the other one are remembered. */
    static final long MEMORY_NS = 60 * SECOND;

    private static final long YOUTH_NS = 3 * SECOND;
    private static final long PATIENCE_NS = 3 * SECOND;

    private final long bornNs;
    private int packets;
    private long firstNs;
    private boolean isTold;

    /** For a source that began then. */
    ClashWatch(long bornNs) {
        this.bornNs = bornNs;
    }

    /** A packet of the other one came; whether this is the one to tell the source of. */
    boolean onPacket(long nowNs) {
        if (packets == 0 || nowNs - firstNs > MEMORY_NS) {
            packets = 0;
            firstNs = nowNs;
            isTold = false;
        }
        packets++;
        boolean isYoung = firstNs - bornNs < YOUTH_NS;
        if (isTold || packets < ENOUGH || !isYoung && nowNs - firstNs < PATIENCE_NS) {
            return false;
        }
        isTold = true;
        return true;
    }
}
