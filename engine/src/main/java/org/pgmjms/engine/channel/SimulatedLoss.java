package org.pgmjms.engine.channel;

import java.util.SplittableRandom;
import org.pgmjms.engine.wire.PacketType;

/** Drops a share of what is received, for tests and demonstrations; the same for the same seed. One owner. */
final class SimulatedLoss {
    private final double share;
    private final SplittableRandom random;

    SimulatedLoss(double percent, long seed) {
        this.share = percent / 100;
        this.random = new SplittableRandom(seed);
    }

    /** Whether to drop the next packet; draws only for what a source sends and its receivers need. */
    boolean drops(PacketType type) {
        return switch (type) {
            case ODATA, RDATA, SPM, NCF -> share > 0 && random.nextDouble() < share;
            case NAK, NNAK, SPMR, POLL, POLR, ACK -> false;
        };
    }
}
