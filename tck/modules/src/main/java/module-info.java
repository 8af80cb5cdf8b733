/** An application of the provider; it needs to require nothing else. */
module org.pgmjms.tck.modules {
    requires org.pgmjms.provider;
    requires static org.jspecify;

    exports org.pgmjms.tck.modules;
}
