package org.pgmjms.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.XAConnection;
import jakarta.jms.XAConnectionFactory;
import jakarta.jms.XAJMSContext;
import jakarta.jms.XAQueueConnection;
import jakarta.jms.XATopicConnection;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.error.ErrorCode;

/** The factory for global transactions: Jakarta Messaging 3.1, section 11.3. */
class PgmXAConnectionFactoryTest {
    private final TestProvider provider = new TestProvider();

    @Test
    void withoutACompanionThereAreNoGlobalTransactions() throws JMSException {
        PgmXAConnectionFactory factory = provider.xaFactory("jms.clientId=desk-7");

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                factory::createXAConnection,
                () -> factory.createXAConnection("user", "password"),
                factory::createXATopicConnection,
                factory::createXAQueueConnection)) {
            assertThatThrownBy(call)
                    .hasMessageContaining("broker.url")
                    .hasMessageContaining("pgmjms-companion-artemis")
                    .isInstanceOfSatisfying(
                            JMSException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(ErrorCode.NEEDS_BROKER.code()));
        }
        assertThatThrownBy(factory::createXAContext)
                .isInstanceOfSatisfying(
                        JMSRuntimeException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(ErrorCode.NEEDS_BROKER.code()));
        factory.createConnection().close();
    }

    @Test
    void makesConnectionsOfEveryKindWithoutAskingTheBroker() throws JMSException {
        PgmXAConnectionFactory factory = provider.xaFactory("");
        factory.setBrokerConnectionFactory(new PgmXAConnectionFactory("epgm://nowhere"));

        try (XAConnection plain = factory.createXAConnection();
                XAConnection withUser = factory.createXAConnection("user", "password");
                XATopicConnection topics = factory.createXATopicConnection("user", "password");
                XAQueueConnection queues = factory.createXAQueueConnection("user", "password");
                XAJMSContext context = factory.createXAContext("user", "password")) {
            context.setClientID("desk-7");
            assertThat(context.getTransacted()).isTrue();
            assertThat(List.of(plain, withUser, topics, queues)).doesNotContainNull();
            assertThatThrownBy(plain::createXASession).isInstanceOf(JMSException.class);
        }
    }

    @Test
    void serversDoNotTakeTheOtherFactoryForThisOne() {
        ConnectionFactory plain = new PgmConnectionFactory();

        assertThat(plain).isNotInstanceOf(XAConnectionFactory.class);
        assertThat(new PgmXAConnectionFactory()).isInstanceOf(PgmConnectionFactory.class);
    }
}
