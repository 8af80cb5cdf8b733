package org.pgmjms.provider.auth;

import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * The file of {@code jms.users}: a line for each user, {@code NAME:pbkdf2-sha512:ITERATIONS:SALT:HASH}, which
 * {@link #entry} makes; empty lines and lines that begin with {@code #} are left out. Read for every connection, so that
 * a change counts at once. A file that is missing or wrong lets nobody in.
 *
 * <p>A password that was right is remembered as a keyed hash, so that only the first connection of a user pays for
 * PBKDF2. Safe for any thread.
 */
public final class UsersFile implements Authenticator {
    private static final String SETTING = "jms.users";
    private static final String MAC = "HmacSHA256";
    private static final UserEntry NOBODY = UserEntry.ofNobody();

    private final String file;
    private final SecretKeySpec key;
    private final Map<String, Accepted> accepted = new ConcurrentHashMap<>();

    /** The users of this file; nothing is read yet. */
    public UsersFile(String file) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.file = file;
        this.key = new SecretKeySpec(secret, MAC);
    }

    /**
     * The line of a user, with a new random salt.
     *
     * @param userName not empty, without a colon, without white space in front
     * @param password any text
     * @throws IllegalArgumentException if the name is not allowed
     */
    public static String entry(String userName, String password) {
        return UserEntry.of(userName, password).line();
    }

    /** The name of the file. */
    public String file() {
        return file;
    }

    @Override
    public boolean accepts(@Nullable String userName, @Nullable String password) throws JMSException {
        Map<String, UserEntry> users = read();
        if (userName == null || password == null) {
            return false;
        }
        UserEntry entry = users.get(userName);
        if (entry == null) {
            accepted.remove(userName);
            return NOBODY.accepts(password);
        }
        Accepted now = new Accepted(entry, mac(userName, password));
        if (now.isSameAs(accepted.get(userName))) {
            return true;
        }
        boolean right = entry.accepts(password);
        if (right) {
            accepted.put(userName, now);
        }
        return right;
    }

    private Map<String, UserEntry> read() throws JMSException {
        List<String> lines;
        try {
            lines = Files.readAllLines(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw JmsExceptions.notAuthenticated("Nobody may connect: " + SETTING + "=" + file + " cannot be read", e);
        }
        Map<String, UserEntry> users = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).trim();
            if (!line.isEmpty() && !line.startsWith("#")) {
                UserEntry entry = parse(line, i + 1);
                if (users.put(entry.userName(), entry) != null) {
                    throw refused(i + 1, "has a user who is there already");
                }
            }
        }
        return users;
    }

    private UserEntry parse(String line, int number) throws JMSException {
        try {
            return UserEntry.parse(line);
        } catch (IllegalArgumentException e) {
            throw refused(number, e.getMessage());
        }
    }

    private JMSException refused(int number, @Nullable String why) {
        return JmsExceptions.notAuthenticated(
                "Nobody may connect: line " + number + " of " + SETTING + "=" + file + " " + why, null);
    }

    private byte[] mac(String userName, String password) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(userName.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform lacks " + MAC, e);
        }
    }

    /** Who was let in, by which entry, with what. */
    @SuppressWarnings("ArrayRecordComponent") // compared by isSameAs only
    private record Accepted(UserEntry entry, byte[] mac) {
        boolean isSameAs(@Nullable Accepted earlier) {
            return earlier != null && entry.equals(earlier.entry) && MessageDigest.isEqual(mac, earlier.mac);
        }
    }
}
