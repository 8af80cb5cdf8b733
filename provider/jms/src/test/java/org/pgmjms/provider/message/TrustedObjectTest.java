package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A received object is made only of classes that were listed, within limits. Rules J1 and J2. */
class TrustedObjectTest {
    private static final String ORDER = Order.class.getName();
    private static final String LINE = Line.class.getName();
    private static final String SIDE = Side.class.getName();
    private static final String GADGET = Gadgets.Read.class.getName();
    private static final String LEAF = Gadgets.Leaf.class.getName();
    private static final TrustedClasses.Limits LIMITS = new TrustedClasses.Limits(12, 4_096, 65_536, Deliveries.LIMIT);

    /** Bodies that were refused. */
    private static int refused;

    enum Side {
        BUY,
        SELL {
            @Override
            int sign() {
                return -1;
            }
        };

        int sign() {
            return 1;
        }
    }

    record Line(String symbol, int[] fills, @Nullable Long size, Object extra) implements Serializable {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Line that && symbol.equals(that.symbol) && Objects.equals(size, that.size);
        }

        @Override
        public int hashCode() {
            return symbol.hashCode();
        }
    }

    static class Order implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        final Line[] lines;
        final Part part = new Part();

        Order(Line... lines) {
            this.lines = lines;
        }

        /** A class inside one that is listed. */
        static final class Part implements Serializable {
            @Serial
            private static final long serialVersionUID = 1;
        }
    }

    static class Outer implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        /** Holds on to its outer one. */
        class Inner implements Serializable {
            @Serial
            private static final long serialVersionUID = 1;

            Outer outer() {
                return Outer.this;
            }
        }
    }

    /** A lambda that can be written. */
    interface Supply extends Supplier<String>, Serializable {}

    /** Makes any interface out of nothing. */
    static final class Handler implements InvocationHandler, Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) {
            return null;
        }
    }

    /** Remembers which classes were asked for. */
    private static final class RecordingLoader extends ClassLoader {
        private final Set<String> asked = new HashSet<>();

        RecordingLoader() {
            super(TrustedObjectTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            asked.add(name);
            return super.loadClass(name, resolve);
        }
    }

    /** What arrives of an object where these are trusted, within {@link #LIMITS}. */
    static PgmObjectMessage received(Serializable object, String... trusted) throws JMSException {
        PgmObjectMessage sent = new PgmObjectMessage();
        sent.setObject(object);
        PgmObjectMessage received = Deliveries.deliver(sent);
        received.trust(new TrustedClasses(List.of(trusted), LIMITS), () -> refused++);
        return received;
    }

    @Test
    void aListedClassMayHoldWhatEveryObjectNeeds() throws JMSException {
        Line line = new Line("MSFT", new int[] {1, 2}, 3L, Side.SELL);
        Order order = new Order(line, new Line("IBM", new int[0], null, new double[][] {{0.5}}));

        Order read = (Order) received(order, ORDER, LINE, SIDE).getObject();

        assertThat(read.lines).isEqualTo(order.lines);
        assertThat(read.lines[0].fills()).containsExactly(1, 2);
        assertThat(((Side) read.lines[0].extra()).sign()).isEqualTo(-1);
    }

    @Test
    void boxesTextsAndPrimitiveArraysNeedNoEntry() throws JMSException {
        for (Serializable each : List.of(
                "text", 1, 2L, (short) 3, (byte) 4, 5f, 6.0, 'c', true, new String[] {"a"}, new Integer[] {1})) {
            assertThat(received(each, "a.B").getObject()).isEqualTo(each);
        }
        assertThat((byte[]) received(new byte[] {1}, "a.B").getObject()).containsExactly(1);
        assertThat((long[][]) received(new long[][] {{1}}, "a.B").getObject()).isDeepEqualTo(new long[][] {{1}});
    }

    @Test
    void anEmptyListTrustsNoClassAtAll() throws JMSException {
        assertRefused(received(1), "class java.lang.Integer");
        assertRefused(received(new byte[] {1}), "class [B");
        assertRefused(received(Side.SELL), "class " + Side.class.getName());
        assertRefused(received("text"), "class java.lang.String");
    }

    private static Serializable anonymous() {
        return new Order() {
            @Serial
            private static final long serialVersionUID = 1;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.util.ArrayList", "java.util.*", "java.util.**", "java.**"})
    void packagesCanBeListed(String entry) throws JMSException {
        assertThat(received(new ArrayList<>(List.of(1)), entry).getObject()).isEqualTo(List.of(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.Array",
                "java.util.ArrayList.*",
                "java.*",
                "java.util",
                "java.util.concurrent.**",
                "ArrayList"
            })
    void otherEntriesDoNotMatch(String entry) throws JMSException {
        assertRefused(received(new ArrayList<>(List.of(1)), entry), "class java.util.ArrayList");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "**",
                "",
                ".*",
                "java.util.Array*",
                "!java.util.*",
                "java.util.*;*",
                "maxdepth=50",
                "a..b",
                "java/util",
                "1a"
            })
    void entriesThatAreNoNamesAreRefused(String entry) {
        assertThatThrownBy(() -> new TrustedClasses(List.of(entry), LIMITS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + entry + "'");
    }

    /** Objects of every kind of class, and what has to be listed for them. */
    static Stream<Arguments> kinds() {
        class Local implements Serializable {
            @Serial
            private static final long serialVersionUID = 1;
        }
        Supply lambda = () -> "made";
        Line line = new Line("x", new int[] {1}, 2L, new byte[1][1]);
        String own = TrustedObjectTest.class.getName();
        return Stream.of(
                Arguments.of("class", new Order.Part(), List.of(ORDER)),
                Arguments.of("inner", new Outer().new Inner(), List.of(Outer.class.getName())),
                Arguments.of("anonymous", anonymous(), List.of(own)),
                Arguments.of("local", new Local(), List.of(own)),
                Arguments.of("enum", Side.BUY, List.of(SIDE)),
                Arguments.of("enum with a body", Side.SELL, List.of(SIDE)),
                Arguments.of("record", line, List.of(LINE)),
                Arguments.of("lambda", lambda, List.of("java.lang.invoke.SerializedLambda", own)),
                Arguments.of("array", new Line[] {line}, List.of(LINE)),
                Arguments.of("array of arrays", new Line[][] {{line}}, List.of(LINE)),
                Arguments.of("array of anything", new Object[] {line, Side.BUY}, List.of(LINE, SIDE)),
                Arguments.of("list", new ArrayList<>(List.of(line)), List.of("java.util.ArrayList", LINE)),
                Arguments.of(
                        "map", new HashMap<>(Map.of(line, new Order())), List.of("java.util.HashMap", LINE, ORDER)),
                Arguments.of(
                        "map of an enum",
                        new EnumMap<>(Map.of(Side.BUY, line)),
                        List.of("java.util.EnumMap", SIDE, LINE)),
                Arguments.of("class itself", Order.class, List.of(ORDER)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void everyKindOfClassIsReadWhenAllIsListedAndOnlyThen(String kind, Serializable object, List<String> needed)
            throws JMSException {
        assertThat(received(object, needed.toArray(String[]::new)).getObject())
                .as(kind)
                .satisfies(read -> assertThat(
                                object instanceof Supply || object.getClass().isInstance(read))
                        .isTrue());
        for (String without : needed) {
            String[] rest =
                    needed.stream().filter(each -> !each.equals(without)).toArray(String[]::new);
            assertRefused(received(object, rest.length == 0 ? new String[] {"a.B"} : rest), "class ");
        }
    }

    /** Bare, and wherever else one may hide. */
    private static List<Serializable> hiding(Serializable gadget) {
        List<Serializable> places = new ArrayList<>(List.of(
                gadget,
                new Object[] {1, gadget},
                new ArrayList<>(List.of(gadget)),
                new HashMap<>(Map.of("k", gadget)),
                new HashMap<>(Map.of(gadget, "v")),
                new Line("x", new int[0], null, gadget)));
        if (gadget.getClass().getName().startsWith(Gadgets.class.getName())) {
            places.add((Serializable) Array.newInstance(gadget.getClass(), 1));
            places.add(gadget.getClass());
        }
        return places;
    }

    @Test
    void whatIsNotListedIsNotEvenLoaded() throws JMSException {
        RecordingLoader loader = new RecordingLoader();
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            for (Serializable gadget : Gadgets.all()) {
                for (Serializable hidden : hiding(gadget)) {
                    PgmObjectMessage message = received(hidden, "java.util.*", LINE);
                    Gadgets.HARM.clear();

                    assertRefused(message, Gadgets.class.getName());
                    assertThat(message.isBodyAssignableTo(Serializable.class)).isFalse();
                    assertThat(Gadgets.HARM).isEmpty();
                }
            }
        } finally {
            thread.setContextClassLoader(usual);
        }
        assertThat(loader.asked)
                .contains("java.util.ArrayList", LINE)
                .noneMatch(each -> each.startsWith(Gadgets.class.getName()));
        for (Serializable gadget : Gadgets.all()) {
            PgmObjectMessage message = received(gadget, "java.util.*", Gadgets.class.getName());
            Gadgets.HARM.clear();

            message.getObject();
            assertThat(Gadgets.HARM).as("or this gadget tests nothing").isNotEmpty();
        }
    }

    @Test
    void whatIsNotListedIsNotInitialised() throws JMSException {
        byte[] loaded = Gadgets.renamed(new Gadgets.LoadedB(), Gadgets.LoadedB.class, Gadgets.LoadedA.class);
        byte[] named = Gadgets.renamed(Gadgets.NamedB.ONE, Gadgets.NamedB.class, Gadgets.NamedA.class);
        Gadgets.HARM.clear();

        for (byte[] each : new byte[][] {loaded, named}) {
            PgmObjectMessage message = Deliveries.deliver(PgmObjectMessage.serialized(each));
            assertThatThrownBy(message::getObject).isInstanceOf(MessageFormatException.class);
            message.trust(new TrustedClasses(List.of(ORDER), LIMITS), () -> {});
            assertRefused(message, Gadgets.class.getName());
            assertThat(Gadgets.HARM).isEmpty();
        }
        TrustedClasses all = new TrustedClasses(List.of(Gadgets.class.getName()), LIMITS);
        assertThat(SerializedObject.read(loaded, all)).isNotNull();
        assertThat(SerializedObject.read(named, all)).isNotNull();
        assertThat(Gadgets.HARM)
                .as("or they test nothing")
                .containsExactlyInAnyOrder("static initialiser", "static initialiser of an enum");
    }

    @Test
    void nothingButAskingForTheBodyDeserialises() throws JMSException {
        PgmObjectMessage sent = new PgmObjectMessage();
        sent.setObject(new Gadgets.Read());
        InboundMessage inbound = Deliveries.inbound(sent);
        Gadgets.HARM.clear();

        for (int delivery = 1; delivery < 3; delivery++) {
            PgmObjectMessage received = (PgmObjectMessage) inbound.decode(delivery, 0);
            received.trust(new TrustedClasses(List.of(GADGET), LIMITS), () -> {});
            assertThat(received.toString()).isNotEmpty();
            assertThat(Collections.list(received.getPropertyNames())).isNotEmpty();
            Deliveries.content(received);
        }
        assertThat(inbound.toString()).isNotEmpty();
        assertThat(inbound.value("body")).isNull();

        assertThat(Gadgets.HARM).isEmpty();
    }

    @Test
    void proxiesAreRefusedWhateverIsListed() throws JMSException {
        Object proxy = Proxy.newProxyInstance(
                TrustedObjectTest.class.getClassLoader(), new Class<?>[] {Comparable.class}, new Handler());

        assertRefused(
                received((Serializable) proxy, "java.**", "jdk.**", "com.**", "org.**"),
                "a proxy of java.lang.Comparable");
    }

    @Test
    void eachBodyThatIsRefusedIsTold() throws JMSException {
        refused = 0;

        assertRefused(received(new Gadgets.Read(), ORDER), GADGET);
        assertThatThrownBy(() -> received(nested(25), "java.util.*", LEAF).getObject())
                .isInstanceOf(MessageFormatException.class);
        received(1, ORDER).getObject();

        assertThat(refused).isEqualTo(2);
    }

    @Test
    void limitsAreThoseThatAreSet() throws JMSException {
        PgmObjectMessage message = received(new byte[11], "a.B");
        message.trust(new TrustedClasses(List.of("a.B"), new TrustedClasses.Limits(9, 99, 10, 1_000)), () -> {});
        assertThatThrownBy(message::getObject).hasMessageContaining("REJECTED");
        message.trust(new TrustedClasses(List.of("a.B"), new TrustedClasses.Limits(9, 99, 11, 1_000)), () -> {});
        assertThat((byte[]) message.getObject()).hasSize(11);

        PgmObjectMessage deep = received(new Object[] {new Object[] {1}}, "a.B");
        deep.trust(new TrustedClasses(List.of("a.B"), new TrustedClasses.Limits(9, 99, 1, 1_000)), () -> {});
        assertThat(deep.getObject()).isNotNull();
        deep.trust(new TrustedClasses(List.of("a.B"), new TrustedClasses.Limits(2, 99, 1, 1_000)), () -> {});
        assertThatThrownBy(deep::getObject).hasMessageContaining("REJECTED");
        deep.trust(new TrustedClasses(List.of("a.B"), new TrustedClasses.Limits(9, 1, 1, 1_000)), () -> {});
        assertThatThrownBy(deep::getObject).hasMessageContaining("REJECTED");
    }

    /** Two to the 25th calls of hashCode, if anybody began with them; what is seen of it stays below the depth. */
    @Test
    void deepSetsAreRefusedBeforeTheyAreHashed() throws JMSException {
        PgmObjectMessage deep = received(nested(25), "java.util.*", LEAF);
        PgmObjectMessage shallow = received(nested(5), "java.util.*", LEAF);
        Gadgets.Leaf.made = 0;
        Gadgets.Leaf.hashed = 0;

        assertThatThrownBy(deep::getObject)
                .isInstanceOf(MessageFormatException.class)
                .hasMessageContaining("REJECTED");
        assertThat(Gadgets.Leaf.made).isLessThanOrEqualTo((int) LIMITS.depth());
        assertThat(Gadgets.Leaf.hashed).isLessThanOrEqualTo((int) LIMITS.depth());
        assertThat(shallow.getObject()).isInstanceOf(HashSet.class);
        assertThat(Gadgets.Leaf.hashed).as("or nobody hashes").isGreaterThan(1 << 5);
    }

    private static HashSet<Object> nested(int depth) {
        HashSet<Object> root = new HashSet<>();
        Set<Object> first = root;
        Set<Object> second = new HashSet<>();
        for (int i = 0; i < depth; i++) {
            Set<Object> left = new HashSet<>(Set.of(new Gadgets.Leaf()));
            Set<Object> right = new HashSet<>();
            first.add(left);
            first.add(right);
            second.add(left);
            second.add(right);
            first = left;
            second = right;
        }
        return root;
    }

    @Test
    void depthAndReferencesAreCountedToTheLastOne() throws JMSException {
        assertThat(received(arrays(12), "a.B").getObject()).isNotNull();
        assertThatThrownBy(() -> received(arrays(13), "a.B").getObject()).hasMessageContaining("REJECTED");
        assertThat(received(numbers(4_096), "a.B").getObject()).isNotNull();
        assertThatThrownBy(() -> received(numbers(4_097), "a.B").getObject())
                .hasMessageContaining("REJECTED")
                .hasMessageContaining("jms.deserialization.maxReferences");
    }

    /** One in the other. */
    private static Object[] arrays(int depth) {
        return depth == 1 ? new Object[0] : new Object[] {arrays(depth - 1)};
    }

    /** Numbers that are all different, with their array and three classes. */
    private static Integer[] numbers(int references) {
        return IntStream.range(4, references).boxed().toArray(Integer[]::new);
    }

    @Test
    void largeArraysAndManyReferencesAreRefused() throws JMSException {
        int longest = (int) LIMITS.arrayLength();
        for (Serializable large : List.of(
                new byte[longest + 1],
                new Object[longest + 1],
                new Order(new Line("x", new int[longest + 1], null, "")),
                new ArrayList<>(IntStream.range(0, 5_000).boxed().toList()),
                new ArrayList<>(Collections.nCopies(longest + 1, null)))) {
            assertThatThrownBy(() -> received(large, "java.util.*", ORDER, LINE).getObject())
                    .isInstanceOf(MessageFormatException.class)
                    .hasMessageContaining("REJECTED");
        }
        assertThat((byte[]) received(new byte[longest], "a.B").getObject()).hasSize(longest);
    }

    @Test
    void bodiesAreNoLongerThanAMessage() throws JMSException {
        PgmObjectMessage message = received(new Object[] {"x".repeat(2_000), 1}, "a.B");
        message.trust(
                new TrustedClasses(List.of("a.B"), new TrustedClasses.Limits(12, 4_096, 65_536, 1_000)), () -> {});

        assertThatThrownBy(message::getObject).hasMessageContaining("REJECTED");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void mutantsGiveAnObjectOrAMessageFormatException(long seed) throws JMSException {
        TrustedClasses trusted = new TrustedClasses(List.of("java.util.*", "java.math.*", ORDER, LINE), LIMITS);
        byte[] good = SerializedObject.write(new HashMap<>(Map.of(
                "list", new ArrayList<>(List.of(1, 2L, BigDecimal.TEN)),
                "order", new Order(),
                "set", new HashSet<>(Set.of("a", "b")))));
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] mutant = good.clone();
            for (int k = random.nextInt(3); k >= 0; k--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            try {
                SerializedObject.read(mutant, trusted);
            } catch (MessageFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 1_999);
    }

    /** The filter of the JVM can be set once and for all: in a JVM of its own. */
    @Test
    void theFilterOfTheJvmCountsToo() throws IOException, InterruptedException {
        assertThat(readInAnotherJvm("!" + ORDER + "$Part")).isEqualTo(Reading.REFUSED);
        assertThat(readInAnotherJvm("*")).isEqualTo(Reading.ORDER_ONLY);
    }

    private static int readInAnotherJvm(String filter) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = System.getProperty("java.class.path");
        return new ProcessBuilder(java, "-Djdk.serialFilter=" + filter, "-cp", path, Reading.class.getName())
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Tries to read an order, which is trusted, and a gadget, which is not; the exit status says what could be read. */
    static final class Reading {
        static final int REFUSED = 10;
        static final int ORDER_ONLY = 11;

        private Reading() {}

        public static void main(String[] arguments) {
            Runtime.getRuntime().exit(REFUSED + readable(new Order.Part()) + readable(new Gadgets.Read()));
        }

        private static int readable(Serializable object) {
            try {
                received(object, ORDER).getObject();
                return 1;
            } catch (JMSException e) {
                return 0;
            }
        }
    }

    private static void assertRefused(PgmObjectMessage message, String what) {
        assertThatThrownBy(message::getObject)
                .isInstanceOf(MessageFormatException.class)
                .hasMessageContaining(what)
                .hasMessageContaining("jms.deserialization.allowList")
                .extracting(e -> ((JMSException) e).getErrorCode())
                .isEqualTo("PGM_1012");
    }
}
