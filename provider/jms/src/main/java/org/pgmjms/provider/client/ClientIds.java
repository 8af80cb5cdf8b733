package org.pgmjms.provider.client;

import jakarta.jms.InvalidClientIDException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.pgmjms.provider.error.JmsExceptions;

/** The client identifiers in use, each by one connection. Safe for any thread. Jakarta Messaging 3.1, section 6.1.2. */
public final class ClientIds {
    private final Set<String> inUse = ConcurrentHashMap.newKeySet();

    /** Takes an identifier. */
    void take(String clientId) throws InvalidClientIDException {
        if (clientId.isBlank()) {
            throw JmsExceptions.invalidClientId("A client identifier must not be blank");
        }
        if (!inUse.add(clientId)) {
            throw JmsExceptions.invalidClientId("Client identifier '" + clientId + "' is in use by another connection");
        }
    }

    /** Gives it back. */
    void release(String clientId) {
        inUse.remove(clientId);
    }
}
