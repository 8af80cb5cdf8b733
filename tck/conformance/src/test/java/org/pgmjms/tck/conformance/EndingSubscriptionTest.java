package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A broker ends a shared subscription some time after its last consumer was closed. */
@ExtendWith(Providers.class)
class EndingSubscriptionTest {
    private static final int TIMES = 200;

    @Test
    void anotherOneOfItsNameCanBeMadeMeanwhile() throws JMSException {
        String name = JmsContract.uniqueName();
        try (Connection connection = Provider.COMPANION.factory().createConnection()) {
            Session session = connection.createSession();
            Topic topic = session.createTopic(name);

            for (int i = 0; i < TIMES; i++) {
                assertThatCode(() -> session.createSharedConsumer(topic, name).close())
                        .as("number %d", i)
                        .doesNotThrowAnyException();
            }
        }
    }
}
