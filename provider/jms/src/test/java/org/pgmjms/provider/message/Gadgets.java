package org.pgmjms.provider.message;

import jakarta.jms.JMSException;
import java.io.Externalizable;
import java.io.InvalidObjectException;
import java.io.NotActiveException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectInputValidation;
import java.io.ObjectOutput;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Classes that do harm at one moment each of being read, and what harm was done. */
final class Gadgets {
    /** The moments at which harm was done. */
    static final Set<String> HARM = ConcurrentHashMap.newKeySet();

    private Gadgets() {}

    private static void harm(String moment) {
        HARM.add(moment);
    }

    /** One of each, by the moment at which it does harm, but those that do it when their class is initialised. */
    static List<Serializable> all() {
        return List.of(
                new Read(),
                new Resolved(),
                new Validated(),
                new External(),
                new Derived(),
                new Canonical(1),
                new HashSet<>(List.of(new Hashed(1))),
                new PriorityQueue<>(List.of(new Compared(1), new Compared(2))));
    }

    /**
     * The bytes of an object with another class in the place of one, which need not be initialised for that: the two
     * differ by their names only, which are equally long.
     */
    static byte[] renamed(Serializable object, Class<?> from, Class<?> to) throws JMSException {
        String bytes = new String(SerializedObject.write(object), StandardCharsets.ISO_8859_1);
        return bytes.replace(from.getName(), to.getName()).getBytes(StandardCharsets.ISO_8859_1);
    }

    static final class Read implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        @Serial
        private void readObject(ObjectInputStream in) {
            harm("readObject");
        }
    }

    static final class Resolved implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        @Serial
        private Object readResolve() {
            harm("readResolve");
            return this;
        }
    }

    static final class Validated implements Serializable, ObjectInputValidation {
        @Serial
        private static final long serialVersionUID = 1;

        @Serial
        private void readObject(ObjectInputStream in) throws InvalidObjectException, NotActiveException {
            in.registerValidation(this, 0);
        }

        @Override
        public void validateObject() {
            harm("validateObject");
        }
    }

    /** Public, as its constructor has to be. */
    public static final class External implements Externalizable {
        @Serial
        private static final long serialVersionUID = 1;

        public External() {
            harm("constructor of an Externalizable");
        }

        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {
            harm("readExternal");
        }
    }

    static class Base {
        Base() {
            harm("constructor of a superclass");
        }
    }

    static final class Derived extends Base implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;
    }

    record Canonical(int value) implements Serializable {
        Canonical {
            harm("constructor of a record");
        }
    }

    record Compared(int value) implements Comparable<Compared>, Serializable {
        @Override
        public int compareTo(Compared other) {
            harm("compareTo");
            return Integer.compare(value, other.value);
        }
    }

    record Hashed(int value) implements Serializable {
        @Override
        public int hashCode() {
            harm("hashCode");
            return value;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Hashed that && value == that.value;
        }
    }

    /** A leaf of nested sets: counts how many are made, and how often one is asked for its hash. */
    static final class Leaf implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        static int made;
        static int hashed;

        @Serial
        private void readObject(ObjectInputStream in) {
            made++;
        }

        @Override
        public int hashCode() {
            hashed++;
            return System.identityHashCode(this);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }
    }

    /** Not initialised by anybody, as long as it is never read. */
    static final class LoadedA implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        static {
            harm("static initialiser");
        }
    }

    /** The twin of {@link LoadedA}. */
    static final class LoadedB implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;
    }

    /** Not initialised by anybody, as long as it is never read. */
    enum NamedA {
        ONE;

        static {
            harm("static initialiser of an enum");
        }
    }

    /** The twin of {@link NamedA}. */
    enum NamedB {
        ONE
    }
}
