package org.pgmjms.engine.net;

import java.net.InetAddress;
import java.net.NetworkInterface;

/**
 * An interface of this host, with the address that packets leave from.
 *
 * @param device the interface
 * @param address its address in the family of the group
 */
public record LocalInterface(NetworkInterface device, InetAddress address) {

    /** Whether it is the loopback. */
    public boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    /** Name and address, for messages. */
    @Override
    public String toString() {
        return device.getName() + " (" + Interfaces.text(address) + ")";
    }
}
