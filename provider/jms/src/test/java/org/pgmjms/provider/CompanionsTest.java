package org.pgmjms.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.provider.client.CompanionSettings;
import org.pgmjms.provider.client.ConnectionSettings;
import org.pgmjms.provider.error.ErrorCode;

/** The {@code broker.*} settings, without a module that knows a broker. */
class CompanionsTest {
    private final TestProvider provider = new TestProvider();

    @ParameterizedTest
    @CsvSource({"tcp://localhost:61616", "embedded?dataDir=/tmp/x", "amqp://localhost"})
    void withoutAModuleForItTheSettingItsValueAndTheModuleAreNamed(String url) {
        PgmConnectionFactory factory = provider.factory();
        factory.setBrokerUrl(url);

        assertThatThrownBy(factory::createConnection)
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("broker.url")
                .hasMessageContaining(url)
                .hasMessageContaining("pgmjms-companion-artemis")
                .satisfies(
                        e -> assertThat(((JMSException) e).getErrorCode()).isEqualTo(ErrorCode.INVALID_SETTING.code()));
        assertThatThrownBy(factory::createContext).isInstanceOf(JMSRuntimeException.class);
    }

    @Test
    void aConnectionThatCannotBeMadeForWantOfAModuleHoldsNoClientIdentifier() throws JMSException {
        PgmConnectionFactory factory = provider.factory("jms.clientId=desk-7");
        factory.setBrokerUrl("tcp://localhost:61616");
        assertThatThrownBy(factory::createConnection).isInstanceOf(JMSException.class);

        factory.setBrokerUrl(null);

        factory.createConnection().close();
    }

    @Test
    void aNameInJndiThatLeadsNowhereIsNamed() {
        PgmConnectionFactory factory = provider.factory();
        factory.setBrokerConnectionFactory("jms/broker");

        assertThatThrownBy(factory::createConnection)
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("broker.connectionFactory")
                .hasMessageContaining("jms/broker");
    }

    @Test
    void aBrokerIsNamedOnce() {
        PgmConnectionFactory factory = provider.factory("broker.url=tcp://localhost:61616");
        factory.setBrokerConnectionFactory("jms/broker");

        assertThatThrownBy(factory::createConnection)
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("broker.url")
                .hasMessageContaining("broker.connectionFactory");
    }

    @ParameterizedTest
    @CsvSource({
        "broker.linger=long, broker.linger, 0..1d",
        "broker.reconnect=-1, broker.reconnect, 0..1d",
        "broker.topics=a.>.b, broker.topics, patterns",
        "broker.lingr=1s, broker.lingr, broker.linger"
    })
    void aWrongValueFailsAtCreateConnection(String option, String setting, String allowed) {
        assertThatThrownBy(() -> provider.factory(option).createConnection())
                .isInstanceOf(JMSException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(allowed);
    }

    @Test
    void theModuleGetsDurationsInMilliseconds() throws JMSException {
        CompanionSettings companion = ConnectionSettings.parse(
                        ConnectionSettings.DEFAULT_URL
                                + "?broker.url=embedded?dataDir=/x%26listen=tcp://127.0.0.1:61616&broker.reconnect=2s",
                        Map.of())
                .companion();

        assertThat(companion.url()).isEqualTo("embedded?dataDir=/x&listen=tcp://127.0.0.1:61616");
        assertThat(companion.options()).isEqualTo(Map.of("broker.linger", "30000", "broker.reconnect", "2000"));
    }

    @Test
    void withoutASettingThereIsNoBroker() throws JMSException {
        assertThat(ConnectionSettings.parse(ConnectionSettings.DEFAULT_URL, Map.of())
                        .companion()
                        .url())
                .isNull();
    }
}
