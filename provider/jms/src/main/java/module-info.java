/** A Jakarta Messaging 3.1 provider over PGM. */
module org.pgmjms.provider {
    requires org.pgmjms.engine;
    requires transitive jakarta.messaging;
    requires java.management;
    requires jdk.jfr;
    requires transitive java.naming;
    requires transitive java.transaction.xa;
    requires com.github.benmanes.caffeine;
    requires org.slf4j;
    requires static org.jspecify;

    exports org.pgmjms.provider;
    exports org.pgmjms.provider.auth;
    exports org.pgmjms.provider.companion;
    exports org.pgmjms.provider.destination;
    exports org.pgmjms.provider.jndi;
    exports org.pgmjms.provider.loss;
    exports org.pgmjms.provider.stats;

    uses org.pgmjms.provider.companion.CompanionBroker.Provider;

    provides javax.naming.spi.InitialContextFactory with
            org.pgmjms.provider.jndi.PgmInitialContextFactory;
    provides org.pgmjms.provider.companion.CompanionBroker.Provider with
            org.pgmjms.provider.jndi.JndiBrokers;
}
