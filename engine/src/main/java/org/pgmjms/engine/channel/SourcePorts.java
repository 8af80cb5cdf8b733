package org.pgmjms.engine.channel;

import org.pgmjms.engine.net.DatagramPort;
import org.pgmjms.engine.net.LocalInterface;

/**
 * The sockets of one source.
 *
 * @param on where packets leave
 * @param own sends, and takes the requests of those who know it
 * @param shared takes the requests of those who do not
 */
record SourcePorts(LocalInterface on, DatagramPort own, HostPorts shared) {}
