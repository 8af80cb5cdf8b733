package org.pgmjms.engine.wire;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;

/** Whatever comes in, a verdict comes out; and what is accepted can be read to the last field. */
class HostileBytesTest {
    private static final int MUTANTS_PER_SEED = 50_000;
    private static final int MUTANTS_PER_PACKET = 50;
    private static final long LONG_RUN = 10_000_000;

    /** What a verdict may take, instead of a time: the steps of a loop that does not end would be more. */
    private static final int MOST_READS = 250;

    private final PacketView view = new PacketView();
    private final Map<DecodeResult, Integer> verdicts = new EnumMap<>(DecodeResult.class);

    @Seeds(fresh = 20)
    void survivesMutants(long seed) {
        Gen gen = new Gen(seed);
        for (int i = 0; i < MUTANTS_PER_SEED; i += MUTANTS_PER_PACKET) {
            mutants(gen);
        }
        for (DecodeResult result : DecodeResult.values()) {
            boolean needsSession = result == DecodeResult.NOT_AUTHENTIC;
            assertTrue(needsSession || verdicts.containsKey(result), () -> result + " was never reached: " + verdicts);
        }
    }

    @Seeds(fresh = 10)
    void survivesNoise(long seed) {
        Gen gen = new Gen(seed);
        for (int i = 0; i < MUTANTS_PER_SEED; i++) {
            byte[] noise = gen.bytes(gen.below(200));
            if (noise.length > PgmHeader.TYPE_OFFSET && !gen.oneIn(5)) {
                noise[PgmHeader.TYPE_OFFSET] = (byte) gen.type().code();
                Gen.setChecksum(noise);
            }
            judge(noise);
        }
    }

    @Test
    @Tag("long")
    void survivesMillions() {
        Gen gen = new Gen(Long.getLong("seed", 1));
        for (long i = 0; i < LONG_RUN; i += MUTANTS_PER_PACKET) {
            mutants(gen);
        }
    }

    private void mutants(Gen gen) {
        byte[] packet = gen.packet();
        for (int i = 0; i < MUTANTS_PER_PACKET; i++) {
            judge(gen.mutant(packet));
        }
    }

    private void judge(byte[] packet) {
        CountedReads exact = new CountedReads(packet);
        DecodeResult verdict = view.wrap(exact, 0, packet.length);
        assertNotNull(verdict);
        assertTrue(exact.reads <= MOST_READS, () -> exact.reads + " reads");
        verdicts.merge(verdict, 1, Integer::sum);
        if (verdict == DecodeResult.OK || verdict == DecodeResult.PARITY) {
            Reading.everything(view);
        }
    }

    /** A packet, and how often a field of it was read; a sum over all of it is taken from its array. */
    private static final class CountedReads extends UnpooledHeapByteBuf {
        private int reads;

        CountedReads(byte[] packet) {
            super(UnpooledByteBufAllocator.DEFAULT, packet, packet.length);
        }

        @Override
        protected byte _getByte(int index) {
            reads++;
            return super._getByte(index);
        }

        @Override
        protected short _getShort(int index) {
            reads++;
            return super._getShort(index);
        }

        @Override
        protected int _getInt(int index) {
            reads++;
            return super._getInt(index);
        }

        @Override
        protected long _getLong(int index) {
            reads++;
            return super._getLong(index);
        }
    }
}
