package org.pgmjms.provider.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.companion.CompanionBroker;

/**
 * Which companion broker a connection uses, and as whom.
 *
 * @param broker the broker
 * @param user who connects; null for whom the broker's own settings name
 * @param password the user's
 */
public record BrokerAccess(
        CompanionBroker broker,
        @Nullable String user,
        @Nullable String password) {
    /** Refuses null. */
    public BrokerAccess {
        Objects.requireNonNull(broker, "broker");
    }

    /** The broker; nothing of the password. */
    @Override
    public String toString() {
        return "BrokerAccess[" + broker + "]";
    }
}
