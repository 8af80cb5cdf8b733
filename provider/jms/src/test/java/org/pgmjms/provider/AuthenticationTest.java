package org.pgmjms.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgmjms.provider.auth.UsersFile;

/** Jakarta Messaging 3.1, section 6.1.1: who may make connections. */
class AuthenticationTest {
    private static final String SECRET = "s3cret";

    private final PgmConnectionFactory factory = new TestProvider().factory();

    @TempDir
    private Path directory;

    @Test
    void anyoneMayWithoutACheck() throws JMSException {
        factory.createConnection("eve", "anything").close();
        factory.createConnection(null, null).close();
        factory.createContext("eve", "anything").close();
    }

    @Test
    void theCheckIsAskedForEveryKindOfConnection() throws JMSException {
        List<String> asked = new ArrayList<>();
        factory.setAuthenticator((user, password) -> asked.add(user + "/" + password));
        factory.setUserName("ann");
        factory.setPassword(SECRET);

        factory.createConnection().close();
        factory.createTopicConnection().close();
        factory.createQueueConnection().close();
        factory.createContext().close();
        factory.createContext(Session.CLIENT_ACKNOWLEDGE).close();
        assertEquals(List.of("ann/s3cret", "ann/s3cret", "ann/s3cret", "ann/s3cret", "ann/s3cret"), asked);

        asked.clear();
        factory.createConnection("bob", "b").close();
        factory.createTopicConnection("bob", "b").close();
        factory.createQueueConnection("bob", "b").close();
        factory.createContext("bob", "b").close();
        factory.createContext("bob", "b", Session.CLIENT_ACKNOWLEDGE).close();
        assertEquals(List.of("bob/b", "bob/b", "bob/b", "bob/b", "bob/b"), asked);
    }

    @Test
    void whoIsNotAcceptedGetsASecurityExceptionWithoutSecrets() {
        factory.setAuthenticator((user, password) -> false);

        List<Attempt> checked = List.of(
                () -> factory.createConnection("eve", SECRET),
                () -> factory.createTopicConnection("eve", SECRET),
                () -> factory.createQueueConnection("eve", SECRET));
        assertThat(checked)
                .allSatisfy(attempt -> assertThatThrownBy(attempt::make)
                        .isInstanceOfSatisfying(
                                JMSSecurityException.class, e -> assertEquals("PGM_1017", e.getErrorCode()))
                        .message()
                        .doesNotContain("eve", SECRET));
        List<Attempt> unchecked = List.of(
                () -> factory.createContext("eve", SECRET),
                () -> factory.createContext("eve", SECRET, Session.DUPS_OK_ACKNOWLEDGE),
                factory::createContext);
        assertThat(unchecked)
                .allSatisfy(
                        attempt -> assertThatThrownBy(attempt::make).isInstanceOf(JMSSecurityRuntimeException.class));
    }

    @Test
    void aRefusedConnectionTakesNoClientIdentifier() throws JMSException {
        factory.setClientId("desk-7");
        factory.setAuthenticator((user, password) -> "ann".equals(user));

        assertThatThrownBy(() -> factory.createConnection("eve", SECRET)).isInstanceOf(JMSSecurityException.class);

        factory.createConnection("ann", SECRET).close();
    }

    @Test
    void theUsersFileIsASettingLikeAnyOther() throws JMSException, IOException {
        Path file = Files.writeString(directory.resolve("users"), UsersFile.entry("ann", SECRET));
        factory.setJmsUsers(file.toString());

        factory.createConnection("ann", SECRET).close();
        assertThatThrownBy(() -> factory.createConnection("ann", "guess")).isInstanceOf(JMSSecurityException.class);
        assertThatThrownBy(factory::createConnection).isInstanceOf(JMSSecurityException.class);
        assertThatThrownBy(factory::createContext).isInstanceOf(JMSSecurityRuntimeException.class);
    }

    @Test
    void bothChecksHaveToAgree() throws JMSException, IOException {
        Path file = Files.writeString(directory.resolve("users"), UsersFile.entry("ann", SECRET));
        factory.setJmsUsers(file.toString());
        factory.setAuthenticator((user, password) -> false);
        assertThatThrownBy(() -> factory.createConnection("ann", SECRET)).isInstanceOf(JMSSecurityException.class);

        factory.setAuthenticator((user, password) -> true);
        factory.createConnection("ann", SECRET).close();
        assertThatThrownBy(() -> factory.createConnection("ann", "guess")).isInstanceOf(JMSSecurityException.class);
    }

    @Test
    void passwordsAreInNoTextOfTheFactory() {
        PgmConnectionFactory withPassword = PgmConnectionFactory.of(Map.of("userName", "ann", "password", SECRET));

        assertThat(withPassword.toString()).doesNotContain(SECRET);
        assertThat(withPassword.toProperties()).doesNotContainValue(SECRET).containsEntry("userName", "ann");
    }

    private interface Attempt {
        AutoCloseable make() throws JMSException;
    }
}
