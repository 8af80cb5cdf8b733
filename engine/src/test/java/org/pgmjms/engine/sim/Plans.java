package org.pgmjms.engine.sim;

import java.util.List;
import org.pgmjms.engine.api.ReceiverConfig;
import org.pgmjms.engine.api.SourceConfig;
import org.pgmjms.engine.wire.PacketType;

/** What is to happen in a run: who is there, and what befalls them. Times count from the beginning, in nanoseconds. */
public final class Plans {

    private Plans() {}

    /** A message to be published. */
    public record Message(long atNs, int length) {}

    /** How a source's session goes on before the network is healed. */
    public enum Fate {
        /** It sends on. */
        STAYS,
        /** It ends with OPT_FIN. */
        ENDS,
        /** It ends with OPT_RST. */
        RESETS,
        /** Its process dies. */
        DIES,
        /** Its process dies and comes back as another session. */
        RESTARTS
    }

    /** A source: one session, or two when it restarts. */
    public record SourcePlan(
            SourceConfig config,
            SourceConfig reborn,
            int tpduBytes,
            long opensNs,
            List<Message> messages,
            Fate fate,
            long fateNs,
            double refusal) {}

    /** A receiver that joins, and perhaps leaves; at times its handler has room for only so much. */
    public record ReceiverPlan(
            ReceiverConfig config, long joinsNs, long leavesNs, long slowFromNs, long slowUntilNs, int slowBytes) {}

    /** Weather on one host's inbound link, from the beginning to the healing. */
    public record Weather(
            double loss,
            double burstStart,
            double burstEnd,
            double duplicate,
            double corrupt,
            long delayNs,
            long jitterNs) {}

    /** What can befall a host for a while. */
    public enum Blow {
        /** Nothing gets to it or comes from it. */
        CUT_OFF,
        /** Packets of one type do not get to it. */
        FILTER,
        /** It stands still. */
        PAUSE
    }

    /**
     * What somebody does who means no good.
     *
     * @param replay how likely a packet is to come once more, long after
     * @param replayNs how long after, at most
     * @param strangerNs how often a stranger sends something, 0 for never
     * @param forgerNs how often somebody forges requests and confirmations of the sessions that there are, 0 for never
     * @param impostorNs how often somebody looks for a session to forge an SPM of, 0 for never
     */
    public record Mischief(double replay, long replayNs, long strangerNs, long forgerNs, long impostorNs) {}

    /**
     * What is wrong with a host for the whole run, or for a part of it.
     *
     * @param skewPpm by how many millionths its clock is too fast
     * @param mtuBytes longer packets do not get through for a while, 0 for all do
     * @param mtuFromNs from when
     * @param mtuForNs for how long
     */
    public record Defect(int skewPpm, int mtuBytes, long mtuFromNs, long mtuForNs) {}

    /** Something befalls a host. Sources come first in the numbering, then receivers. */
    public record Trouble(int host, Blow blow, PacketType type, long fromNs, long durationNs) {}
}
