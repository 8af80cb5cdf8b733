package org.pgmjms.engine.protocol;

import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketView;

/** The whole contract between a protocol half and whatever drives it: an agent, or a simulation. One owner at a time. */
public interface ProtocolHalf {

    /** What {@link #nextDeadlineNs} answers when no timer runs. */
    long NONE = Long.MAX_VALUE;

    /**
     * A well-formed packet came.
     *
     * @param nowNs the monotonic time
     * @param packet a view of it; the buffer is the caller's again on return
     * @param from the network address it came from
     * @param fromPort the UDP port it came from
     */
    void onPacket(long nowNs, PacketView packet, Nla from, int fromPort);

    /** Once a batch of packets was handed in. */
    void onBatchEnd(long nowNs);

    /** Once the time {@link #nextDeadlineNs} has come; early or repeated calls do no harm. */
    void onTimeout(long nowNs);

    /** When {@link #onTimeout} is wanted, or {@link #NONE}. */
    long nextDeadlineNs();
}
