package org.pgmjms.tck.frameworks;

import static org.awaitility.Awaitility.await;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Message;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.jms.config.DefaultJmsListenerContainerFactory;
import org.springframework.jms.config.JmsListenerEndpointRegistry;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.jms.listener.DefaultMessageListenerContainer;

/** A Spring Boot application with two listeners, as its users write it. Closed with the test. */
final class SpringApp implements AutoCloseable {
    static final String QUOTES = "quotes.us";
    static final String QUESTIONS = "questions";

    private final ConfigurableApplicationContext context;

    private SpringApp(Map<String, Object> beans, String... properties) {
        context = new SpringApplicationBuilder(Beans.class)
                .web(WebApplicationType.NONE)
                .properties("spring.jms.pub-sub-domain=true", "spring.main.banner-mode=off", "spring.jmx.enabled=false")
                .properties(properties)
                .initializers(fresh -> beans.forEach(fresh.getBeanFactory()::registerSingleton))
                .run();
        awaitListeners();
    }

    /** Starts it as Spring Boot does, and returns when its listeners are subscribed. */
    static SpringApp booted(ConnectionFactory factory, String... properties) {
        return new SpringApp(Map.of("connectionFactory", factory), properties);
    }

    /** The same, but the listeners' containers use this connection factory as it is. */
    static SpringApp withContainersOn(ConnectionFactory factory) {
        DefaultJmsListenerContainerFactory containers = new DefaultJmsListenerContainerFactory();
        containers.setConnectionFactory(factory);
        containers.setPubSubDomain(true);
        return new SpringApp(Map.of("connectionFactory", factory, "jmsListenerContainerFactory", containers));
    }

    /** Returns when every listener container has its consumer. */
    void awaitListeners() {
        await().until(() -> context.getBean(JmsListenerEndpointRegistry.class).getListenerContainers().stream()
                .allMatch(container -> ((DefaultMessageListenerContainer) container).isRegisteredWithDestination()));
    }

    JmsTemplate template() {
        return context.getBean(JmsTemplate.class);
    }

    /** What the listener of {@link #QUOTES} got. */
    BlockingQueue<Message> quotes() {
        return context.getBean(Listeners.class).quotes;
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Beans {
        @Bean
        Listeners listeners() {
            return new Listeners();
        }
    }

    static class Listeners {
        private final BlockingQueue<Message> quotes = new LinkedBlockingQueue<>();

        @JmsListener(destination = QUOTES)
        void onQuote(Message message) {
            quotes.add(message);
        }

        @JmsListener(destination = QUESTIONS)
        String answer(String question) {
            return "re: " + question;
        }
    }
}
