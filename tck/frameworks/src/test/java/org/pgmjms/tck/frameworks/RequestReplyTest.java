package org.pgmjms.tck.frameworks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.provider.PgmConnectionFactory;
import org.springframework.jms.connection.CachingConnectionFactory;

/** Requests to a topic whose replies come to temporary queues that the frameworks make. */
class RequestReplyTest {
    private static final String URL = "epgm://lo;239.192.93.9:17938";
    private static final int REQUESTS = 100;

    private final CamelContext camel = new DefaultCamelContext();

    @AfterEach
    void stop() {
        camel.stop();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSpringListenersResultIsTheReplyOfSendAndReceive(boolean cached) throws Exception {
        ConnectionFactory factory = new PgmConnectionFactory(URL);
        try (SpringApp app = SpringApp.booted(cached ? new CachingConnectionFactory(factory) : factory)) {
            for (int i = 0; i < REQUESTS; i++) {
                String question = "question " + i;
                Message reply = app.template()
                        .sendAndReceive(SpringApp.QUESTIONS, session -> session.createTextMessage(question));

                assertEquals("re: " + question, ((TextMessage) reply).getText());
            }
        }
    }

    @Test
    void aCamelRouteAnswersARequest() throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        camel.addComponent("jms", JmsComponent.jmsComponent(new PgmConnectionFactory(URL)));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("jms:topic:camel").process(exchange -> {
                    String question = exchange.getMessage().getBody(String.class);
                    asked.add(question);
                    exchange.getMessage().setBody("re: " + question);
                });
            }
        });
        camel.start();
        ProducerTemplate template = camel.createProducerTemplate();
        await().until(() -> {
            template.sendBody("jms:topic:camel", "anyone there?");
            return !asked.isEmpty();
        });

        for (int i = 0; i < REQUESTS; i++) {
            assertEquals("re: " + i, template.requestBody("jms:topic:camel", String.valueOf(i), String.class));
        }
    }
}
