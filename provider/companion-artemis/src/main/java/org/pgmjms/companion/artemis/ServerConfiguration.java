package org.pgmjms.companion.artemis;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** How an embedded broker differs from what Artemis does by itself. */
final class ServerConfiguration {
    /** The acceptor for this JVM. */
    static final String IN_VM = "in-vm";
    /** Where messages go that nobody could process. */
    static final String DEAD_LETTERS = "DLQ";
    /** Where the last messages are that nobody took in time. */
    static final String EXPIRED = "ExpiryQueue";

    private static final String ALL = "#";
    private static final long EXPIRED_KEPT = 1_000;
    private static final String CORE_ONLY = "protocols=CORE";
    /** The lock is there, as {@link DataDirLock} has looked: for writing that down on a busy disk. */
    private static final long LOCK_MILLIS = 10_000;
    /** What is synchronised to disk within this time is synchronised at once. */
    private static final int JOURNAL_BUFFER_NANOS = 500_000;
    /** With less left on the disk senders wait. */
    private static final long LEAST_FREE_BYTES = 256L << 20;

    private ServerConfiguration() {}

    /** For a broker with a URL, and a number by which this JVM finds it. */
    static Configuration of(EmbeddedUrl url, int number) throws Exception {
        Configuration configuration = new ConfigurationImpl();
        files(configuration, url.dataDir());
        configuration
                .setName("pgmjms")
                .setJMXManagementEnabled(false)
                .setResolveProtocols(false)
                .setCriticalAnalyzer(false)
                .setSecurityEnabled(url.listen() != null)
                .addAddressSetting(ALL, addresses())
                .addAddressConfiguration(queue(QueueConfiguration.of(DEAD_LETTERS)))
                .addAddressConfiguration(queue(QueueConfiguration.of(EXPIRED).setRingSize(EXPIRED_KEPT)))
                .addAcceptorConfiguration(new TransportConfiguration(
                        InVMAcceptorFactory.class.getName(),
                        Map.of(TransportConstants.SERVER_ID_PROP_NAME, number),
                        IN_VM));
        configuration.getWildcardConfiguration().setRoutingEnabled(false);
        URI listen = url.listen();
        if (listen != null) {
            configuration.addAcceptorConfiguration("listen", listen + "?" + CORE_ONLY);
        }
        return configuration;
    }

    private static void files(Configuration configuration, Path dataDir) {
        configuration
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(dataDir.resolve("journal").toString())
                .setBindingsDirectory(dataDir.resolve("bindings").toString())
                .setPagingDirectory(dataDir.resolve("paging").toString())
                .setLargeMessagesDirectory(dataDir.resolve("large-messages").toString())
                .setJournalLockAcquisitionTimeout(LOCK_MILLIS)
                .setJournalBufferTimeout_NIO(JOURNAL_BUFFER_NANOS)
                .setMinDiskFree(LEAST_FREE_BYTES);
    }

    /** Made when first used, and never deleted. */
    private static AddressSettings addresses() {
        return new AddressSettings()
                .setAutoCreateAddresses(true)
                .setAutoCreateQueues(true)
                .setAutoDeleteAddresses(false)
                .setAutoDeleteQueues(false)
                .setDeadLetterAddress(SimpleString.of(DEAD_LETTERS))
                .setExpiryAddress(SimpleString.of(EXPIRED));
    }

    private static CoreAddressConfiguration queue(QueueConfiguration queue) {
        return new CoreAddressConfiguration()
                .setName(queue.getName().toString())
                .addRoutingType(RoutingType.ANYCAST)
                .addQueueConfig(queue.setRoutingType(RoutingType.ANYCAST));
    }
}
