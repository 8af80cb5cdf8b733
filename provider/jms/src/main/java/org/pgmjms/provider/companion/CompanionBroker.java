package org.pgmjms.provider.companion;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A broker that keeps named queues and durable subscriptions for the connections of a factory. Everything that is asked
 * of it is Jakarta Messaging itself, so that any provider can be one: {@link ConnectionFactoryBroker}. Called by any
 * thread.
 *
 * <p>Each of our connections has one connection to the broker, never a pooled one, as {@code noLocal} and the client
 * identifier depend on it; it is made when it is first needed, and started, stopped and closed with ours.
 */
public interface CompanionBroker extends AutoCloseable {
    /** The {@link #brokerId} of a broker that cannot be told from others. */
    long UNKNOWN_ID = -1;

    /**
     * Which broker it is: the same for every client of one store, another one for another store, never 0. Frames carry it
     * to say who has stored the message.
     *
     * @throws JMSException if that cannot be found out now
     */
    long brokerId() throws JMSException;

    /**
     * A connection of its own for one of our connections, not started, with the client identifier set. The caller closes
     * it.
     *
     * @param user who connects; null for whom the broker's own settings name
     * @param password the password of {@code user}
     * @param clientId the client identifier, which the broker enforces; null for none
     */
    Connection connect(@Nullable String user, @Nullable String password, @Nullable String clientId) throws JMSException;

    /**
     * As {@link #connect}, with sessions that take part in the transactions of a transaction manager.
     *
     * @throws JMSException also if the broker has no such connections
     */
    XAConnection connectXa(@Nullable String user, @Nullable String password, @Nullable String clientId)
            throws JMSException;

    /**
     * What the broker calls a queue or topic of ours; never asked for a temporary one, as those stay native.
     *
     * @param session of a connection to this broker
     */
    Destination toBroker(Destination ours, Session session) throws JMSException;

    /**
     * What we call a destination of the broker, such as the {@code JMSReplyTo} that a client without multicast has set.
     *
     * @throws jakarta.jms.InvalidDestinationException if we have no name for it
     */
    Destination fromBroker(Destination theirs) throws JMSException;

    /**
     * Whether a connection goes on after an exception that it told or that one of its calls threw, as its client connects
     * anew by itself: what was not acknowledged or committed then comes again. None does by default.
     */
    default boolean goesOnAfter(JMSException exception) {
        return false;
    }

    /** Lets go of the broker; what was made with it is closed before. A second call does nothing. */
    @Override
    void close();

    /** Knows a kind of broker by its URL; found by {@link java.util.ServiceLoader}. */
    interface Provider {
        /** Whether {@code broker.url} names a broker of this kind. Opens nothing. */
        boolean accepts(String brokerUrl);

        /**
         * The broker with this URL, which need not be there yet.
         *
         * @param brokerUrl the value of {@code broker.url}
         * @param options the other {@code broker.*} settings that have a value, by their full names
         * @throws JMSException if the URL or an option has a wrong value, or an embedded broker cannot start
         */
        CompanionBroker open(String brokerUrl, Map<String, String> options) throws JMSException;
    }
}
