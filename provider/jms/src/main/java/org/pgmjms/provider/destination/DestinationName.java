package org.pgmjms.provider.destination;

import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;

/**
 * A checked name with its attributes. Text form: {@code name[?format=jms|raw]}.
 *
 * @param bare what stands before the question mark
 * @param raw whether the format is {@code raw}
 * @param hash the first eight bytes of SHA-256 over the bare name in UTF-8
 */
record DestinationName(String bare, boolean raw, long hash) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    private static final String FORMAT = "format";

    /** Reads name and attributes; the exception says what is wrong. */
    static DestinationName parse(String text) {
        Objects.requireNonNull(text, "name");
        int question = text.indexOf('?');
        if (question < 0) {
            return bare(text, false);
        }
        boolean raw = false;
        for (String attribute : text.substring(question + 1).split("&", -1)) {
            raw = isRaw(attribute, text);
        }
        return bare(text.substring(0, question), raw);
    }

    private static boolean isRaw(String attribute, String text) {
        int equals = attribute.indexOf('=');
        if (equals < 0 || !attribute.substring(0, equals).equals(FORMAT)) {
            throw new IllegalArgumentException(
                    "Unknown attribute '" + attribute + "' in '" + text + "'; known is format=jms or format=raw");
        }
        String value = attribute.substring(equals + 1);
        return switch (value) {
            case "raw" -> true;
            case "jms" -> false;
            default ->
                throw new IllegalArgumentException(
                        "Unknown format '" + value + "' in '" + text + "'; known are jms and raw");
        };
    }

    /** A name without attributes. */
    static DestinationName bare(String name, boolean raw) {
        byte[] utf8 = encode(name);
        if (utf8.length == 0 || utf8.length > PgmDestination.MAX_NAME_BYTES) {
            throw new IllegalArgumentException("A destination's name has 1 to " + PgmDestination.MAX_NAME_BYTES
                    + " bytes in UTF-8, this one has " + utf8.length);
        }
        return new DestinationName(name, raw, hash(utf8));
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

    private static long hash(byte[] utf8) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(utf8))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }

    byte[] utf8() {
        return bare.getBytes(StandardCharsets.UTF_8);
    }

    String text() {
        return raw ? bare + "?" + FORMAT + "=raw" : bare;
    }
}
