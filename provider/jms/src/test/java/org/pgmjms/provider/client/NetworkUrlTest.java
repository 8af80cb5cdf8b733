package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.JMSException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkUrlTest {

    @ParameterizedTest
    @CsvSource({
        "epgm://lo;239.192.0.1:7500, lo, 239.192.0.1, 7500",
        "EPGM://239.192.0.1:1, lo, 239.192.0.1, 1",
        "epgm://lo;239.192.0.0/28:7500, lo, 239.192.0.0/28, 7500",
        "epgm://lo;[ff15::]/124:7500, lo, [ff15:0:0:0:0:0:0:0]/124, 7500",
        "epgm://eth0;[ff15::7500]:7500, eth0, [ff15:0:0:0:0:0:0:7500], 7500",
        "epgm://10.1.2.3;224.0.1.1:65535, 10.1.2.3, 224.0.1.1, 65535",
        "epgm://10.1.0.0/16;239.192.0.1:7500, 10.1.0.0/16, 239.192.0.1, 7500",
        "epgm://[fe80::1];[ff02::1]:7500?, fe80::1, [ff02:0:0:0:0:0:0:1], 7500",
    })
    void readsInterfaceGroupAndPort(String text, String networkInterface, String group, int port) throws JMSException {
        NetworkUrl url = NetworkUrl.parse(text);

        assertEquals("epgm", url.scheme());
        assertEquals(networkInterface, url.networkInterface());
        assertEquals(group, url.groups().toString());
        assertEquals(port, url.port());
        assertEquals(Map.of(), url.options());
    }

    @Test
    void readsAndDecodesOptions() throws JMSException {
        NetworkUrl url = NetworkUrl.parse("epgm://lo;239.192.0.1:7500?pgm.simulatedLoss=5,seed=7&jms.clientId=a%26b+c");

        assertEquals(Map.of("pgm.simulatedLoss", "5,seed=7", "jms.clientId", "a&b+c"), url.options());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "239.192.0.1:7500 | epgm://",
                "tcp://239.192.0.1:7500 | scheme",
                "epgm://lo;10.0.0.1:7500 | group",
                "epgm://lo;239.192.0.256:7500 | group",
                "epgm://lo;news.example:7500 | group",
                "epgm://lo;ff15::1:7500 | epgm://",
                "epgm://lo;[239.192.0.1]:7500 | group",
                "epgm://lo;239.192.0.1 | port",
                "epgm://lo;239.192.0.1:0 | port",
                "epgm://lo;239.192.0.1:65536 | port",
                "epgm://lo;239.192.0.1:x | port",
                "epgm://;239.192.0.1:7500 | interface",
                "epgm://lo;239.192.0.1:7500/path | epgm://",
                "epgm://lo;239.192.0.0/16:7500 | at most 256 groups",
                "epgm://lo;239.192.0.0/33:7500 | 24 to 32",
                "epgm://lo;239.192.0.0/x:7500 | group",
                "epgm://lo;239.192.0.5/28:7500 | '239.192.0.0/28'",
                "epgm://lo;239.192.0.1:7500?flag | option",
                "epgm://lo;239.192.0.1:7500?a=1&a=2 | each name once",
                "epgm://lo;239.192.0.1:7500?a=%zz | hexadecimal",
            })
    void namesThePartThatIsWrong(String text, String part) {
        assertThatThrownBy(() -> NetworkUrl.parse(text))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining(part);
    }

    @ParameterizedTest
    @CsvSource({
        "pgm://lo;239.192.0.1:7500, Scheme pgm",
        "'epgm://eth0,eth1;239.192.0.1:7500', list of interfaces",
    })
    void namesWhatIsNotThereYet(String text, String feature) {
        assertThatThrownBy(() -> NetworkUrl.parse(text))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining(feature)
                .hasMessageContaining("not offered");
    }
}
