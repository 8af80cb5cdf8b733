package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.testing.Seeds;

class NameWordsTest {
    private static final int LONGEST = 255;

    private static boolean sameWords(byte[] a, byte[] b) {
        return NameWords.head(a) == NameWords.head(b) && NameWords.tail(a) == NameWords.tail(b);
    }

    /** Few different bytes, zero and negative ones among them, so that names look alike. */
    private static byte[] name(SplittableRandom random, int longest) {
        byte[] name = new byte[1 + random.nextInt(longest)];
        for (int i = 0; i < name.length; i++) {
            name[i] = (byte) (random.nextInt(3) - 1);
        }
        return name;
    }

    @Seeds
    void sayAllOfAShortNameAndNothingWrongOfALongOne(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] a = name(random, 20);
            byte[] b = a.clone();
            int changed = random.nextInt(4);
            if (changed == 1) {
                b[random.nextInt(b.length)]++;
            } else if (changed == 2) {
                b = Arrays.copyOf(b, b.length + 1);
            } else if (changed == 3) {
                b = name(random, 20);
            }
            boolean isAll = NameWords.isAll(NameWords.head(a)) && NameWords.isAll(NameWords.head(b));
            if (isAll) {
                assertThat(sameWords(a, b)).isEqualTo(Arrays.equals(a, b));
            } else {
                assertThat(sameWords(a, b) || !Arrays.equals(a, b)).isTrue();
            }
        }
    }

    @Test
    void fifteenBytesAreAllAndSixteenAreNot() {
        assertThat(NameWords.isAll(NameWords.head(new byte[15]))).isTrue();
        assertThat(NameWords.isAll(NameWords.head(new byte[16]))).isFalse();
        assertThat(NameWords.isAll(NameWords.head(new byte[LONGEST]))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 14, 15, 16, 17, LONGEST})
    void aFrameSaysTheSameOfItsName(int length) {
        byte[] name = new byte[length];
        for (int i = 0; i < length; i++) {
            name[i] = (byte) ('a' + i % 26);
        }
        ByteBuf envelope = Unpooled.buffer(1024);
        EnvelopeWriter writer = new EnvelopeWriter(new Incarnation(1, 2));
        writer.begin(envelope, 0, 1024);
        writer.append(7, name, 1, true, Unpooled.buffer().writeInt(0), 0, Integer.BYTES);
        EnvelopeReader reader = new EnvelopeReader();
        assertThat(reader.wrap(envelope, 0, writer.finish())).isEqualTo(Verdict.OK);
        assertThat(reader.nextFrame()).isTrue();

        assertThat(reader.frame().nameHead()).isEqualTo(NameWords.head(name));
        assertThat(reader.frame().nameTail()).isEqualTo(NameWords.tail(name));
    }
}
