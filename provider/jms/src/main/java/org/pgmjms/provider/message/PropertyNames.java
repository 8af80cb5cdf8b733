package org.pgmjms.provider.message;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names of properties: identifiers of the selector language (Jakarta Messaging 3.1, sections 3.5.1 and 3.8.1.1), and
 * those the provider sets itself.
 */
public final class PropertyNames {
    /** How often the message was delivered; listed on every received message. */
    public static final String DELIVERY_COUNT = "JMSXDeliveryCount";
    /** The group the message is part of. */
    public static final String GROUP_ID = "JMSXGroupID";
    /** The message's number in its group. */
    public static final String GROUP_SEQUENCE = "JMSXGroupSeq";
    /** The transport session the message came from, as text. */
    public static final String SOURCE = "JMS_PGM_Source";
    /** The topic's sequence at its source; for raw topics the PGM sequence number. */
    public static final String SEQUENCE = "JMS_PGM_Sequence";
    /** How many messages of the topic are missing before this one, -1 when nobody knows; listed when some are. */
    public static final String GAP_BEFORE = "JMS_PGM_GapBefore";
    /** Listed, and true, when the message was sent before the consumer joined. */
    public static final String REPLAYED = "JMS_PGM_Replayed";

    private static final String DEFINED_PREFIX = "JMSX";
    private static final String VENDOR_PREFIX = "JMS_PGM_";

    /**
     * As the specification writes them. Selectors know them in any case; so a property that is named {@code true} cannot
     * be selected by, but may be set, as the suites and other providers have it.
     */
    private static final Set<String> RESERVED_WORDS =
            Set.of("NULL", "TRUE", "FALSE", "NOT", "AND", "OR", "BETWEEN", "LIKE", "IN", "IS", "ESCAPE");

    private static final int LONGEST_RESERVED_WORD = "BETWEEN".length();

    private PropertyNames() {}

    /** The name; refused when null or empty. */
    static String given(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("A property's name is neither null nor empty");
        }
        return name;
    }

    /** The name; refused when it cannot be a property's, as the API wants. */
    static String checked(@Nullable String given) {
        String name = given(given);
        if (!isIdentifier(name)) {
            throw new IllegalArgumentException(
                    "A property's name is a selector identifier and no reserved word: '" + name + "'");
        }
        return name;
    }

    /** Whether the name is an identifier of the selector language. */
    static boolean isIdentifier(String name) {
        if (name.isEmpty() || !Character.isJavaIdentifierStart(name.codePointAt(0))) {
            return false;
        }
        return name.codePoints().allMatch(Character::isJavaIdentifierPart) && !isReservedWord(name);
    }

    private static boolean isReservedWord(String name) {
        return RESERVED_WORDS.contains(name);
    }

    /** Whether bytes from the network are such an identifier; {@link Utf8} has found them valid before. */
    static boolean isIdentifier(byte[] utf8, int at, int length) {
        for (int i = 0; i < length; i++) {
            byte b = utf8[at + i];
            boolean letter = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b == '$';
            if (!letter && (i == 0 || b < '0' || b > '9')) {
                return isIdentifier(Utf8.read(utf8, at, length));
            }
        }
        return length > 0 && (length > LONGEST_RESERVED_WORD || isIdentifier(Utf8.read(utf8, at, length)));
    }

    /**
     * Whether only a provider sets the property. Such a value is never sent and never taken from the wire: the JMSX
     * names but the two for groups, and our own vendor's.
     */
    static boolean isSetByProvider(String name) {
        return name.startsWith(VENDOR_PREFIX) || name.startsWith(DEFINED_PREFIX);
    }
}
