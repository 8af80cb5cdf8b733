package org.pgmjms.provider.client;

/** Who is told of a loss. */
enum LossPolicy {
    /** The connection's {@code ExceptionListener}. */
    REPORT,
    /** Loss listeners and the log only: for containers that reset a connection on any exception. */
    MARK
}
