package org.pgmjms.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;

/** Lists of requested numbers in whatever order they come. RFC 3208, section 9.3. */
class NakListTest {
    private final PacketView view = new PacketView();

    @Test
    void readsTheMainNumberFirst() {
        accept(7, 8, 9, 12);

        assertEquals(List.of(7, 8, 9, 12), numbers());
        assertEquals(0, view.nak().disorder());
    }

    @Test
    void bringsADescendingListIntoOrder() {
        accept(7, 12, 9, 8);

        assertEquals(List.of(7, 8, 9, 12), numbers());
        assertEquals(2, view.nak().disorder());
    }

    @Test
    void namesEachNumberOnce() {
        accept(7, 7, 8, 8, 7, 9);

        assertEquals(List.of(7, 8, 9), numbers());
        assertEquals(3, view.nak().disorder());
    }

    @Test
    void runsAcrossTheWrap() {
        accept(-2, -1, 0, 1);

        assertEquals(List.of(-2, -1, 0, 1), numbers());
        assertEquals(0, view.nak().disorder());
    }

    @Test
    void takesNumbersBeforeTheMainOne() {
        accept(7, 5, 8);

        assertEquals(List.of(7, 5, 8), numbers());
        assertEquals(1, view.nak().disorder());
    }

    @Test
    void refusesHalfTheNumberSpace() {
        assertEquals(DecodeResult.OK, verdict(0, Integer.MAX_VALUE));
        assertEquals(DecodeResult.BAD_OPTION, verdict(0, Integer.MIN_VALUE));
        assertEquals(DecodeResult.BAD_OPTION, verdict(0, -1, Integer.MAX_VALUE));
        assertEquals(DecodeResult.BAD_OPTION, verdict(5, -10, Integer.MAX_VALUE));
    }

    /** A list of 63 beside the main number would be an option of 256 bytes, which its length byte cannot say. */
    @Test
    void endsAtSixtyTwoBesideTheMainNumber() {
        assertEquals(62, NakEncoder.MAX_NUMBERS - 1);
        assertEquals(DecodeResult.OK, verdict(IntStream.rangeClosed(0, 62).toArray()));
        assertEquals(
                DecodeResult.BAD_OPTIONS, verdict(IntStream.rangeClosed(0, 63).toArray()));
    }

    @Seeds(fresh = 500)
    void isASetInOrder(long seed) {
        Gen gen = new Gen(seed);
        int[] numbers = new int[1 + gen.below(NakEncoder.MAX_NUMBERS)];
        int from = gen.sqn();
        TreeSet<Integer> distances = new TreeSet<>();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = from + gen.below(80);
            distances.add(numbers[i] - numbers[0]);
        }

        accept(numbers);

        distances.remove(0);
        List<Integer> expected = new ArrayList<>(List.of(numbers[0]));
        distances.forEach(distance -> expected.add(numbers[0] + distance));
        assertEquals(expected, numbers());
    }

    private void accept(int... numbers) {
        assertEquals(DecodeResult.OK, verdict(numbers));
    }

    private DecodeResult verdict(int... numbers) {
        byte[] nak = Raw.packet(PacketType.NAK, Raw.IPV4);
        Raw.setInt(nak, NakDecoder.SQN_OFFSET, numbers[0]);
        if (numbers.length == 1) {
            return Raw.verdict(view, nak);
        }
        byte[] option = Raw.option(OptionType.NAK_LIST, numbers.length * Integer.BYTES);
        for (int i = 1; i < numbers.length; i++) {
            ByteBuffer.wrap(option).putInt(i * Integer.BYTES, numbers[i]);
        }
        return Raw.verdict(view, Raw.with(nak, option));
    }

    private List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < view.nak().count(); i++) {
            numbers.add(view.nak().sqn(i));
        }
        return numbers;
    }
}
