package org.pgmjms.tck.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.provider.PgmConnectionFactory;
import org.springframework.jms.connection.CachingConnectionFactory;

/** {@code JmsTemplate} and {@code @JmsListener} of a Spring Boot application, with Boot's own settings. */
class SpringBootTest {
    private static final String URL = "epgm://lo;239.192.93.3:17934";
    private static final int MESSAGES = 100;
    /** Their containers have a connection each: Spring Boot takes the caching factory away from them. */
    private static final int LISTENERS = 2;

    private final AtomicInteger connections = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({"false, true", "true, true", "false, false", "true, false"})
    void aListenerGetsWhatTheTemplateSends(boolean cached, boolean transacted) throws Exception {
        try (SpringApp app =
                SpringApp.booted(factory(cached), "spring.jms.listener.session.transacted=" + transacted)) {
            for (int i = 0; i < MESSAGES; i++) {
                app.template().convertAndSend(SpringApp.QUOTES, "message " + i);
            }

            for (int i = 0; i < MESSAGES; i++) {
                Message message = app.quotes().take();
                assertEquals("message " + i, ((TextMessage) message).getText());
                assertEquals(1, message.getIntProperty("JMSXDeliveryCount"));
            }
            assertEquals(LISTENERS + (cached ? 1 : MESSAGES), connections.get());
        }
    }

    private ConnectionFactory factory(boolean cached) {
        PgmConnectionFactory factory = new PgmConnectionFactory(URL);
        factory.setAuthenticator((user, password) -> connections.incrementAndGet() > 0);
        return cached ? new CachingConnectionFactory(factory) : factory;
    }
}
