package org.pgmjms.engine.channel;

import java.net.InetAddress;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.net.LocalInterface;

/** What makes two subscriptions share the sockets of a channel. */
record ChannelKey(InetAddress local, InetAddress group, int destinationPort, int udpPort) {

    static ChannelKey of(ChannelConfig config, LocalInterface on) {
        return new ChannelKey(on.address(), config.group(), config.destinationPort(), config.udpPort());
    }
}
