package org.pgmjms.companion.artemis;

import jakarta.jms.JMSException;
import java.util.Collection;
import org.apache.activemq.artemis.api.core.ActiveMQTransactionRolledBackException;
import org.apache.activemq.artemis.api.core.ActiveMQUnBlockedException;
import org.apache.activemq.artemis.core.client.impl.TopologyMemberImpl;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
import org.pgmjms.provider.companion.ConnectionFactoryBroker;

/** A broker elsewhere, which says who it is when it has been connected to. Safe for any thread. */
final class RemoteBroker extends ArtemisBroker {
    private static final long RETRY_MILLIS = 250;

    private final ActiveMQJMSConnectionFactory factory;

    private RemoteBroker(ActiveMQJMSConnectionFactory factory) {
        super(new ConnectionFactoryBroker(factory));
        this.factory = factory;
    }

    /** Whether a URL names one broker, or several that replace each other: {@code (tcp://a:61616,tcp://b:61616)}. */
    static boolean isUrl(String url) {
        return url.startsWith("tcp://") || url.startsWith("(tcp://");
    }

    /** The broker with this URL, which is not asked yet. */
    static RemoteBroker open(String url, long reconnectMillis) throws JMSException {
        ActiveMQJMSConnectionFactory factory;
        try {
            factory = new ActiveMQJMSConnectionFactory(url);
        } catch (RuntimeException e) {
            throw Failures.setting(
                    "Setting broker.url has the value '" + url + "', which Artemis' client does not understand: " + e,
                    e);
        }
        ClientFactories.prepare(factory);
        if (reconnectMillis > 0) {
            factory.setRetryInterval(RETRY_MILLIS);
            factory.setRetryIntervalMultiplier(1);
            factory.setReconnectAttempts((int) ((reconnectMillis + RETRY_MILLIS - 1) / RETRY_MILLIS));
            factory.setCallFailoverTimeout(reconnectMillis);
        }
        return new RemoteBroker(factory);
    }

    /** Known once there was a connection. */
    @Override
    public long brokerId() throws JMSException {
        Collection<TopologyMemberImpl> known =
                factory.getServerLocator().getTopology().getMembers();
        if (known.isEmpty()) {
            throw Failures.broker("The broker has not been connected to: it is not known yet which one it is", null);
        }
        return known.size() == 1 ? BrokerIds.of(known.iterator().next().getNodeId()) : UNKNOWN_ID;
    }

    /** Calls that were under way when the connection broke may have worked or not. */
    @Override
    public boolean goesOnAfter(JMSException exception) {
        return factory.getReconnectAttempts() != 0
                && (ActiveMQConnection.EXCEPTION_FAILOVER.equals(exception.getErrorCode())
                        || exception.getCause() instanceof ActiveMQUnBlockedException
                        || exception.getCause() instanceof ActiveMQTransactionRolledBackException);
    }

    @Override
    public void close() {
        factory.close();
    }
}
