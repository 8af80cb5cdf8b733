package org.pgmjms.provider;

import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** The {@code pgm.*} settings of a connection factory as bean properties, all of them text; null is not set. */
public abstract sealed class TransportProperties implements Serializable permits JmsProperties {
    @Serial
    private static final long serialVersionUID = 1;

    TransportProperties() {}

    /** {@code pgm.profile}: timers and limits that belong together; single settings override it. */
    public final void setPgmProfile(@Nullable String value) {
        set("pgm.profile", value);
    }

    /** The value of {@code pgm.profile} that was set, or null. */
    public final @Nullable String getPgmProfile() {
        return get("pgm.profile");
    }

    /** {@code pgm.udpPort}: UDP port of the encapsulation; auto is the port of the URL. */
    public final void setPgmUdpPort(@Nullable String value) {
        set("pgm.udpPort", value);
    }

    /** The value of {@code pgm.udpPort} that was set, or null. */
    public final @Nullable String getPgmUdpPort() {
        return get("pgm.udpPort");
    }

    /** {@code pgm.ttl}: hops that multicast packets may go; 0 stays on the host, 1 on the network. */
    public final void setPgmTtl(@Nullable String value) {
        set("pgm.ttl", value);
    }

    /** The value of {@code pgm.ttl} that was set, or null. */
    public final @Nullable String getPgmTtl() {
        return get("pgm.ttl");
    }

    /** {@code pgm.tpdu}: the largest IP datagram, headers included; checked against the MTU of the interface. */
    public final void setPgmTpdu(@Nullable String value) {
        set("pgm.tpdu", value);
    }

    /** The value of {@code pgm.tpdu} that was set, or null. */
    public final @Nullable String getPgmTpdu() {
        return get("pgm.tpdu");
    }

    /** {@code pgm.loop}: whether subscriptions of this connection's transport hear its own publications. */
    public final void setPgmLoop(@Nullable String value) {
        set("pgm.loop", value);
    }

    /** The value of {@code pgm.loop} that was set, or null. */
    public final @Nullable String getPgmLoop() {
        return get("pgm.loop");
    }

    /**
     * {@code pgm.receiveBuffer}: asked of the kernel for each group socket; a warning says when too little was
     * granted.
     */
    public final void setPgmReceiveBuffer(@Nullable String value) {
        set("pgm.receiveBuffer", value);
    }

    /** The value of {@code pgm.receiveBuffer} that was set, or null. */
    public final @Nullable String getPgmReceiveBuffer() {
        return get("pgm.receiveBuffer");
    }

    /**
     * {@code pgm.simulatedLoss}: share of received ODATA, RDATA, SPM and NCF to drop on purpose, for tests and
     * demonstrations.
     */
    public final void setPgmSimulatedLoss(@Nullable String value) {
        set("pgm.simulatedLoss", value);
    }

    /** The value of {@code pgm.simulatedLoss} that was set, or null. */
    public final @Nullable String getPgmSimulatedLoss() {
        return get("pgm.simulatedLoss");
    }

    /** {@code pgm.linger}: how long after the last close a source goes on repairing for those who still ask. */
    public final void setPgmLinger(@Nullable String value) {
        set("pgm.linger", value);
    }

    /** The value of {@code pgm.linger} that was set, or null. */
    public final @Nullable String getPgmLinger() {
        return get("pgm.linger");
    }

    /** {@code pgm.maxRate}: the most that a source sends, data, repairs and all headers together. */
    public final void setPgmMaxRate(@Nullable String value) {
        set("pgm.maxRate", value);
    }

    /** The value of {@code pgm.maxRate} that was set, or null. */
    public final @Nullable String getPgmMaxRate() {
        return get("pgm.maxRate");
    }

    /**
     * {@code pgm.bucket}: the most that leaves at once; auto is 4 ms of pgm.maxRate, at least two packets, at most
     * 512 KiB.
     */
    public final void setPgmBucket(@Nullable String value) {
        set("pgm.bucket", value);
    }

    /** The value of {@code pgm.bucket} that was set, or null. */
    public final @Nullable String getPgmBucket() {
        return get("pgm.bucket");
    }

    /** {@code pgm.repairShare}: the share of pgm.maxRate that repairs may take while data waits. */
    public final void setPgmRepairShare(@Nullable String value) {
        set("pgm.repairShare", value);
    }

    /** The value of {@code pgm.repairShare} that was set, or null. */
    public final @Nullable String getPgmRepairShare() {
        return get("pgm.repairShare");
    }

    /** {@code pgm.window.time}: how long a packet can be repaired. */
    public final void setPgmWindowTime(@Nullable String value) {
        set("pgm.window.time", value);
    }

    /** The value of {@code pgm.window.time} that was set, or null. */
    public final @Nullable String getPgmWindowTime() {
        return get("pgm.window.time");
    }

    /**
     * {@code pgm.window.bytes}: how many bytes a transmit window keeps at most; auto is 192 MiB, at most a quarter
     * of the direct memory.
     */
    public final void setPgmWindowBytes(@Nullable String value) {
        set("pgm.window.bytes", value);
    }

    /** The value of {@code pgm.window.bytes} that was set, or null. */
    public final @Nullable String getPgmWindowBytes() {
        return get("pgm.window.bytes");
    }

    /** {@code pgm.window.packets}: how many packets a transmit window keeps at most. */
    public final void setPgmWindowPackets(@Nullable String value) {
        set("pgm.window.packets", value);
    }

    /** The value of {@code pgm.window.packets} that was set, or null. */
    public final @Nullable String getPgmWindowPackets() {
        return get("pgm.window.packets");
    }

    /** {@code pgm.spm.ambient}: interval of the Source Path Messages that are sent whatever happens. */
    public final void setPgmSpmAmbient(@Nullable String value) {
        set("pgm.spm.ambient", value);
    }

    /** The value of {@code pgm.spm.ambient} that was set, or null. */
    public final @Nullable String getPgmSpmAmbient() {
        return get("pgm.spm.ambient");
    }

    /** {@code pgm.spm.heartbeatMin}: when the first heartbeat follows the last data; the interval then doubles. */
    public final void setPgmSpmHeartbeatMin(@Nullable String value) {
        set("pgm.spm.heartbeatMin", value);
    }

    /** The value of {@code pgm.spm.heartbeatMin} that was set, or null. */
    public final @Nullable String getPgmSpmHeartbeatMin() {
        return get("pgm.spm.heartbeatMin");
    }

    /** {@code pgm.spm.heartbeatMax}: to what the interval between heartbeats doubles. */
    public final void setPgmSpmHeartbeatMax(@Nullable String value) {
        set("pgm.spm.heartbeatMax", value);
    }

    /** The value of {@code pgm.spm.heartbeatMax} that was set, or null. */
    public final @Nullable String getPgmSpmHeartbeatMax() {
        return get("pgm.spm.heartbeatMax");
    }

    /**
     * {@code pgm.lateJoin}: the share of the transmit window that a source offers to late joiners; 0 offers
     * nothing.
     */
    public final void setPgmLateJoin(@Nullable String value) {
        set("pgm.lateJoin", value);
    }

    /** The value of {@code pgm.lateJoin} that was set, or null. */
    public final @Nullable String getPgmLateJoin() {
        return get("pgm.lateJoin");
    }

    /**
     * {@code pgm.idleGap}: how far apart the sending thread sends by itself on average, at most five at once; what comes
     * faster fills packets.
     */
    public final void setPgmIdleGap(@Nullable String value) {
        set("pgm.idleGap", value);
    }

    /** The value of {@code pgm.idleGap} that was set, or null. */
    public final @Nullable String getPgmIdleGap() {
        return get("pgm.idleGap");
    }

    /**
     * {@code pgm.nap}: how long sending and receiving threads let packets gather while a stream is busy, instead of
     * waking for each; 0 is never.
     */
    public final void setPgmNap(@Nullable String value) {
        set("pgm.nap", value);
    }

    /** The value of {@code pgm.nap} that was set, or null. */
    public final @Nullable String getPgmNap() {
        return get("pgm.nap");
    }

    /**
     * {@code pgm.spin}: how long after a packet the receiving thread looks for the next one without sleeping: lower
     * latency for a processor of its own; 0 is never.
     */
    public final void setPgmSpin(@Nullable String value) {
        set("pgm.spin", value);
    }

    /** The value of {@code pgm.spin} that was set, or null. */
    public final @Nullable String getPgmSpin() {
        return get("pgm.spin");
    }

    /** {@code pgm.maxFragments}: the most packets of one APDU, sent and received. */
    public final void setPgmMaxFragments(@Nullable String value) {
        set("pgm.maxFragments", value);
    }

    /** The value of {@code pgm.maxFragments} that was set, or null. */
    public final @Nullable String getPgmMaxFragments() {
        return get("pgm.maxFragments");
    }

    /** {@code pgm.maxApdu}: the largest APDU, sent and received. */
    public final void setPgmMaxApdu(@Nullable String value) {
        set("pgm.maxApdu", value);
    }

    /** The value of {@code pgm.maxApdu} that was set, or null. */
    public final @Nullable String getPgmMaxApdu() {
        return get("pgm.maxApdu");
    }

    /** {@code pgm.nakLimit.perSender}: NAK packets a second that a source takes from one address and port. */
    public final void setPgmNakLimitPerSender(@Nullable String value) {
        set("pgm.nakLimit.perSender", value);
    }

    /** The value of {@code pgm.nakLimit.perSender} that was set, or null. */
    public final @Nullable String getPgmNakLimitPerSender() {
        return get("pgm.nakLimit.perSender");
    }

    /** {@code pgm.nakLimit.total}: NAK packets a second that a source takes in all. */
    public final void setPgmNakLimitTotal(@Nullable String value) {
        set("pgm.nakLimit.total", value);
    }

    /** The value of {@code pgm.nakLimit.total} that was set, or null. */
    public final @Nullable String getPgmNakLimitTotal() {
        return get("pgm.nakLimit.total");
    }

    /**
     * {@code pgm.nakLimit.repairShare}: the share of pgm.maxRate that repairs may take while data waits and more NAKs come
     * than these limits allow.
     */
    public final void setPgmNakLimitRepairShare(@Nullable String value) {
        set("pgm.nakLimit.repairShare", value);
    }

    /** The value of {@code pgm.nakLimit.repairShare} that was set, or null. */
    public final @Nullable String getPgmNakLimitRepairShare() {
        return get("pgm.nakLimit.repairShare");
    }

    /** {@code pgm.repairHoldOff}: how long after a repair the same packet is not sent again. */
    public final void setPgmRepairHoldOff(@Nullable String value) {
        set("pgm.repairHoldOff", value);
    }

    /** The value of {@code pgm.repairHoldOff} that was set, or null. */
    public final @Nullable String getPgmRepairHoldOff() {
        return get("pgm.repairHoldOff");
    }

    /**
     * {@code pgm.sendLimit}: who beside pgm.maxRate limits a source: nobody, or with min the slowest of its
     * receivers.
     */
    public final void setPgmSendLimit(@Nullable String value) {
        set("pgm.sendLimit", value);
    }

    /** The value of {@code pgm.sendLimit} that was set, or null. */
    public final @Nullable String getPgmSendLimit() {
        return get("pgm.sendLimit");
    }

    /**
     * {@code pgm.sendLimit.receivers}: with pgm.sendLimit=min the receivers that must be there before the first
     * message leaves.
     */
    public final void setPgmSendLimitReceivers(@Nullable String value) {
        set("pgm.sendLimit.receivers", value);
    }

    /** The value of {@code pgm.sendLimit.receivers} that was set, or null. */
    public final @Nullable String getPgmSendLimitReceivers() {
        return get("pgm.sendLimit.receivers");
    }

    /**
     * {@code pgm.sendLimit.silence}: with pgm.sendLimit=min how long a receiver may say nothing before the source goes
     * on without it.
     */
    public final void setPgmSendLimitSilence(@Nullable String value) {
        set("pgm.sendLimit.silence", value);
    }

    /** The value of {@code pgm.sendLimit.silence} that was set, or null. */
    public final @Nullable String getPgmSendLimitSilence() {
        return get("pgm.sendLimit.silence");
    }

    /**
     * {@code pgm.sendLimit.patience}: with pgm.sendLimit=min how long a receiver that takes nothing may hold the
     * source; 0 for ever.
     */
    public final void setPgmSendLimitPatience(@Nullable String value) {
        set("pgm.sendLimit.patience", value);
    }

    /** The value of {@code pgm.sendLimit.patience} that was set, or null. */
    public final @Nullable String getPgmSendLimitPatience() {
        return get("pgm.sendLimit.patience");
    }

    /**
     * {@code pgm.announce}: whether SPMs tell receivers of our kind the unicast port and the age of the session;
     * others skip it.
     */
    public final void setPgmAnnounce(@Nullable String value) {
        set("pgm.announce", value);
    }

    /** The value of {@code pgm.announce} that was set, or null. */
    public final @Nullable String getPgmAnnounce() {
        return get("pgm.announce");
    }

    /** {@code pgm.gsi}: global source identifier; auto draws a new one for each source. */
    public final void setPgmGsi(@Nullable String value) {
        set("pgm.gsi", value);
    }

    /** The value of {@code pgm.gsi} that was set, or null. */
    public final @Nullable String getPgmGsi() {
        return get("pgm.gsi");
    }

    /** {@code pgm.sourcePort}: PGM data-source port, not equal to the destination port; auto draws one. */
    public final void setPgmSourcePort(@Nullable String value) {
        set("pgm.sourcePort", value);
    }

    /** The value of {@code pgm.sourcePort} that was set, or null. */
    public final @Nullable String getPgmSourcePort() {
        return get("pgm.sourcePort");
    }

    /** {@code pgm.firstSqn}: sequence number of a source's first packet; auto draws one. */
    public final void setPgmFirstSqn(@Nullable String value) {
        set("pgm.firstSqn", value);
    }

    /** The value of {@code pgm.firstSqn} that was set, or null. */
    public final @Nullable String getPgmFirstSqn() {
        return get("pgm.firstSqn");
    }

    /** {@code pgm.nak.backOff}: the longest random delay before a missing packet is asked for. */
    public final void setPgmNakBackOff(@Nullable String value) {
        set("pgm.nak.backOff", value);
    }

    /** The value of {@code pgm.nak.backOff} that was set, or null. */
    public final @Nullable String getPgmNakBackOff() {
        return get("pgm.nak.backOff");
    }

    /** {@code pgm.nak.repeat}: how long to wait for the confirmation of a request, at the first try. */
    public final void setPgmNakRepeat(@Nullable String value) {
        set("pgm.nak.repeat", value);
    }

    /** The value of {@code pgm.nak.repeat} that was set, or null. */
    public final @Nullable String getPgmNakRepeat() {
        return get("pgm.nak.repeat");
    }

    /** {@code pgm.nak.rdata}: how long to wait for a confirmed repair, at the first try. */
    public final void setPgmNakRdata(@Nullable String value) {
        set("pgm.nak.rdata", value);
    }

    /** The value of {@code pgm.nak.rdata} that was set, or null. */
    public final @Nullable String getPgmNakRdata() {
        return get("pgm.nak.rdata");
    }

    /** {@code pgm.nak.maxInterval}: to what both waits double with each retry. */
    public final void setPgmNakMaxInterval(@Nullable String value) {
        set("pgm.nak.maxInterval", value);
    }

    /** The value of {@code pgm.nak.maxInterval} that was set, or null. */
    public final @Nullable String getPgmNakMaxInterval() {
        return get("pgm.nak.maxInterval");
    }

    /** {@code pgm.nak.ncfRetries}: requests for one packet that may go unconfirmed before it is given up. */
    public final void setPgmNakNcfRetries(@Nullable String value) {
        set("pgm.nak.ncfRetries", value);
    }

    /** The value of {@code pgm.nak.ncfRetries} that was set, or null. */
    public final @Nullable String getPgmNakNcfRetries() {
        return get("pgm.nak.ncfRetries");
    }

    /** {@code pgm.nak.dataRetries}: confirmed repairs of one packet that may fail to come before it is given up. */
    public final void setPgmNakDataRetries(@Nullable String value) {
        set("pgm.nak.dataRetries", value);
    }

    /** The value of {@code pgm.nak.dataRetries} that was set, or null. */
    public final @Nullable String getPgmNakDataRetries() {
        return get("pgm.nak.dataRetries");
    }

    /** {@code pgm.groupSize}: receivers expected to miss the same packet; shapes the random delay (RFC 5401). */
    public final void setPgmGroupSize(@Nullable String value) {
        set("pgm.groupSize", value);
    }

    /** The value of {@code pgm.groupSize} that was set, or null. */
    public final @Nullable String getPgmGroupSize() {
        return get("pgm.groupSize");
    }

    /** {@code pgm.gapDeadline}: how old a gap may get before it is given up and reported; 0 for no limit. */
    public final void setPgmGapDeadline(@Nullable String value) {
        set("pgm.gapDeadline", value);
    }

    /** The value of {@code pgm.gapDeadline} that was set, or null. */
    public final @Nullable String getPgmGapDeadline() {
        return get("pgm.gapDeadline");
    }

    /**
     * {@code pgm.receiveWindow.bytes}: what all sessions of a channel may hold behind gaps; auto is 192 MiB, at
     * most a quarter of the direct memory.
     */
    public final void setPgmReceiveWindowBytes(@Nullable String value) {
        set("pgm.receiveWindow.bytes", value);
    }

    /** The value of {@code pgm.receiveWindow.bytes} that was set, or null. */
    public final @Nullable String getPgmReceiveWindowBytes() {
        return get("pgm.receiveWindow.bytes");
    }

    /** {@code pgm.receiveWindow.packets}: how many packets one session may have open behind its oldest gap. */
    public final void setPgmReceiveWindowPackets(@Nullable String value) {
        set("pgm.receiveWindow.packets", value);
    }

    /** The value of {@code pgm.receiveWindow.packets} that was set, or null. */
    public final @Nullable String getPgmReceiveWindowPackets() {
        return get("pgm.receiveWindow.packets");
    }

    /** {@code pgm.peerExpiry}: how long a source may be silent before its session ends. */
    public final void setPgmPeerExpiry(@Nullable String value) {
        set("pgm.peerExpiry", value);
    }

    /** The value of {@code pgm.peerExpiry} that was set, or null. */
    public final @Nullable String getPgmPeerExpiry() {
        return get("pgm.peerExpiry");
    }

    /** {@code pgm.maxPeers}: sessions that a channel receives at most; later ones are refused. */
    public final void setPgmMaxPeers(@Nullable String value) {
        set("pgm.maxPeers", value);
    }

    /** The value of {@code pgm.maxPeers} that was set, or null. */
    public final @Nullable String getPgmMaxPeers() {
        return get("pgm.maxPeers");
    }

    /** {@code pgm.maxPeersPerAddress}: sessions that a channel receives from one network address at most. */
    public final void setPgmMaxPeersPerAddress(@Nullable String value) {
        set("pgm.maxPeersPerAddress", value);
    }

    /** The value of {@code pgm.maxPeersPerAddress} that was set, or null. */
    public final @Nullable String getPgmMaxPeersPerAddress() {
        return get("pgm.maxPeersPerAddress");
    }

    /** {@code pgm.spmrLimit}: SPM requests a second that a channel sends at most. */
    public final void setPgmSpmrLimit(@Nullable String value) {
        set("pgm.spmrLimit", value);
    }

    /** The value of {@code pgm.spmrLimit} that was set, or null. */
    public final @Nullable String getPgmSpmrLimit() {
        return get("pgm.spmrLimit");
    }

    /** Sets a setting by its name; null takes it back. */
    abstract void set(String name, @Nullable String value);

    /** What was set, or null. */
    abstract @Nullable String get(String name);

    /** {@code pgm.jmx}: whether sources and receivers are registered as MBeans. */
    public final void setPgmJmx(@Nullable String value) {
        set("pgm.jmx", value);
    }

    /** The value of {@code pgm.jmx} that was set, or null. */
    public final @Nullable String getPgmJmx() {
        return get("pgm.jmx");
    }
}
