package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgmjms.provider.message.TrustedObjectTest.received;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import java.io.Serial;
import java.io.Serializable;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Received objects may share others, but not so that nobody can ever hash them. Rule J1. */
class SharedObjectsTest {
    private static final String PAIR = Pair.class.getName();
    private static final String COPY = Copy.class.getName();
    private static final String LEAF = Gadgets.Leaf.class.getName();

    record Pair(@Nullable Object first, @Nullable Object second) implements Serializable {}

    record Copy(List<Object> all) implements Serializable {
        Copy {
            all = List.copyOf(all);
        }
    }

    /** Can be part of a ring, as records cannot. */
    static final class Holder implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        private final Serializable first;
        private final Serializable second;

        Holder(Serializable first, Serializable second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public int hashCode() {
            return Objects.hash(first, second);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Holder that && first.equals(that.first) && second.equals(that.second);
        }
    }

    /** Nothing of it lies deep, and there are no more than 500 references. */
    @Test
    void whatSharesWithoutEndIsRefusedBeforeItIsHashed() throws JMSException {
        for (Serializable endless : new Serializable[] {
            sets(25),
            sets(80),
            chain(80, Pair::new),
            chain(80, (first, second) -> new ArrayList<>(List.of(first, second))),
            chain(80, (first, second) -> new HashMap<>(Map.of("first", first, "second", second))),
            chain(80, (first, second) -> new SimpleEntry<>(first, second)),
            chain(80, (first, second) -> new Pair(new Object[] {first}, second)),
            chain(80, (first, second) -> new Pair(new Copy(List.of(first)), second)),
            aroundARing()
        }) {
            PgmObjectMessage message = received(endless, "java.util.*", SharedObjectsTest.class.getName(), LEAF);
            Gadgets.Leaf.hashed = 0;

            assertThatThrownBy(message::getObject)
                    .isInstanceOf(MessageFormatException.class)
                    .hasMessageContaining("REJECTED: more than 16384 ways");
            assertThat(Gadgets.Leaf.hashed).isLessThan(1 << 17);
        }
    }

    /** Sets side by side, the first ones empty: each holds the two before it, and something of its own. */
    private static Serializable sets(int length) {
        List<HashSet<Object>> all = new ArrayList<>();
        for (int i = 0; i < 2 * length; i++) {
            all.add(new HashSet<>(Set.of(new Gadgets.Leaf())));
        }
        for (int i = 2 * length - 1; i > 2; i--) {
            int before = i - 2 - i % 2;
            all.get(i).addAll(Arrays.asList(all.get(before), all.get(before + 1)));
        }
        return (Serializable) all;
    }

    /** Two of a kind, each of which holds the two before it. */
    private static Serializable chain(int length, BinaryOperator<Object> both) {
        ArrayList<Object> all = new ArrayList<>();
        Object first = "first";
        Object second = "second";
        for (int i = 0; i < length; i++) {
            Object next = both.apply(first, second);
            second = both.apply(second, first);
            first = next;
            all.addAll(Arrays.asList(first, second));
        }
        return all;
    }

    /** Small as long as its ring was not complete; an array, which has the hash of any object, closes that. */
    private static Serializable aroundARing() {
        ArrayList<Object> much = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            much.add(new Pair(i, i));
        }
        Object[] closing = new Object[1];
        Holder ring = new Holder(closing, much);
        Holder inside = new Holder(ring, "small");
        closing[0] = inside;
        ArrayList<Object> all = new ArrayList<>(List.of(ring));
        for (int i = 0; i < 100; i++) {
            all.add(new Pair(inside, i));
        }
        return all;
    }

    /** As orders share their customer, and lines know their order; and copies that a class makes of its own. */
    @Test
    void whatManyShareIsRead() throws JMSException {
        Pair shared = new Pair(new ArrayList<>(List.of("a", "b")), 1);
        ArrayList<Object> orders = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            orders.add(new Pair(shared, new Copy(new ArrayList<>(List.of(shared, i)))));
        }
        ArrayList<Object> ring = new ArrayList<>();
        ring.add(new Object[] {ring, "line"});
        ring.add(new Pair(ring, "line"));
        HashSet<Object> set = new HashSet<>(Set.of(new ArrayList<>(List.of(shared, new Pair(shared, 2)))));

        for (Serializable each : new Serializable[] {orders, set}) {
            assertThat(received(each, "java.util.*", PAIR, COPY).getObject()).isEqualTo(each);
        }
        List<?> read = (List<?>) received(ring, "java.util.*", PAIR).getObject();
        assertThat(((Pair) read.get(1)).first()).isSameAs(read);
    }
}
