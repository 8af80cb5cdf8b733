package org.pgmjms.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.Topic;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the README shows compiles and runs. */
@Timeout(30)
class ReadmeExampleTest {
    private final BlockingQueue<String> printed = new LinkedBlockingQueue<>();

    @Test
    void onePublisherReachesASubscriber() throws InterruptedException {
        ConnectionFactory factory = new TestProvider().factory();

        try (JMSContext subscriber = factory.createContext();
                JMSContext publisher = factory.createContext()) {
            Topic topic = subscriber.createTopic("quotes.MSFT");
            subscriber.setExceptionListener(loss -> printed.add(loss.getMessage()));
            subscriber
                    .createConsumer(topic)
                    .setMessageListener(message -> printed.add("received " + JmsBodies.text(message)));

            publisher.createProducer().setProperty("currency", "USD").send(topic, "407.54");

            assertEquals("received 407.54", printed.take());
        }
    }

    /** A listener cannot throw what {@code getBody} does. */
    private static final class JmsBodies {
        static String text(jakarta.jms.Message message) {
            try {
                return message.getBody(String.class);
            } catch (jakarta.jms.JMSException e) {
                throw new AssertionError(e);
            }
        }
    }
}
