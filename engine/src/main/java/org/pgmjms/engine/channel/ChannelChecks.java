package org.pgmjms.engine.channel;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketException;
import org.pgmjms.engine.api.ChannelConfig;
import org.pgmjms.engine.api.PgmException;
import org.pgmjms.engine.net.LocalInterface;
import org.pgmjms.engine.net.PortInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether interface and kernel can carry what a channel is set to. */
final class ChannelChecks {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelChecks.class);
    private static final int IPV4_UDP_HEADER_BYTES = 28;
    private static final int IPV6_UDP_HEADER_BYTES = 48;
    private static final int BUFFERS_PER_SECOND = 50;

    private ChannelChecks() {}

    /** Bytes that IP and UDP put before each packet. */
    static int headerBytes(InetAddress group) {
        return group instanceof Inet6Address ? IPV6_UDP_HEADER_BYTES : IPV4_UDP_HEADER_BYTES;
    }

    /** Refuses packets that the interface cannot carry whole. */
    static void checkMtu(ChannelConfig channel, LocalInterface on) throws PgmException {
        int mtu;
        try {
            mtu = on.device().getMTU();
        } catch (SocketException e) {
            throw new PgmException(PgmException.Code.NO_INTERFACE, "interface " + on + " is gone", e);
        }
        if (mtu > 0 && channel.tpduBytes() > mtu) {
            throw new PgmException(
                    PgmException.Code.INVALID_SETTING,
                    "pgm.tpdu=" + channel.tpduBytes() + " is not allowed: the MTU of interface " + on + " is " + mtu
                            + "; allowed is at most that");
        }
    }

    /** Warns when the kernel granted less than 20 ms of the channel's rate. */
    static void checkBuffer(ChannelConfig channel, PortInfo info) {
        long wanted = Math.min(channel.receiveBufferBytes(), channel.maxRateBytesPerSecond() / BUFFERS_PER_SECOND);
        if (info.receiveBufferBytes() < wanted) {
            LOG.warn(
                    "the receive buffer of {} has {} bytes, {} were asked for; bursts may be lost and repaired."
                            + " On Linux: sysctl -w net.core.rmem_max={}",
                    info.local(),
                    info.receiveBufferBytes(),
                    channel.receiveBufferBytes(),
                    channel.receiveBufferBytes());
        }
    }
}
