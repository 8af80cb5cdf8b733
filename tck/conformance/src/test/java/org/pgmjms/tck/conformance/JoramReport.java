package org.pgmjms.tck.conformance;

/** The part of the report about the JORAM suite. */
final class JoramReport {
    private JoramReport() {}

    static void write(StringBuilder text) {}
}
