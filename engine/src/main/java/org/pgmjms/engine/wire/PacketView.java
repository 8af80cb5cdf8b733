package org.pgmjms.engine.wire;

/** Placeholder for the parser. */
public final class PacketView {}
