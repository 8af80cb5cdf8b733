package org.pgmjms.provider.client;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.companion.CompanionBroker;

/**
 * Which companion broker a connection uses, and as whom.
 *
 * @param broker the broker
 * @param user who connects; null for whom the broker's own settings name
 * @param password the user's
 * @param isXa whether its sessions take part in the transactions of a transaction manager
 */
public record BrokerAccess(
        CompanionBroker broker,
        @Nullable String user,
        @Nullable String password,
        boolean isXa) {
    /** Refuses null. */
    public BrokerAccess {
        Objects.requireNonNull(broker, "broker");
    }

    /** A connection to the broker with this client identifier. */
    Connection connect(@Nullable String clientId) throws JMSException {
        return isXa ? broker.connectXa(user, password, clientId) : broker.connect(user, password, clientId);
    }

    /** The broker; nothing of the password. */
    @Override
    public String toString() {
        return "BrokerAccess[" + broker + "]";
    }
}
