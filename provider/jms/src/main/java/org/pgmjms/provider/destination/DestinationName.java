package org.pgmjms.provider.destination;

import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A checked name with its attributes. Text form: {@code name[?attributes]}.
 *
 * @param bare what stands before the question mark
 * @param attributes what stands behind it
 * @param isReceived whether it came from the network: then it opens no channels that are not known here
 * @param hash the first eight bytes of SHA-256 over the bare name in UTF-8
 */
record DestinationName(String bare, TopicAttributes attributes, boolean isReceived, long hash) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    /** Reads name and attributes; the exception says what is wrong. */
    static DestinationName parse(String text) {
        Objects.requireNonNull(text, "name");
        int question = text.indexOf('?');
        if (question < 0) {
            return of(text, TopicAttributes.NONE, false);
        }
        try {
            TopicAttributes attributes = TopicAttributes.parse(text.substring(question + 1));
            return of(text.substring(0, question), attributes, false);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
        }
    }

    /** A name without attributes. */
    static DestinationName bare(String name) {
        return of(name, TopicAttributes.NONE, false);
    }

    /** A name with attributes. */
    static DestinationName of(String name, TopicAttributes attributes, boolean isReceived) {
        byte[] utf8 = encode(name);
        if (utf8.length == 0 || utf8.length > PgmDestination.MAX_NAME_BYTES) {
            throw new IllegalArgumentException("A destination's name has 1 to " + PgmDestination.MAX_NAME_BYTES
                    + " bytes in UTF-8, this one has " + utf8.length);
        }
        return new DestinationName(name, attributes, isReceived, TopicHash.of(utf8));
    }

    private static byte[] encode(String name) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
            byte[] utf8 = new byte[encoded.remaining()];
            encoded.get(utf8);
            return utf8;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("A destination's name has half of a surrogate pair", e);
        }
    }

    byte[] utf8() {
        return bare.getBytes(StandardCharsets.UTF_8);
    }

    String text() {
        String text = attributes.toString();
        return text.isEmpty() ? bare : bare + "?" + text;
    }

    /** Equal when the names are and the attributes name the same channel. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DestinationName that
                && bare.equals(that.bare)
                && attributes.namesChannelOf(that.attributes);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }
}
