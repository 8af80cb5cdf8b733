package org.pgmjms.provider.message;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/** Damages what was well-formed. */
public final class Mutants {
    private static final int CHECKSUM_AT = 8;
    private static final int HEADER_LENGTH = 28;

    private Mutants() {}

    /** A copy with one to three changes. */
    public static byte[] mutate(byte[] good, SplittableRandom random) {
        byte[] mutant = good.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && mutant.length > 0; i++) {
            int at = random.nextInt(mutant.length);
            switch (random.nextInt(6)) {
                case 0 -> mutant[at] = (byte) random.nextInt();
                case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutant[at] = (byte) (random.nextBoolean() ? 0xFF : 0x7F);
                case 3 -> mutant[at] = 0;
                case 4 -> mutant = Arrays.copyOf(mutant, at);
                default -> mutant = Arrays.copyOf(mutant, mutant.length + random.nextInt(8));
            }
        }
        return mutant;
    }

    /** Puts the checksum of an envelope right; leaves alone what is too short to have one. */
    public static ByteBuf sealed(ByteBuf envelope) {
        if (envelope.writerIndex() >= HEADER_LENGTH) {
            envelope.setInt(CHECKSUM_AT, EnvelopeFormat.checksum(new CRC32C(), envelope, 0, envelope.writerIndex()));
        }
        return envelope;
    }
}
