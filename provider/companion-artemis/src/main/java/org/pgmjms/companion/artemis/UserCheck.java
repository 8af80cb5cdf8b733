package org.pgmjms.companion.artemis;

import jakarta.jms.JMSException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.auth.UsersFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may do what at an embedded broker: its own JVM, which knows a secret, everything; others, if the file of users lets
 * them in, all but management. Safe for any thread.
 */
final class UserCheck implements ActiveMQSecurityManager5 {
    private static final Logger LOG = LoggerFactory.getLogger(UserCheck.class);
    private static final String OWN_JVM = "pgmjms.in-vm";
    private static final String ANYONE = "anyone";
    private static final String MANAGEMENT = "activemq.management";
    private static final Set<CheckType> MANAGING = Set.of(CheckType.MANAGE, CheckType.VIEW, CheckType.EDIT);
    private static final int SECRET_BYTES = 32;

    private final String secret;
    private final @Nullable UsersFile users;

    /** With a file of users, or null to let anyone in. */
    UserCheck(@Nullable String usersFile) {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        secret = HexFormat.of().formatHex(random);
        users = usersFile == null ? null : new UsersFile(usersFile);
    }

    /** As whom this JVM connects. */
    String user() {
        return OWN_JVM;
    }

    /** What nobody else knows. */
    String secret() {
        return secret;
    }

    @Override
    public @Nullable Subject authenticate(
            @Nullable String user,
            @Nullable String password,
            @Nullable RemotingConnection connection,
            @Nullable String securityDomain) {
        if (!accepts(user, password)) {
            return null;
        }
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(user == null ? ANYONE : user));
        return subject;
    }

    private boolean accepts(@Nullable String user, @Nullable String password) {
        if (OWN_JVM.equals(user)) {
            return password != null && MessageDigest.isEqual(utf8(password), utf8(secret));
        }
        try {
            return users == null || users.accepts(user, password);
        } catch (JMSException e) {
            LOG.warn("Nobody is let in to the embedded broker: {}", e.getMessage());
            return false;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType checkType, String address) {
        boolean isOwnJvm = subject.getPrincipals().stream()
                .anyMatch(principal -> principal.getName().equals(OWN_JVM));
        return isOwnJvm || !MANAGING.contains(checkType) && !address.startsWith(MANAGEMENT);
    }

    @Override
    public boolean validateUser(@Nullable String user, @Nullable String password) {
        return accepts(user, password);
    }

    @Override
    public boolean validateUserAndRole(
            @Nullable String user, @Nullable String password, Set<Role> roles, CheckType checkType) {
        return OWN_JVM.equals(user) && accepts(user, password);
    }
}
