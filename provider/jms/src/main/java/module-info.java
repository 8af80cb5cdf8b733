/** A Jakarta Messaging 3.1 provider over PGM. */
module org.pgmjms.provider {
    requires org.pgmjms.engine;
    requires transitive jakarta.messaging;
    requires java.management;
    requires java.naming;
    requires org.slf4j;
    requires static org.jspecify;

    exports org.pgmjms.provider;
    exports org.pgmjms.provider.destination;
    exports org.pgmjms.provider.loss;
    exports org.pgmjms.provider.stats;
}
