package org.pgmjms.companion.artemis;

import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;

/** What Artemis' client does differently here. */
final class ClientFactories {
    private static final String EVERY_CLASS = "*";

    private ClientFactories() {}

    /** An acknowledgement is at the broker when the call returns, and nothing is deserialised. */
    static void prepare(ActiveMQJMSConnectionFactory factory) {
        factory.setBlockOnAcknowledge(true);
        factory.setDeserializationDenyList(EVERY_CLASS);
    }
}
