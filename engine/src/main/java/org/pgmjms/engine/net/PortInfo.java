package org.pgmjms.engine.net;

import java.net.InetSocketAddress;

/**
 * What a port is.
 *
 * @param kind the implementation, for people
 * @param local where it is bound
 * @param receiveBufferBytes what the kernel granted
 * @param transientErrors sends that failed for a reason that passes
 */
public record PortInfo(String kind, InetSocketAddress local, int receiveBufferBytes, long transientErrors) {}
