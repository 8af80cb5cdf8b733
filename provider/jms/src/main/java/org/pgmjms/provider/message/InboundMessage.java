package org.pgmjms.provider.message;

/** A received message, still encoded. */
public final class InboundMessage {}
