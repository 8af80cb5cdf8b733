package org.pgmjms.provider.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jakarta Messaging 3.1, section 6.1.1, and the format of a users file. */
class UsersFileTest {
    /** {@code python3 -c "import hashlib; hashlib.pbkdf2_hmac('sha512', b'x', bytes(16), 100000, 32)"}. */
    private static final String FOREIGN =
            "bob:pbkdf2-sha512:100000:AAAAAAAAAAAAAAAAAAAAAA==:r7KlHAIFp/MrSHk0yfHVLAcjGhXHsQoElXnbelqFYvQ=";

    private static final String ANN = UsersFile.entry("ann", "s3cret:ü");

    @TempDir
    private Path directory;

    @Test
    void aUserIsLetInWithThePasswordAndWithNoOther() throws JMSException, IOException {
        UsersFile users = users("# who may\n\n" + ANN + "\n" + FOREIGN + "\n");

        assertTrue(users.accepts("ann", "s3cret:ü"));
        assertFalse(users.accepts("ann", "s3cret"));
        assertTrue(users.accepts("ann", "s3cret:ü"), "from memory");
        assertFalse(users.accepts("ann", "s3cret"), "not from memory");
        assertTrue(users.accepts("bob", "x"));
        assertFalse(users.accepts("bob", "s3cret:ü"));
        assertFalse(users.accepts("eve", "x"));
        assertFalse(users.accepts(null, null));
        assertFalse(users.accepts("ann", null));
    }

    @Test
    void aChangeOfTheFileCountsAtOnce() throws JMSException, IOException {
        UsersFile users = users(ANN);
        assertTrue(users.accepts("ann", "s3cret:ü"));

        users(UsersFile.entry("ann", "other"));
        assertFalse(users.accepts("ann", "s3cret:ü"));
        assertTrue(users.accepts("ann", "other"));

        users("");
        assertFalse(users.accepts("ann", "other"));

        Files.delete(Path.of(users.file()));
        assertThatThrownBy(() -> users.accepts("ann", "other"))
                .isInstanceOf(JMSSecurityException.class)
                .hasMessageContaining("jms.users=" + users.file());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann:s3cret",
                "ann:plain:s3cret",
                "ann s3cret",
                "ann:pbkdf2-sha512:s3cret",
                "ann:pbkdf2-sha512:1000:AAAAAAAAAAAAAAAAAAAAAA==:s3cret",
                "ann:pbkdf2-sha512:100000:AAAA:s3cretA=",
            })
    void aPasswordInPlainTextLetsNobodyInAndIsNotRepeated(String line) throws IOException {
        UsersFile users = users(ANN.replace("ann", "bob") + "\n" + line + "\n");

        assertThatThrownBy(() -> users.accepts("bob", "s3cret:ü"))
                .isInstanceOf(JMSSecurityException.class)
                .hasMessageContaining("line 2")
                .message()
                .doesNotContain("s3cret", "ann");
    }

    @Test
    void aUserTwiceIsRefused() throws IOException {
        UsersFile users = users(ANN + "\n" + ANN);

        assertThatThrownBy(() -> users.accepts("ann", "s3cret:ü")).hasMessageContaining("line 2");
    }

    @Test
    void entriesAreSaltedAndHoldNoPassword() {
        assertNotEquals(ANN, UsersFile.entry("ann", "s3cret:ü"));
        assertThat(ANN).startsWith("ann:pbkdf2-sha512:210000:").doesNotContain("s3cret");
        assertEquals(5, ANN.split(":", -1).length);
        assertThatThrownBy(() -> UsersFile.entry("a:b", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UsersFile.entry("", "x")).isInstanceOf(IllegalArgumentException.class);
    }

    private UsersFile users(String content) throws IOException {
        return new UsersFile(
                Files.writeString(directory.resolve("users"), content).toString());
    }
}
