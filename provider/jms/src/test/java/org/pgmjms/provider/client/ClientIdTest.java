package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.InvalidClientIDRuntimeException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.TestProvider;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.link.JmsLimits;
import org.pgmjms.provider.link.Link;
import org.pgmjms.provider.link.LinkFactory;
import org.pgmjms.provider.link.LinkSettings;
import org.pgmjms.provider.testing.Call;

/** Jakarta Messaging 3.1, section 6.1.2: when a client identifier can be set, and who has it. */
class ClientIdTest {
    private static final String ID = "desk-7";

    private final TestProvider provider = new TestProvider();
    private final PgmConnectionFactory factory = provider.factory();

    @Test
    void anyUseOfAContextSettlesIt() {
        List<Use> uses = List.of(
                JMSContext::start,
                JMSContext::stop,
                context -> context.setExceptionListener(null),
                context -> context.createContext(JMSContext.AUTO_ACKNOWLEDGE).close(),
                JMSContext::createProducer,
                context -> context.createConsumer(context.createTopic("t")).close(),
                context -> {
                    context.setAutoStart(false);
                    context.createConsumer(context.createTopic("t")).close();
                });

        for (Use use : uses) {
            try (JMSContext context = factory.createContext()) {
                use.of(context);

                assertThrows(IllegalStateRuntimeException.class, () -> context.setClientID(ID));
                assertNull(context.getClientID());
            }
        }
    }

    @Test
    void lookingAtAContextDoesNotSettleIt() {
        try (JMSContext context = factory.createContext()) {
            context.getMetaData();
            context.getExceptionListener();
            context.getAutoStart();
            context.getSessionMode();
            assertNull(context.getClientID());

            context.setClientID(ID);

            assertEquals(ID, context.getClientID());
        }
    }

    @Test
    void contextsOfOneConnectionShareItUntilTheLastIsClosed() {
        JMSContext first = factory.createContext();
        first.setClientID(ID);
        try (JMSContext second = first.createContext(JMSContext.CLIENT_ACKNOWLEDGE)) {
            assertEquals(ID, second.getClientID());
            assertThrows(IllegalStateRuntimeException.class, () -> second.setClientID("other"));
            first.close();
            assertThrows(InvalidClientIDRuntimeException.class, () -> takeInContext(ID));
        }
        takeInContext(ID);
    }

    @Test
    void anAdministeredIdentifierCannotBeOverriddenInAContext() {
        try (JMSContext context = provider.factory("jms.clientId=" + ID).createContext()) {
            assertThatThrownBy(() -> context.setClientID("other"))
                    .isInstanceOf(IllegalStateRuntimeException.class)
                    .hasMessageContaining(ID);
            assertEquals(ID, context.getClientID());
        }
    }

    @Test
    void oneThatIsInUseLeavesTheConnectionFreeToTryAnother() throws JMSException {
        try (Connection holder = factory.createConnection();
                Connection other = factory.createConnection()) {
            holder.setClientID(ID);
            assertThrows(InvalidClientIDException.class, () -> other.setClientID(ID));
            assertNull(other.getClientID());

            other.setClientID("desk-8");

            assertEquals("desk-8", other.getClientID());
        }
    }

    @Test
    void factoriesOfOneJvmShareTheIdentifiers() throws JMSException {
        PgmConnectionFactory one = new PgmConnectionFactory();
        PgmConnectionFactory two = new PgmConnectionFactory("epgm://lo;239.192.7.7:7777");
        try (Connection connection = one.createConnection()) {
            connection.setClientID("org.pgmjms.ClientIdTest");
            two.setClientId("org.pgmjms.ClientIdTest");

            assertThrows(InvalidClientIDException.class, two::createConnection);
        }
        two.createConnection().close();
    }

    @Test
    void aClosedConnectionTakesNone() throws JMSException {
        Connection closed = factory.createConnection();
        closed.close();

        assertThrows(IllegalStateException.class, () -> closed.setClientID(ID));

        takeInContext(ID);
    }

    @Test
    void aConnectionThatFailsToOpenATransportGivesItBackAtClose() throws JMSException {
        ClientRuntime broken = ClientRuntime.of(new NoLinks(), provider.clock(), Thread::new);
        PgmConnectionFactory administered = TestProvider.factory("epgm://239.192.0.1:7500?jms.clientId=" + ID, broken);
        try (Connection connection = administered.createConnection()) {
            connection.start();
            Session session = connection.createSession();
            Topic topic = session.createTopic("t");
            assertThrows(ResourceAllocationException.class, () -> session.createConsumer(topic));
            assertThrows(InvalidClientIDException.class, administered::createConnection);
        }
        administered.createConnection().close();
    }

    @Test
    void aContextThatCannotBeMadeGivesItBack() {
        PgmConnectionFactory administered = provider.factory("jms.clientId=" + ID);
        assertThatThrownBy(() -> administered.createContext(99)).isInstanceOf(JMSRuntimeException.class);

        takeInContext(ID);
    }

    @Test
    void ofManyThreadsOneGetsIt() throws Exception {
        for (int round = 0; round < 50; round++) {
            List<Connection> connections = new ArrayList<>();
            List<Call<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Connection connection = factory.createConnection();
                connections.add(connection);
                calls.add(new Call<>(() -> took(connection)));
            }
            List<Boolean> results = new ArrayList<>();
            for (Call<Boolean> call : calls) {
                results.add(call.result());
            }

            assertThat(results).containsOnlyOnce(true);
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private static boolean took(Connection connection) throws JMSException {
        try {
            connection.setClientID(ID);
            return true;
        } catch (InvalidClientIDException e) {
            return false;
        }
    }

    private void takeInContext(String id) {
        try (JMSContext context = factory.createContext()) {
            context.setClientID(id);
        }
    }

    /** The interface is down. */
    private static final class NoLinks implements LinkFactory {
        @Override
        public void check(LinkSettings settings) {}

        @Override
        public Link open(LinkSettings settings) throws JMSException {
            throw JmsExceptions.resource("No such interface", null);
        }

        @Override
        public JmsLimits limits() {
            return new JmsLimits(() -> 0);
        }
    }

    private interface Use {
        void of(JMSContext context);
    }
}
