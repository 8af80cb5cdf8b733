package org.pgmjms.engine.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Seeds;

class RangeListTest {
    private record Numbers(int first, int count) implements Range {}

    @Test
    void anEmptyOneHasNeitherEnd() {
        RangeList<Numbers> list = new RangeList<>();

        assertThat(list.isEmpty()).isTrue();
        assertThat(list.size()).isZero();
        assertThat(list.firstOrNull()).isNull();
        assertThat(list.lastOrNull()).isNull();
        assertThat(list.floor(0)).isEqualTo(-1);
        assertThat(list.find(0)).isNull();
    }

    @Test
    void aRangeHasItsNumbersAndNoOthers() {
        Numbers range = new Numbers(-2, 4);

        assertThat(range.end()).isEqualTo(2);
        assertThat(IntStream.rangeClosed(-10, 10).filter(range::contains)).containsExactly(-2, -1, 0, 1);
        assertThat(new Numbers(Integer.MAX_VALUE, 2).contains(Integer.MIN_VALUE))
                .isTrue();
    }

    @Test
    void findsTheRangeOfANumber() {
        RangeList<Numbers> list = new RangeList<>();
        list.addLast(new Numbers(10, 2));
        list.addLast(new Numbers(20, 3));

        assertThat(list.floor(9)).isEqualTo(-1);
        assertThat(list.floor(10)).isZero();
        assertThat(list.floor(19)).isZero();
        assertThat(list.floor(20)).isEqualTo(1);
        assertThat(list.find(9)).isNull();
        assertThat(list.find(11)).isEqualTo(new Numbers(10, 2));
        assertThat(list.find(12)).isNull();
        assertThat(list.find(22)).isEqualTo(new Numbers(20, 3));
        assertThat(list.find(23)).isNull();
    }

    @Test
    void isEmptyWhenCleared() {
        RangeList<Numbers> list = new RangeList<>();
        for (int i = 0; i < 5; i++) {
            list.addLast(new Numbers(2 * i, 1));
        }
        list.remove(0);

        list.clear();
        list.addLast(new Numbers(1, 1));

        assertThat(list.size()).isOne();
        assertThat(list.get(0)).isEqualTo(new Numbers(1, 1));
        assertThat(list.lastOrNull()).isSameAs(list.firstOrNull());
    }

    /** A plain list is as right, and much slower; numbers begin before the wrap and end behind it. */
    @Seeds
    void doesWhatAPlainListDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RangeList<Numbers> list = new RangeList<>();
        List<Numbers> plain = new ArrayList<>();
        int next = Integer.MAX_VALUE - 200;
        for (int step = 0; step < 300; step++) {
            if (!plain.isEmpty() && random.nextInt(5) < 2) {
                int index = random.nextBoolean() ? 0 : random.nextInt(plain.size());
                assertThat(list.remove(index)).isEqualTo(plain.remove(index));
            } else if (plain.size() > 1 && random.nextInt(3) == 0) {
                int index = random.nextInt(plain.size());
                Numbers before = plain.get(index);
                Numbers between = new Numbers(before.end() + 1, 1);
                if (list.find(between.first()) == null && list.floor(between.first()) == index) {
                    list.add(index + 1, between);
                    plain.add(index + 1, between);
                    next = Math.max(next - between.end(), 0) + between.end();
                }
            } else {
                Numbers last = new Numbers(next + random.nextInt(4), 1 + random.nextInt(3));
                next = last.end() + 2;
                list.addLast(last);
                plain.add(last);
            }
            check(list, plain);
        }
    }

    private static void check(RangeList<Numbers> list, List<Numbers> plain) {
        assertThat(IntStream.range(0, list.size()).mapToObj(list::get)).containsExactlyElementsOf(plain);
        assertThat(list.isEmpty()).isEqualTo(plain.isEmpty());
        if (!plain.isEmpty()) {
            assertThat(list.firstOrNull()).isEqualTo(plain.get(0));
            assertThat(list.lastOrNull()).isEqualTo(plain.get(plain.size() - 1));
            for (int sqn = plain.get(0).first() - 2;
                    sqn != list.get(list.size() - 1).end() + 2;
                    sqn++) {
                int number = sqn;
                assertThat(list.find(number))
                        .isEqualTo(plain.stream()
                                .filter(range -> range.contains(number))
                                .findFirst()
                                .orElse(null));
            }
        }
    }
}
