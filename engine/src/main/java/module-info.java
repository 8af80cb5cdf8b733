/** PGM (RFC 3208) for Java: sources, receivers and their repair. */
module org.pgmjms.engine {
    requires transitive io.netty.buffer;
    requires io.netty.common;
    requires com.github.benmanes.caffeine;
    requires java.management;
    requires jdk.jfr;
    requires org.slf4j;
    requires static org.jspecify;

    exports org.pgmjms.engine;
    exports org.pgmjms.engine.api;
    exports org.pgmjms.engine.jmx;
}
