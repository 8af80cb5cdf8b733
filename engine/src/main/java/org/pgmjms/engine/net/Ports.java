package org.pgmjms.engine.net;

import java.net.InetAddress;
import org.pgmjms.engine.api.PgmException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens ports and pollers of one kind, which belong together. Safe for any thread. */
public interface Ports {

    /** The best kind that this Java runtime offers; says which in the log. */
    static Ports pick() {
        Logger log = LoggerFactory.getLogger(Ports.class);
        Ports ports = new NioPorts();
        log.info("datagrams go by {}", ports.kind());
        return ports;
    }

    /** The name of the implementation, for people. */
    String kind();

    /**
     * A port that receives what is sent to a group and UDP port once it has joined. Shared with any other socket that
     * wants to share.
     *
     * @throws PgmException PORT_IN_USE when another process holds the port exclusively
     */
    DatagramPort group(InetAddress group, int udpPort, int receiveBufferBytes) throws PgmException;

    /**
     * A port with an address of its own, shared with nobody. What it sends to groups leaves by the interface and comes
     * back to members on this host.
     *
     * @param udpPort the port, or 0 for any that is free
     * @param hops time to live of what it sends to groups
     * @throws PgmException PORT_IN_USE when the port is taken
     */
    DatagramPort unicast(LocalInterface on, int udpPort, int hops) throws PgmException;

    /** A poller for ports opened here. */
    PortPoller poller() throws PgmException;
}
