package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.Topic;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.junit.EmbeddedActiveMQExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The broker that the JMS contract also runs on starts in this build, and speaks jakarta.jms. */
class EmbeddedBrokerTest {
    @RegisterExtension
    static final EmbeddedActiveMQExtension BROKER = new EmbeddedActiveMQExtension();

    @Test
    void carriesATextMessage() throws Exception {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(BROKER.getVmURL());
                JMSContext context = ((ConnectionFactory) factory).createContext()) {
            Topic topic = context.createTopic("quotes");
            var consumer = context.createConsumer(topic);

            context.createProducer().send(topic, "MSFT 39.81");

            assertThat(consumer.receiveBody(String.class, 5_000)).isEqualTo("MSFT 39.81");
        }
    }
}
