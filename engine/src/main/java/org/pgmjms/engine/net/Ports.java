package org.pgmjms.engine.net;

import java.net.InetAddress;
import org.pgmjms.engine.api.PgmException;

/** Opens ports and pollers of one kind, which belong together. Safe for any thread. */
public interface Ports {

    /** The system property that says which kind to use: {@code auto}, {@code nio} or {@code native}. */
    String PROPERTY = "pgmjms.port";

    /**
     * The kind that the system property asks for, or the best that this Java runtime offers; says in the log which and why.
     *
     * @throws PgmException INVALID_SETTING when native ports are asked for and there are none, or for an unknown kind
     */
    static Ports pick() throws PgmException {
        return PortChoice.of(System.getProperty(PROPERTY, "auto"), NativePorts.find());
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
