package org.pgmjms.engine.sim;

import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.pgmjms.engine.wire.PacketView;

/**
 * What a link does to packets: loss (independent and in bursts, Gilbert-Elliott), delay, jitter and hence reordering,
 * duplication, bit errors, and a filter. Mutable, so that a run can change the weather.
 */
public final class Faults {
    private final RandomGenerator random;
    private boolean inBurst;

    public double loss;
    public double burstStart;
    public double burstEnd = 1;
    public double duplicate;
    public double corrupt;
    public long delayNs = 100_000;
    public long jitterNs;
    public boolean partitioned;
    public Predicate<PacketView> filter = packet -> false;

    public long offered;
    public long dropped;
    public long duplicated;
    public long corrupted;

    public Faults(RandomGenerator random) {
        this.random = random;
    }

    /** Ends all trouble; delays stay. */
    public void heal() {
        loss = 0;
        burstStart = 0;
        inBurst = false;
        duplicate = 0;
        corrupt = 0;
        partitioned = false;
        filter = packet -> false;
    }

    boolean drops(PacketView packet) {
        offered++;
        inBurst = inBurst ? random.nextDouble() >= burstEnd : random.nextDouble() < burstStart;
        boolean drop = partitioned || inBurst || random.nextDouble() < loss || filter.test(packet);
        dropped += drop ? 1 : 0;
        return drop;
    }

    int copies() {
        boolean twice = random.nextDouble() < duplicate;
        duplicated += twice ? 1 : 0;
        return twice ? 2 : 1;
    }

    void maybeCorrupt(byte[] packet) {
        if (packet.length > 0 && random.nextDouble() < corrupt) {
            int bits = random.nextInt(1, 9);
            for (int i = 0; i < bits; i++) {
                packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            }
            corrupted++;
        }
    }

    long transitNs() {
        return delayNs + (jitterNs > 0 ? random.nextLong(jitterNs) : 0);
    }
}
