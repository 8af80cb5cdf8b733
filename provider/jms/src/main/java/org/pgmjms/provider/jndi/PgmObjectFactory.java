package org.pgmjms.provider.jndi;

import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.naming.ConfigurationException;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NamingException;
import javax.naming.RefAddr;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import javax.naming.spi.ObjectFactory;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.PgmXAConnectionFactory;
import org.pgmjms.provider.destination.PgmQueue;
import org.pgmjms.provider.destination.PgmTopic;

/**
 * Makes administered objects from references: those that {@link PgmConnectionFactory#getReference} and
 * {@link org.pgmjms.provider.destination.PgmDestination#getReference} give, and those of a server's resource
 * definitions, such as Tomcat's {@code <Resource>}.
 *
 * <p>A reference for {@code jakarta.jms.ConnectionFactory}, {@code TopicConnectionFactory},
 * {@code QueueConnectionFactory}, one of these with XA, {@code PgmConnectionFactory} or {@code PgmXAConnectionFactory} has bean properties or settings as addresses
 * ({@code url}, {@code jmsLossPolicy}, {@code pgm.maxRate} ...), one for {@code jakarta.jms.Topic} has
 * {@code topicName}, one for {@code jakarta.jms.Queue} {@code queueName}. For any other class the answer is null, so
 * that the naming system asks further. No class is loaded and no address is opened because a reference says so.
 *
 * <p>Safe for any thread. Jakarta Messaging 3.1, section 5.1.
 */
public final class PgmObjectFactory implements ObjectFactory {
    private static final String FACTORY_CLASS = PgmConnectionFactory.class.getName();
    private static final String XA_FACTORY_CLASS = PgmXAConnectionFactory.class.getName();
    private static final String TOPIC_CLASS = PgmTopic.class.getName();
    private static final String QUEUE_CLASS = PgmQueue.class.getName();
    /** What servers add to references for themselves. */
    private static final Set<String> OF_SERVER =
            Set.of("factory", "description", "scope", "auth", "singleton", "closeMethod");

    /** For the naming system. */
    public PgmObjectFactory() {}

    /**
     * The object that a reference describes, or null if it describes none of ours.
     *
     * @throws NamingException if an address is unknown, missing or no text; the message names it
     */
    @Override
    public @Nullable Object getObjectInstance(
            @Nullable Object reference,
            @Nullable Name name,
            @Nullable Context context,
            @Nullable Hashtable<?, ?> environment)
            throws NamingException {
        return reference instanceof Reference ours ? instance(ours) : null;
    }

    private static @Nullable Object instance(Reference reference) throws NamingException {
        String type = reference.getClassName();
        if (type.equals(FACTORY_CLASS)) {
            return factory(reference, PgmConnectionFactory::of);
        }
        if (type.equals(XA_FACTORY_CLASS)) {
            return factory(reference, PgmXAConnectionFactory::of);
        }
        if (type.equals(TOPIC_CLASS)) {
            return destination(reference, "topicName", PgmTopic::new);
        }
        if (type.equals(QUEUE_CLASS)) {
            return destination(reference, "queueName", PgmQueue::new);
        }
        return switch (type) {
            case "jakarta.jms.ConnectionFactory",
                    "jakarta.jms.TopicConnectionFactory",
                    "jakarta.jms.QueueConnectionFactory" -> factory(reference, PgmConnectionFactory::of);
            case "jakarta.jms.XAConnectionFactory",
                    "jakarta.jms.XATopicConnectionFactory",
                    "jakarta.jms.XAQueueConnectionFactory" -> factory(reference, PgmXAConnectionFactory::of);
            case "jakarta.jms.Topic" -> destination(reference, "topicName", PgmTopic::new);
            case "jakarta.jms.Queue" -> destination(reference, "queueName", PgmQueue::new);
            default -> null;
        };
    }

    private static PgmConnectionFactory factory(
            Reference reference, Function<Map<String, String>, PgmConnectionFactory> maker) throws NamingException {
        Map<String, String> properties = texts(reference);
        try {
            return maker.apply(properties);
        } catch (IllegalArgumentException e) {
            throw wrong("A connection factory's reference is wrong: " + e.getMessage(), e);
        }
    }

    private static Object destination(Reference reference, String address, Function<String, Object> maker)
            throws NamingException {
        Map<String, String> properties = texts(reference);
        String text = properties.remove(address);
        if (text == null || !properties.isEmpty()) {
            throw new ConfigurationException(
                    "The reference of a " + reference.getClassName() + " has exactly one property, " + address
                            + (text == null ? ", which is missing" : "; there is also " + properties.keySet()));
        }
        try {
            return maker.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(address + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, String> texts(Reference reference) throws NamingException {
        Map<String, String> texts = new HashMap<>();
        for (RefAddr address : Collections.list(reference.getAll())) {
            String type = address.getType();
            if (OF_SERVER.contains(type)) {
                continue;
            }
            if (!(address instanceof StringRefAddr) || !(address.getContent() instanceof String text)) {
                throw new ConfigurationException("Property " + type + " of the reference is no text");
            }
            texts.put(type, text);
        }
        return texts;
    }

    private static ConfigurationException wrong(String message, Exception cause) {
        ConfigurationException wrong = new ConfigurationException(message);
        wrong.setRootCause(cause);
        return wrong;
    }
}
