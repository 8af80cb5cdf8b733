package org.pgmjms.engine.protocol;

import io.netty.buffer.ByteBuf;
import org.pgmjms.engine.wire.Nla;

/**
 * Where a protocol half puts packets to send. Packets are collected in order and leave with {@link #flush} at the
 * latest; their bytes must stay as they are until then.
 */
public interface PacketSink {

    /** To the channel's group, with the channel's time to live. */
    void toGroup(ByteBuf buffer, int at, int length);

    /** To the channel's group, one hop only: SPMR. */
    void toNeighbours(ByteBuf buffer, int at, int length);

    /** To the control group on the UDP port: discovery. */
    void toControlGroup(ByteBuf buffer, int at, int length);

    /** To one host. */
    void toHost(Nla host, int udpPort, ByteBuf buffer, int at, int length);

    /** Whether neighbours of equal length leave as one, so that it pays to pad packets to equal length. */
    default boolean sendsRuns() {
        return false;
    }

    /**
     * Sends what was collected.
     *
     * @return how many packets, counted from the last one back, the socket had no room for; transient errors of the
     *     network count as sent, since such packets are as good as lost
     */
    int flush();
}
