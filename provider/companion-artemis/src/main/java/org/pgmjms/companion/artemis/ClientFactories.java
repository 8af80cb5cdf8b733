package org.pgmjms.companion.artemis;

import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;

/** What Artemis' client does differently here. */
final class ClientFactories {
    private static final String EVERY_CLASS = "*";
    /**
     * How far ahead a broker sends messages to a consumer. When a client dies, Artemis counts a delivery of all of them, and
     * after ten they are dead letters; so they are few.
     */
    private static final int WINDOW_BYTES = 16 << 10;

    private ClientFactories() {}

    /** An acknowledgement is at the broker when the call returns, nothing is deserialised, and little is sent ahead. */
    static void prepare(ActiveMQJMSConnectionFactory factory) {
        factory.setBlockOnAcknowledge(true);
        factory.setDeserializationDenyList(EVERY_CLASS);
        if (factory.getConsumerWindowSize() == ActiveMQClient.DEFAULT_CONSUMER_WINDOW_SIZE) {
            factory.setConsumerWindowSize(WINDOW_BYTES);
        }
    }
}
