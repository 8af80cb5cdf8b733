package org.pgmjms.provider.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A line of a users file: {@code NAME:pbkdf2-sha512:ITERATIONS:SALT:HASH}. Immutable.
 *
 * @param userName has no colon
 * @param iterations of PBKDF2
 * @param salt in Base64, 16 bytes at least
 * @param hash in Base64, 32 bytes
 */
record UserEntry(String userName, int iterations, String salt, String hash) {
    static final String FORM = "NAME:pbkdf2-sha512:ITERATIONS:SALT:HASH";

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int ITERATIONS = 210_000;
    private static final int ITERATIONS_LEAST = 100_000;
    private static final int ITERATIONS_MOST = 10_000_000;
    private static final Pattern LINE =
            Pattern.compile("([^:\\s][^:]*):pbkdf2-sha512:(\\d{1,8}):([A-Za-z0-9+/]+=*):([A-Za-z0-9+/]+=*)");

    /** Reads a line; the exception says what is wrong and repeats none of it. */
    static UserEntry parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("is not " + FORM + "; passwords in plain text are not accepted");
        }
        int iterations = Integer.parseInt(parts.group(2));
        if (iterations < ITERATIONS_LEAST || iterations > ITERATIONS_MOST) {
            throw new IllegalArgumentException(
                    "has " + iterations + " iterations; allowed are " + ITERATIONS_LEAST + ".." + ITERATIONS_MOST);
        }
        if (bytes(parts.group(3)).length < SALT_BYTES || bytes(parts.group(4)).length != HASH_BYTES) {
            throw new IllegalArgumentException("needs a salt of " + SALT_BYTES + " bytes at least and a hash of "
                    + HASH_BYTES + ", both in Base64");
        }
        return new UserEntry(parts.group(1), iterations, parts.group(3), parts.group(4));
    }

    /** An entry with a new salt. */
    static UserEntry of(String userName, String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        String encoded = Base64.getEncoder().encodeToString(salt);
        String hash = Base64.getEncoder().encodeToString(derive(password, salt, ITERATIONS));
        return parse(userName + ":pbkdf2-sha512:" + ITERATIONS + ":" + encoded + ":" + hash);
    }

    /** An entry whose password nobody knows: checking it costs what checking another one does. */
    static UserEntry ofNobody() {
        Base64.Encoder base64 = Base64.getEncoder();
        String salt = base64.encodeToString(new byte[SALT_BYTES]);
        return new UserEntry("", ITERATIONS, salt, base64.encodeToString(new byte[HASH_BYTES]));
    }

    /** Whether this is the password. Takes about a fifth of a second, as it is meant to. */
    boolean accepts(String password) {
        return MessageDigest.isEqual(bytes(hash), derive(password, bytes(salt), iterations));
    }

    String line() {
        return userName + ":pbkdf2-sha512:" + iterations + ":" + salt + ":" + hash;
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform lacks PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
        }
    }
}
