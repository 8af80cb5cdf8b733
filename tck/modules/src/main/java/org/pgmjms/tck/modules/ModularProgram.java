package org.pgmjms.tck.modules;

import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.util.Hashtable;
import java.util.Map;
import java.util.TreeSet;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.destination.PgmTopic;

/** Looks everything up by JNDI, sends to itself with a selector, and prints the modules that took part. */
public final class ModularProgram {
    private static final long TIMEOUT_MILLIS = 10_000;

    private ModularProgram() {}

    /** Argument: the URL. */
    @SuppressWarnings({"BanJNDI", "JdkObsolete"}) // what is tried; JNDI wants a Hashtable
    public static void main(String[] arguments) throws NamingException, JMSException {
        Context names = new InitialContext(new Hashtable<>(Map.of(
                Context.INITIAL_CONTEXT_FACTORY,
                "org.pgmjms.provider.jndi.PgmInitialContextFactory",
                "connectionfactory.feed",
                arguments[0],
                "topic.quotes",
                "quotes.us")));
        ConnectionFactory factory = (ConnectionFactory) names.lookup("feed");
        Topic topic = (Topic) names.lookup("quotes");
        try (JMSContext subscriber = factory.createContext();
                JMSContext publisher = factory.createContext()) {
            JMSConsumer consumer = subscriber.createConsumer(topic, "currency = 'USD'");
            publisher.createProducer().setProperty("currency", "EUR").send(topic, "35.70");
            publisher.createProducer().setProperty("currency", "USD").send(topic, "39.81");
            publisher.createProducer().setProperty("currency", "USD").send(topic, new byte[50_000]);

            System.out.println("text=" + ((TextMessage) received(consumer)).getText());
            System.out.println("bytes=" + ((BytesMessage) received(consumer)).getBodyLength());
        }
        System.out.println("named=" + (factory instanceof PgmConnectionFactory && topic instanceof PgmTopic));
        TreeSet<String> modules = new TreeSet<>();
        ModuleLayer.boot().modules().forEach(module -> modules.add(module.getName()));
        System.out.println("modules=" + String.join(" ", modules));
    }

    private static Message received(JMSConsumer consumer) {
        Message message = consumer.receive(TIMEOUT_MILLIS);
        if (message == null) {
            throw new IllegalStateException("nothing came");
        }
        return message;
    }
}
