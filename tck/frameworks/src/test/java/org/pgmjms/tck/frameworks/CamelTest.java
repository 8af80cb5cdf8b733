package org.pgmjms.tck.frameworks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.provider.PgmConnectionFactory;

/** Camel's {@code jms:} component on topics. */
class CamelTest {
    private static final String URL = "epgm://lo;239.192.93.8:17937";
    private static final int MESSAGES = 100;
    private static final String PROBE = "probe";

    private final CamelContext camel = new DefaultCamelContext();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @BeforeEach
    void addComponent() {
        camel.addComponent("jms", JmsComponent.jmsComponent(new PgmConnectionFactory(URL)));
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?transacted=true&lazyCreateTransactionManager=false"})
    void aRouteFromTopicToTopicKeepsEveryMessageInOrder(String options) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("jms:topic:in" + options).to("jms:topic:out");
                from("jms:topic:out" + options)
                        .process(exchange -> received.add(exchange.getMessage().getBody(String.class)));
            }
        });
        camel.start();
        ProducerTemplate template = camel.createProducerTemplate();
        await().until(() -> {
            template.sendBody("jms:topic:in", PROBE);
            return received.contains(PROBE);
        });

        for (int i = 0; i < MESSAGES; i++) {
            template.sendBody("jms:topic:in", "message " + i);
        }

        String next = received.take();
        while (next.equals(PROBE)) {
            next = received.take();
        }
        for (int i = 0; i < MESSAGES; i++) {
            assertEquals("message " + i, i == 0 ? next : received.take());
        }
    }

    @Test
    void headersTravelAsPropertiesAndBack() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("jms:topic:in?selector=currency%3D'USD'")
                        .process(exchange -> received.add(exchange.getMessage().getBody(String.class) + " "
                                + exchange.getMessage().getHeader("currency") + " "
                                + exchange.getMessage().getHeader("JMSType")));
            }
        });
        camel.start();
        ProducerTemplate template = camel.createProducerTemplate();
        await().until(() -> {
            template.sendBodyAndHeader("jms:topic:in", PROBE, "currency", "USD");
            return !received.isEmpty();
        });

        template.sendBodyAndHeader("jms:topic:in", "1", "currency", "EUR");
        template.sendBodyAndHeader("jms:topic:in", "2", "currency", "USD");

        String next = received.take();
        while (next.startsWith(PROBE)) {
            next = received.take();
        }
        assertEquals("2 USD null", next);
    }
}
