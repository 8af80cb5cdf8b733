package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A received object is made only of classes that were listed, within limits. Rules J1 and J2. */
class TrustedObjectTest {
    private static final String ORDER = Order.class.getName();
    private static final String GADGET = Gadget.class.getName();
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

    /** Does harm when it is read. */
    static final class Gadget implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        static boolean harmDone;

        @Serial
        private void readObject(ObjectInputStream in) {
            harmDone = true;
        }
    }

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

    private static PgmObjectMessage received(Serializable object, String... trusted) throws JMSException {
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

        Order read = (Order) received(order, ORDER, Line.class.getName(), Side.class.getName())
                .getObject();

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

    @Test
    void anAnonymousClassBelongsToTheClassAroundIt() throws JMSException {
        Serializable anonymous = anonymous();

        assertThat(received(anonymous, TrustedObjectTest.class.getName()).getObject())
                .isInstanceOf(anonymous.getClass());
        assertThatThrownBy(() -> received(anonymous, ORDER).getObject()).isInstanceOf(MessageFormatException.class);
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

    @Test
    void whatIsNotListedIsNotEvenLoaded() throws JMSException {
        Gadget.harmDone = false;
        RecordingLoader loader = new RecordingLoader();
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            for (Serializable hidden : List.of(
                    new Gadget(),
                    new Gadget[1],
                    new ArrayList<>(List.of(new Gadget())),
                    new HashMap<>(Map.of("k", new Gadget())),
                    new Line("x", new int[0], null, new Gadget()))) {
                PgmObjectMessage message = received(hidden, "java.util.*", Line.class.getName());

                assertRefused(message, Gadget.class.getSimpleName());
                assertThat(message.isBodyAssignableTo(Serializable.class)).isFalse();
            }
        } finally {
            thread.setContextClassLoader(usual);
        }
        assertThat(Gadget.harmDone).isFalse();
        assertThat(loader.asked).doesNotContain(GADGET).contains("java.util.ArrayList");
        received(new Gadget(), GADGET).getObject();
        assertThat(Gadget.harmDone).isTrue();
    }

    @Test
    void nothingButAskingForTheBodyDeserialises() throws JMSException {
        PgmObjectMessage sent = new PgmObjectMessage();
        sent.setObject(new Gadget());
        InboundMessage inbound = Deliveries.inbound(sent);
        Gadget.harmDone = false;

        for (int delivery = 1; delivery < 3; delivery++) {
            PgmObjectMessage received = (PgmObjectMessage) inbound.decode(delivery, 0);
            received.trust(new TrustedClasses(List.of(GADGET), LIMITS), () -> {});
            assertThat(received.toString()).isNotEmpty();
            assertThat(Collections.list(received.getPropertyNames())).isNotEmpty();
            Deliveries.content(received);
        }
        assertThat(inbound.toString()).isNotEmpty();
        assertThat(inbound.value("body")).isNull();

        assertThat(Gadget.harmDone).isFalse();
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

        assertRefused(received(new Gadget(), ORDER), GADGET);
        assertThatThrownBy(() -> received(nested(25), "java.util.*").getObject())
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

    /** Two to the 25th calls of hashCode, if anybody began with them. */
    @Test
    void deepSetsAreRefusedBeforeTheyAreHashed() throws JMSException {
        assertThatThrownBy(() -> received(nested(25), "java.util.*").getObject())
                .isInstanceOf(MessageFormatException.class)
                .hasMessageContaining("REJECTED");
        assertThat(received(nested(5), "java.util.*").getObject()).isInstanceOf(HashSet.class);
    }

    private static HashSet<Object> nested(int depth) {
        HashSet<Object> root = new HashSet<>();
        Set<Object> first = root;
        Set<Object> second = new HashSet<>();
        for (int i = 0; i < depth; i++) {
            Set<Object> left = new HashSet<>(Set.of("left"));
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
    void largeArraysAndManyReferencesAreRefused() throws JMSException {
        int longest = (int) LIMITS.arrayLength();
        for (Serializable large : List.of(
                new byte[longest + 1],
                new Object[longest + 1],
                new Order(new Line("x", new int[longest + 1], null, "")),
                new ArrayList<>(IntStream.range(0, 5_000).boxed().toList()),
                new ArrayList<>(Collections.nCopies(longest + 1, null)))) {
            assertThatThrownBy(() -> received(large, "java.util.*", ORDER, Line.class.getName())
                            .getObject())
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
        TrustedClasses trusted =
                new TrustedClasses(List.of("java.util.*", "java.math.*", ORDER, Line.class.getName()), LIMITS);
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
            Runtime.getRuntime().exit(REFUSED + readable(new Order.Part()) + readable(new Gadget()));
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
