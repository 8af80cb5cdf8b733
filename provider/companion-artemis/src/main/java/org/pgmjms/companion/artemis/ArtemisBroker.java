package org.pgmjms.companion.artemis;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.companion.CompanionBroker;
import org.pgmjms.provider.companion.ConnectionFactoryBroker;

/** What all of Artemis' brokers have in common: the general one behind their connection factory. Safe for any thread. */
abstract class ArtemisBroker implements CompanionBroker {
    private final ConnectionFactoryBroker broker;

    ArtemisBroker(ConnectionFactoryBroker broker) {
        this.broker = broker;
    }

    @Override
    public long brokerId() throws JMSException {
        return broker.brokerId();
    }

    @Override
    public Connection connect(@Nullable String user, @Nullable String password, @Nullable String clientId)
            throws JMSException {
        return broker.connect(user, password, clientId);
    }

    @Override
    public XAConnection connectXa(@Nullable String user, @Nullable String password, @Nullable String clientId)
            throws JMSException {
        return broker.connectXa(user, password, clientId);
    }

    @Override
    public final Destination toBroker(Destination ours, Session session) throws JMSException {
        return broker.toBroker(ours, session);
    }

    @Override
    public final Destination fromBroker(Destination theirs) throws JMSException {
        return broker.fromBroker(theirs);
    }
}
