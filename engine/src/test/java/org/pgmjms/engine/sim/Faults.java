package org.pgmjms.engine.sim;

import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.pgmjms.engine.wire.PacketView;

/**
 * What a link does to packets: loss (independent and in bursts, Gilbert-Elliott), delay, jitter and hence reordering,
 * duplication, bit errors, and a filter. Mutable, so that a run can change the weather.
 */
public final class Faults {
    private static final int WORD_BYTES = 2;

    private final RandomGenerator random;
    private boolean inBurst;

    public double loss;
    public double burstStart;
    public double burstEnd = 1;
    public double duplicate;
    public double corrupt;
    public double replay;
    public long replayNs;
    public long delayNs = 100_000;
    public long jitterNs;
    public boolean partitioned;
    /** Longer packets do not get through; 0 for all do. */
    public int mtuBytes;

    public Predicate<PacketView> filter = packet -> false;

    public long offered;
    public long dropped;
    public long droppedInBursts;
    public long partitionedAway;
    public long filtered;
    public long tooLong;
    public long duplicated;
    public long corrupted;
    public long replayed;

    public Faults(RandomGenerator random) {
        this.random = random;
    }

    /** Ends all trouble; the delay stays. */
    public void heal() {
        loss = 0;
        burstStart = 0;
        inBurst = false;
        duplicate = 0;
        corrupt = 0;
        replay = 0;
        jitterNs = 0;
        partitioned = false;
        mtuBytes = 0;
        filter = packet -> false;
    }

    /** Whether this packet is lost; each is asked about once. */
    boolean drops(PacketView packet) {
        offered++;
        inBurst = inBurst ? random.nextDouble() >= burstEnd : random.nextDouble() < burstStart;
        if (partitioned) {
            partitionedAway++;
        } else if (mtuBytes > 0 && packet.length() > mtuBytes) {
            tooLong++;
        } else if (filter.test(packet)) {
            filtered++;
        } else if (inBurst) {
            droppedInBursts++;
        } else if (random.nextDouble() >= loss) {
            return false;
        }
        dropped++;
        return true;
    }

    int copies() {
        boolean twice = duplicate > 0 && random.nextDouble() < duplicate;
        duplicated += twice ? 1 : 0;
        return twice ? 2 : 1;
    }

    /**
     * The packet, or one with a few bits changed. They all lie in one word of 16 bits, since a burst that short is what
     * the checksum never misses: whatever gets through is the code's mistake.
     */
    byte[] maybeCorrupt(byte[] packet) {
        if (corrupt == 0 || packet.length < WORD_BYTES || random.nextDouble() >= corrupt) {
            return packet;
        }
        byte[] damaged = packet.clone();
        int at = random.nextInt(packet.length / WORD_BYTES) * WORD_BYTES;
        int bits = random.nextInt(1, 1 << Short.SIZE - 1);
        damaged[at] ^= (byte) (bits >>> Byte.SIZE);
        damaged[at + 1] ^= (byte) bits;
        corrupted++;
        return damaged;
    }

    /** Whether the packet comes once more, long after. */
    boolean replays() {
        boolean again = replay > 0 && random.nextDouble() < replay;
        replayed += again ? 1 : 0;
        return again;
    }

    long replayNs() {
        return random.nextLong(replayNs);
    }

    long transitNs() {
        return delayNs + (jitterNs > 0 ? random.nextLong(jitterNs) : 0);
    }
}
