package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.tck.conformance.JmsContract.SOON_MS;
import static org.pgmjms.tck.conformance.JmsContract.sendTexts;
import static org.pgmjms.tck.conformance.JmsContract.uniqueName;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.loss.NotStoredException;

/** Durable subscribers hear of publishers whose messages their broker does not get. */
@ExtendWith(Providers.class)
class NotStoredTest {
    private static final int MANY = 100;

    @RegisterExtension
    private final OpenConnections connections = new OpenConnections();

    private final BlockingQueue<JMSException> told = new LinkedBlockingQueue<>();
    private Session subscribing;
    private Topic topic;
    private Topic later;
    private MessageConsumer durable;

    @BeforeEach
    void subscribe() throws JMSException {
        Connection subscriber = started(Providers.URL, Providers.companionUrl(), uniqueName());
        subscriber.setExceptionListener(told::add);
        subscribing = subscriber.createSession();
        topic = subscribing.createTopic(uniqueName());
        later = subscribing.createTopic(uniqueName());
        durable = subscribing.createDurableConsumer(topic, "d");
        subscribing.createDurableConsumer(later, "later");
    }

    private Connection started(String url, String brokerUrl, String clientId) throws JMSException {
        PgmConnectionFactory factory = new PgmConnectionFactory(url);
        factory.setBrokerUrl(brokerUrl);
        factory.setBrokerLinger("0");
        return connections.started(factory, clientId);
    }

    /** Publishers with the same number have the same source. */
    private Session publisher(int number, String brokerUrl) throws JMSException {
        return started(Providers.URL + "?pgm.linger=" + number + "ms", brokerUrl, null)
                .createSession();
    }

    private NotStoredException told() throws InterruptedException {
        JMSException next = Objects.requireNonNull(told.poll(SOON_MS, TimeUnit.MILLISECONDS), "nothing was told");
        assertThat(next).isInstanceOf(NotStoredException.class);
        return (NotStoredException) next;
    }

    @Test
    void aPublisherWithoutABrokerIsReportedOnce() throws Exception {
        MessageConsumer onGroup = subscribing.createConsumer(topic);
        MessageProducer producer = publisher(1, null).createProducer(topic);
        for (int i = 0; i < MANY; i++) {
            producer.send(subscribing.createMessage());
        }
        String source = "";
        for (int i = 0; i < MANY; i++) {
            Message got = onGroup.receive(SOON_MS);
            source = got.getStringProperty("JMS_PGM_Source");
        }
        sendTexts(publisher(2, null), later, "from another source");

        NotStoredException first = told();
        NotStoredException second = told();

        assertThat(first.getErrorCode()).isEqualTo("PGM_2002");
        assertThat(first.getTopicName()).isEqualTo(topic.getTopicName());
        assertThat(first.getSource()).isEqualTo(source);
        assertThat(first)
                .hasMessageContaining(source)
                .hasMessageContaining(topic.getTopicName())
                .hasMessageContaining("no companion broker")
                .hasMessageContaining("broker.url")
                .hasMessageContaining("broker.topics");
        assertThat(second.getTopicName()).isEqualTo(later.getTopicName());
        assertThat(second.getSource()).isNotEqualTo(source);
        assertThat(durable.receiveNoWait()).isNull();
    }

    @Test
    void whatTheSameBrokerStoresAndWhatNeedsNoStoreIsNotReported() throws Exception {
        sendTexts(publisher(3, Providers.companionUrl()), topic, "stored");
        Session without = publisher(3, null);
        MessageProducer producer = without.createProducer(topic);
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.send(without.createMessage());
        sendTexts(
                without, without.createTopic(topic.getTopicName() + ".other"), "of a topic without durable consumers");
        sendTexts(without, later, "missed");

        assertThat(told().getTopicName()).isEqualTo(later.getTopicName());
        assertThat(told).isEmpty();
    }

    @Test
    void whatAnotherBrokerStoresIsReported(@TempDir Path dataDir) throws Exception {
        sendTexts(publisher(4, "embedded?dataDir=" + dataDir), topic, "stored elsewhere");

        assertThat(told()).hasMessageContaining("another companion broker");
    }

    @Test
    void afterTheLastDurableConsumerNothingIsReported() throws Exception {
        MessageConsumer shared = subscribing.createSharedDurableConsumer(topic, "s");
        durable.close();
        Session publishing = publisher(5, null);
        sendTexts(publishing, topic, "missed by the shared subscription");
        assertThat(told().getTopicName()).isEqualTo(topic.getTopicName());
        shared.close();

        Session another = publisher(6, null);
        sendTexts(another, topic, "missed by nobody who is there");
        sendTexts(another, later, "missed");

        assertThat(told().getTopicName()).isEqualTo(later.getTopicName());
        assertThat(told).isEmpty();
    }
}
