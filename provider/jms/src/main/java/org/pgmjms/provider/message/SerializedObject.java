package org.pgmjms.provider.message;

import jakarta.jms.MessageFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/** The Java serialisation of an object. Bytes from the network are read only through {@link TrustedClasses}. */
final class SerializedObject {
    /** What exceptions of a filter say. */
    private static final String REJECTED = "REJECTED";

    private static final String LIMITS =
            "jms.deserialization.maxDepth, jms.deserialization.maxReferences and jms.deserialization.maxArray";

    private SerializedObject() {}

    static byte[] write(Serializable object) throws MessageFormatException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException | RuntimeException e) {
            throw JmsExceptions.notSerializable("The object cannot be serialised: " + e, e);
        }
        return bytes.toByteArray();
    }

    /** The object that this JVM has written itself. */
    static @Nullable Serializable read(byte[] own) throws MessageFormatException {
        try (ContextObjectInputStream in = new ContextObjectInputStream(own)) {
            return in.object();
        } catch (IOException e) {
            throw notReadable(e.toString(), e);
        }
    }

    /** The object in bytes from the network, if each of its classes is trusted. */
    static @Nullable Serializable read(byte[] received, TrustedClasses trusted) throws MessageFormatException {
        try (TrustingObjectInputStream in = new TrustingObjectInputStream(received, trusted)) {
            return in.object();
        } catch (NotTrustedException e) {
            throw JmsExceptions.notTrusted(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw e instanceof InvalidClassException
                            && String.valueOf(e.getMessage()).contains(REJECTED)
                    ? notReadable(e + "; the limits are " + LIMITS, e)
                    : notReadable(e.toString(), e);
        }
    }

    private static MessageFormatException notReadable(String why, Throwable cause) {
        return JmsExceptions.notSerializable("The object cannot be deserialised: " + why, cause);
    }

    /** Says which class is not trusted. */
    private static final class NotTrustedException extends InvalidClassException {
        @Serial
        private static final long serialVersionUID = 1;

        NotTrustedException(String what) {
            super(what);
        }
    }

    /** Looks for classes in the application's loader first: in a server this class has another one. */
    private static class ContextObjectInputStream extends ObjectInputStream {
        ContextObjectInputStream(byte[] bytes) throws IOException {
            super(new ByteArrayInputStream(bytes));
        }

        /** Reads the object; whatever goes wrong on the way is an {@code IOException}. */
        @Nullable Serializable object() throws IOException {
            try {
                return (Serializable) readObject();
            } catch (ClassNotFoundException | RuntimeException | LinkageError | StackOverflowError e) {
                throw new IOException(e.toString(), e);
            }
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            ClassLoader application = Thread.currentThread().getContextClassLoader();
            if (application != null) {
                try {
                    return Class.forName(description.getName(), false, application);
                } catch (ClassNotFoundException e) {
                    return super.resolveClass(description);
                }
            }
            return super.resolveClass(description);
        }
    }

    /**
     * Loads no class before its name is found trusted, makes no object before {@link TrustedClasses} and the filter of
     * the JVM ({@code jdk.serialFilter}) have let it pass, and puts none into another one that takes too long to hash.
     */
    private static final class TrustingObjectInputStream extends ContextObjectInputStream {
        private final TrustedClasses trusted;
        private final Ways ways;

        TrustingObjectInputStream(byte[] received, TrustedClasses trusted) throws IOException {
            super(received);
            this.trusted = trusted;
            ways = new Ways(trusted.mostWays());
            enableResolveObject(!trusted.isEmpty());
            setObjectInputFilter(ObjectInputFilter.merge(trusted, ObjectInputFilter.Config.getSerialFilter()));
        }

        /** A text alone names no class: where nobody is trusted, it is refused all the same. */
        @Override
        @Nullable Serializable object() throws IOException {
            Serializable object = super.object();
            if (object != null && trusted.isEmpty()) {
                throw new NotTrustedException("class " + object.getClass().getName());
            }
            return object;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            if (!trusted.contains(description.getName())) {
                throw new NotTrustedException("class " + description.getName());
            }
            return super.resolveClass(description);
        }

        /** Called with each object when it is complete. */
        @Override
        protected Object resolveObject(Object complete) throws IOException {
            if (!ways.areFew(complete)) {
                throw new InvalidClassException(REJECTED + ": more than " + trusted.mostWays() + " ways through a "
                        + complete.getClass().getName());
            }
            return complete;
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
            throw new NotTrustedException("a proxy of " + String.join(", ", interfaces));
        }
    }
}
