package org.pgmjms.tools.dump;

import java.net.InetAddress;

/**
 * A packet that may be PGM, and where it was seen.
 *
 * @param nanos when, since the epoch
 * @param source who sent it
 * @param sourcePort UDP port, or -1 without UDP
 * @param destination where it went
 * @param destinationPort UDP port, or -1 without UDP
 * @param payload what UDP or IP carried
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Datagram(
        long nanos, InetAddress source, int sourcePort, InetAddress destination, int destinationPort, byte[] payload) {}
