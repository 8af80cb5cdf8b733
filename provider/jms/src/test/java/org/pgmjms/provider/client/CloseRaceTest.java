package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.Topic;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.TestProvider;
import org.pgmjms.provider.link.JmsLimits;
import org.pgmjms.provider.link.Link;
import org.pgmjms.provider.link.LinkFactory;
import org.pgmjms.provider.link.LinkSettings;
import org.pgmjms.provider.testing.Call;

/** Whatever runs while something is closed: nothing is left behind. Jakarta Messaging 3.1, sections 6.1.8 and 6.2.15. */
class CloseRaceTest {
    private static final int ROUNDS = 200;

    private final TestProvider provider = new TestProvider();

    @Test
    void consumersThatAreBeingCreated() throws Exception {
        race((session, topic) -> session.createConsumer(topic));
    }

    @Test
    void consumersThatAreGoingToShare() throws Exception {
        race((session, topic) -> session.createSharedConsumer(topic, "shared"));
    }

    /** It is counted already, and waits for another one to join the channel, which fails. Nobody is left on the topic. */
    @Test
    void aConsumerThatWaitsForAnotherToJoin() throws Exception {
        FailsFirst links = new FailsFirst(provider.network());
        ClientRuntime runtime = ClientRuntime.of(links, provider.clock(), Thread::new);
        try (Connection connection =
                TestProvider.factory("epgm://lo;239.192.0.1:7500", runtime).createConnection()) {
            Session session = connection.createSession();
            Session closing = connection.createSession();
            TemporaryTopic topic = session.createTemporaryTopic();
            Call<?> first = new Call<>(() -> session.createSharedConsumer(topic, "shared"));
            links.opening.join();
            Call<?> second = new Call<>(() -> closing.createSharedConsumer(topic, "shared")).awaitBlocked();

            closing.close();
            links.failing.complete(null);

            assertThatThrownBy(first::result).hasRootCauseMessage("no socket");
            assertThatThrownBy(second::result).hasRootCauseExactlyInstanceOf(IllegalStateException.class);
            topic.delete();
            assertEquals(0, provider.network().subscriptions());
            assertEquals(0, provider.network().openLinks());
        }
    }

    /** The first transport cannot be opened, after a while. */
    private static final class FailsFirst implements LinkFactory {
        private final LinkFactory others;
        private final CompletableFuture<Void> opening = new CompletableFuture<>();
        private final CompletableFuture<Void> failing = new CompletableFuture<>();

        FailsFirst(LinkFactory others) {
            this.others = others;
        }

        @Override
        public Link open(LinkSettings settings) throws JMSException {
            if (opening.complete(null)) {
                failing.join();
                throw new JMSException("no socket");
            }
            return others.open(settings);
        }

        @Override
        public void check(LinkSettings settings) throws JMSException {
            others.check(settings);
        }

        @Override
        public JmsLimits limits() {
            return others.limits();
        }
    }

    /** Its connection is closed when it has its subscription already: it is refused, and its thread does not start. */
    @Test
    void aConnectionConsumerThatIsBeingCreated() throws Exception {
        try (PgmConnection connection = provider.connection("")) {
            ConnectionConsumers consumers = new ConnectionConsumers(connection);

            assertThatThrownBy(() -> consumers.of(session -> consumerThenClosed(session, consumers), () -> null, 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");

            assertThat(provider.threads()).noneMatch(thread -> thread.getName().endsWith("-feed"));
            assertEquals(0, provider.network().subscriptions());
        }
    }

    private static MessageConsumer consumerThenClosed(Session session, ConnectionConsumers consumers)
            throws JMSException {
        MessageConsumer consumer = session.createConsumer(session.createTopic("quotes.us"));
        consumers.close();
        return consumer;
    }

    @Test
    void listenersThatAreBeingSet() throws Exception {
        race((session, topic) -> session.createConsumer(topic).setMessageListener(message -> {}));
    }

    @Test
    void receivesThatAreWaiting() throws Exception {
        race((session, topic) -> session.createConsumer(topic).receive());
    }

    @Test
    void messagesThatAreBeingSent() throws Exception {
        race((session, topic) -> {
            MessageProducer producer = session.createProducer(topic);
            for (int i = 0; i < 20; i++) {
                producer.send(session.createMessage());
            }
        });
    }

    @Test
    void messagesThatAreBeingHeard() throws Exception {
        race((session, topic) -> {
            MessageConsumer consumer = session.createConsumer(topic);
            consumer.setMessageListener(message -> {});
            MessageProducer producer = session.createProducer(topic);
            for (int i = 0; i < 20; i++) {
                producer.send(session.createMessage());
            }
            consumer.close();
        });
    }

    private interface Use {
        void of(Session session, Topic topic) throws JMSException;
    }

    private void race(Use use) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            PgmConnection connection = (PgmConnection) provider.factory().createConnection();
            connection.start();
            Session session = connection.createSession();
            Topic topic = session.createTopic("quotes.us");
            AutoCloseable closed = round % 2 == 0 ? connection : session;

            Call<Void> user = Call.of(() -> {
                try {
                    use.of(session, topic);
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("closed");
                }
            });
            Call<Void> closer = Call.of(closed::close);

            closer.result();
            user.result();
            connection.close();
            assertEquals(0, provider.network().subscriptions());
            assertEquals(0, provider.network().openLinks());
            assertThat(provider.threads()).noneMatch(Thread::isAlive);
            provider.threads().clear();
        }
    }
}
