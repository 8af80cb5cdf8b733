package org.pgmjms.provider;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The {@code broker.*} settings of a connection factory as bean properties, all of them text; null is not set. */
public abstract sealed class BrokerProperties extends JmsProperties permits PgmConnectionFactory {
    @Serial
    private static final long serialVersionUID = 1;

    BrokerProperties() {}

    /** {@code broker.url}: the companion broker, which keeps named queues and durable subscriptions. */
    public final void setBrokerUrl(@Nullable String value) {
        set("broker.url", value);
    }

    /** The value of {@code broker.url} that was set, or null. */
    public final @Nullable String getBrokerUrl() {
        return get("broker.url");
    }

    /**
     * {@code broker.connectionFactory}: the JNDI name of the companion broker's own connection factory, instead of {@code broker.url}.
     */
    public final void setBrokerConnectionFactory(@Nullable String value) {
        set("broker.connectionFactory", value);
    }

    /** The value of {@code broker.connectionFactory} that was set, or null. */
    public final @Nullable String getBrokerConnectionFactory() {
        return get("broker.connectionFactory");
    }

    /** {@code broker.topics}: which topics the broker keeps for durable subscribers: {@code >,!quotes.>}. */
    public final void setBrokerTopics(@Nullable String value) {
        set("broker.topics", value);
    }

    /** The value of {@code broker.topics} that was set, or null. */
    public final @Nullable String getBrokerTopics() {
        return get("broker.topics");
    }

    /** {@code broker.linger}: how long an embedded broker runs on after its last connection was closed. */
    public final void setBrokerLinger(@Nullable String value) {
        set("broker.linger", value);
    }

    /** The value of {@code broker.linger} that was set, or null. */
    public final @Nullable String getBrokerLinger() {
        return get("broker.linger");
    }

    /**
     * {@code broker.reconnect}: how long a broken connection to the broker is tried again before what needs it fails.
     */
    public final void setBrokerReconnect(@Nullable String value) {
        set("broker.reconnect", value);
    }

    /** The value of {@code broker.reconnect} that was set, or null. */
    public final @Nullable String getBrokerReconnect() {
        return get("broker.reconnect");
    }
}
