package org.pgmjms.tools.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipsTest {
    private static final List<String> IPV4 = List.of(
            "Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter",
            "1\tlo        :     1      V3",
            "\t\t\t\t010000E0     1 0:00000000\t\t0",
            "2\teth0      :     2      V3",
            "\t\t\t\t0100C0EF     1 0:00000000\t\t0",
            "\t\t\t\t010000E0     1 0:00000000\t\t0");
    private static final List<String> IPV6 =
            List.of("2    eth0            ff150000000000000000000000007500     1 0000000C 0");

    @Test
    void findsAGroupOnItsInterfaceOnly() throws UnknownHostException {
        InetAddress group = InetAddress.getByName("239.192.0.1");

        assertThat(Memberships.has(IPV4, "eth0", group)).isTrue();
        assertThat(Memberships.has(IPV4, "lo", group)).isFalse();
        assertThat(Memberships.has(IPV4, "eth0", InetAddress.getByName("239.192.0.2")))
                .isFalse();
    }

    @Test
    void findsAGroupOfIpv6() throws UnknownHostException {
        InetAddress group = InetAddress.getByName("ff15::7500");

        assertThat(Memberships.has(IPV6, "eth0", group)).isTrue();
        assertThat(Memberships.has(IPV6, "eth1", group)).isFalse();
    }
}
