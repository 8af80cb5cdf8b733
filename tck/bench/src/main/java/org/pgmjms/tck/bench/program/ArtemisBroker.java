package org.pgmjms.tck.bench.program;

import java.util.concurrent.CountDownLatch;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** An Artemis broker without a journal, that blocks senders where receivers are slow: {@code ArtemisBroker URL}. */
public final class ArtemisBroker {
    /** What it prints when it can be connected to. */
    public static final String UP = "UP";

    private static final long ADDRESS_BYTES = 64L << 20;

    private ArtemisBroker() {}

    /** Runs until it is killed. */
    public static void main(String[] words) throws Exception {
        AddressSettings settings = new AddressSettings()
                .setMaxSizeBytes(ADDRESS_BYTES)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.BLOCK)
                .setAutoCreateAddresses(true)
                .setAutoCreateQueues(true);
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration("tcp", words[0])
                .addAddressSetting("#", settings);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.start();
        System.out.println(UP);
        new CountDownLatch(1).await();
    }
}
