package org.pgmjms.engine.channel;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.wire.Nla;

/** The network-layer addresses of senders. Remembers the last ones, so that a steady stream makes no objects. One owner. */
final class Senders {
    private static final int SLOTS = 256;

    private final @Nullable InetSocketAddress[] sockets = new InetSocketAddress[SLOTS];
    private final @Nullable Nla[] addresses = new Nla[SLOTS];

    /** The address of a socket, without port and scope. */
    Nla address(InetSocketAddress socket) {
        int hash = socket.hashCode();
        int slot = (hash ^ hash >>> 16 ^ hash >>> 8) & SLOTS - 1;
        Nla known = addresses[slot];
        if (known == null || !socket.equals(sockets[slot])) {
            known = Nla.of(socket.getAddress().getAddress());
            sockets[slot] = socket;
            addresses[slot] = known;
        }
        return known;
    }
}
