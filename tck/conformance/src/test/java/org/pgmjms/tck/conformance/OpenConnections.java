package org.pgmjms.tck.conformance;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The connections of a test, of whatever factory: closed after it. */
final class OpenConnections implements AfterEachCallback {
    private final List<Connection> open = new ArrayList<>();

    /** A new one, started. */
    Connection started(ConnectionFactory factory) throws JMSException {
        return started(factory, null);
    }

    /** A new one with this client identifier, or without one when that is null, started. */
    Connection started(ConnectionFactory factory, String clientId) throws JMSException {
        Connection opened = factory.createConnection();
        open.add(opened);
        if (clientId != null) {
            opened.setClientID(clientId);
        }
        opened.start();
        return opened;
    }

    /** Closes all that there are now. */
    void close() throws JMSException {
        for (Connection each : open) {
            each.close();
        }
        open.clear();
    }

    @Override
    public void afterEach(ExtensionContext context) throws JMSException {
        close();
    }
}
