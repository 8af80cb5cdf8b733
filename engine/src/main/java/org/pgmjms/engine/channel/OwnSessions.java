package org.pgmjms.engine.channel;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that an engine sends: what comes under their names from another address or port is somebody else's, and must
 * not be taken for them. Enough such packets make the owner take another name. Safe for any thread.
 */
public final class OwnSessions {
    private static final Logger LOG = LoggerFactory.getLogger(OwnSessions.class);

    private final ReentrantLock changing = new ReentrantLock();
    private volatile Session[] sessions = {};

    /** One session. Its watch is the receive agent's. */
    private static final class Session {
        private final SourceHalf half;
        private final ChannelKey key;
        private final long tsi;
        private final Nla address;
        private final int port;
        private final ClashWatch watch;

        Session(SourceHalf half, ChannelKey key, Nla address, int port, long nowNs) {
            this.half = half;
            this.key = key;
            this.tsi = half.tsiValue();
            this.address = address;
            this.port = port;
            this.watch = new ClashWatch(nowNs);
        }
    }

    /** A source sends from this address and port. */
    void add(SourceHalf half, ChannelKey key, Nla address, int port, long nowNs) {
        changing.lock();
        try {
            Session[] more = Arrays.copyOf(sessions, sessions.length + 1);
            more[sessions.length] = new Session(half, key, address, port, nowNs);
            sessions = more;
        } finally {
            changing.unlock();
        }
    }

    /** A source has ended. */
    void remove(SourceHalf half) {
        changing.lock();
        try {
            sessions = Arrays.stream(sessions)
                    .filter(session -> !session.half.equals(half))
                    .toArray(Session[]::new);
        } finally {
            changing.unlock();
        }
    }

    /** Whether a packet that came in on a channel bears the name of an own session and is not from there. Receive agent. */
    boolean isClash(ChannelKey key, PacketView packet, Nla from, int fromPort, long nowNs) {
        Session[] own = sessions;
        if (own.length == 0 || packet.type().isUpstream()) {
            return false;
        }
        long tsi = packet.tsi();
        boolean isClash = false;
        for (Session session : own) {
            if (session.tsi == tsi && session.key.equals(key)) {
                if (session.port == fromPort && session.address.equals(from)) {
                    return false;
                }
                isClash = true;
            }
        }
        if (isClash) {
            watch(own, key, tsi, from + " port " + fromPort, nowNs);
        }
        return isClash;
    }

    private static void watch(Session[] own, ChannelKey key, long tsi, String who, long nowNs) {
        for (Session session : own) {
            if (session.tsi == tsi && session.key.equals(key) && session.watch.onPacket(nowNs)) {
                LOG.warn(
                        "{} sends as {}, which is a source of this process and takes another name",
                        who,
                        session.half.tsi());
                session.half.tellClash();
            }
        }
    }
}
