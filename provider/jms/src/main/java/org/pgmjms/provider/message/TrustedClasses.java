package org.pgmjms.provider.message;

import java.io.ObjectInputFilter;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The classes that may be deserialised from a received {@code ObjectMessage}: none but those that were listed, and, if any
 * was, what every object needs: strings, enums, the boxes of primitive values, arrays of primitives. A listed class covers those
 * nested in it, and arrays of trusted classes are trusted; proxies never are. Immutable; safe for any thread.
 */
public final class TrustedClasses implements ObjectInputFilter {
    /** Nobody is trusted. */
    public static final TrustedClasses NONE = new TrustedClasses(List.of(), new Limits(0, 0, 0, 0));

    private static final long WAYS_PER_REFERENCE = 4;
    private static final String PACKAGE = ".*";
    private static final String PACKAGES = ".**";
    private static final Pattern ENTRY = Pattern.compile("(?:\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)"
            + "(?:\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*(?:\\.\\*\\*?)?");
    private static final Set<String> NEEDED_BY_ALL = Set.of(
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Double",
            "java.lang.Enum",
            "java.lang.Float",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Number",
            "java.lang.Object",
            "java.lang.Short",
            "java.lang.String");

    private final Set<String> listed;
    private final Limits limits;

    /**
     * What a body may be at most.
     *
     * @param depth how deep objects may refer to others
     * @param references how many references there may be
     * @param arrayLength how long an array, or the table of a collection, may be
     * @param bytes how long the body may be
     */
    public record Limits(long depth, long references, long arrayLength, long bytes) {}

    /**
     * Trusts what is listed.
     *
     * @param entries a class ({@code com.acme.Order}), the classes of a package ({@code com.acme.*}), or those of a
     *     package and the ones below ({@code com.acme.**})
     * @throws IllegalArgumentException for an entry that is none of these; {@code *} alone is none
     */
    public TrustedClasses(List<String> entries, Limits limits) {
        for (String entry : entries) {
            if (!ENTRY.matcher(entry).matches()) {
                throw new IllegalArgumentException("'" + entry
                        + "' is neither a class nor a package, such as com.acme.Order, com.acme.* or com.acme.**");
            }
        }
        this.listed = new HashSet<>(entries);
        this.limits = limits;
    }

    /** Whether nobody is trusted. */
    public boolean isEmpty() {
        return listed.isEmpty();
    }

    /** How many ways there may be through an object and what it holds: more than references, as objects are shared. */
    long mostWays() {
        return limits.references() * WAYS_PER_REFERENCE;
    }

    /** Whether a class of this name may be loaded and made: the name of an array begins with brackets. */
    boolean contains(String className) {
        if (isEmpty()) {
            return false;
        }
        String element = className;
        if (element.startsWith("[")) {
            element = element.replaceFirst("^\\[+", "");
            if (element.length() == 1) {
                return true;
            }
            element = element.substring(1, element.length() - 1);
        }
        return NEEDED_BY_ALL.contains(element) || isListed(element);
    }

    private boolean isListed(String name) {
        for (int nested = name.length(); nested > 0; nested = name.lastIndexOf('$', nested - 1)) {
            if (listed.contains(name.substring(0, nested))) {
                return true;
            }
        }
        int dot = name.lastIndexOf('.');
        if (dot > 0 && listed.contains(name.substring(0, dot) + PACKAGE)) {
            return true;
        }
        for (; dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            if (listed.contains(name.substring(0, dot) + PACKAGES)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Refuses what is not trusted or above a limit; undecided are only the steps that are about no class. An array is
     * judged by its length alone: what is in it comes here one by one, and collections ask for tables of their own.
     */
    @Override
    public Status checkInput(FilterInfo info) {
        if (info.depth() > limits.depth()
                || info.references() > limits.references()
                || info.arrayLength() > limits.arrayLength()
                || info.streamBytes() > limits.bytes()) {
            return Status.REJECTED;
        }
        Class<?> type = info.serialClass();
        if (type == null) {
            return Status.UNDECIDED;
        }
        return type.isArray() || !Proxy.isProxyClass(type) && contains(type.getName())
                ? Status.ALLOWED
                : Status.REJECTED;
    }
}
