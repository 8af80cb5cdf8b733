package org.pgmjms.engine.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.api.PgmException.Code;

class InterfacesTest {
    private final InetAddress group = address("239.192.0.1");

    @ParameterizedTest
    @ValueSource(strings = {"lo", "loopback", "127.0.0.1", "127.0.0.0/8"})
    void findsTheLoopbackByEveryNameItHas(String text) throws PgmException {
        LocalInterface found = Interfaces.resolve(text, group);

        assertThat(found.isLoopback()).isTrue();
        assertThat(found.address()).isEqualTo(address("127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nowhere0", "203.0.113.9", "203.0.113.0/24", "127.0.0.1/33", "300.0.0.1", "/8", "", "host/8"})
    void saysWhatThereIsWhenThereIsNoSuchInterface(String text) {
        assertThatExceptionOfType(PgmException.class)
                .isThrownBy(() -> Interfaces.resolve(text, group))
                .withMessageContaining("interface=" + text)
                .withMessageContaining("127.0.0.1")
                .matches(e -> e.code() == Code.NO_INTERFACE);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void refusesIpv6MulticastOnTheLoopbackOfLinux() throws PgmException {
        InetAddress ipv6 = address("ff15::7500");

        assertThatExceptionOfType(PgmException.class)
                .isThrownBy(() -> Interfaces.resolve("::1", ipv6))
                .withMessageContaining("interface=::1")
                .matches(e -> e.code() == Code.BAD_GROUP || e.code() == Code.NO_INTERFACE);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
