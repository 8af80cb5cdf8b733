package org.pgmjms.provider.client;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.link.Link;
import org.pgmjms.provider.link.LinkFactory;
import org.pgmjms.provider.link.LinkSettings;
import org.pgmjms.provider.message.Incarnation;
import org.pgmjms.provider.message.MessageEncoder;
import org.pgmjms.provider.message.PgmMessage;

/** A connection's views on transports, opened at first use. Safe for any thread. */
final class Links {
    private static final int MOST_RECENT = 65_536;

    private final LinkFactory factory;
    private final ConnectionSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<LinkSettings, Channel> open = new LinkedHashMap<>();
    /** What was asked for lately; names the same transports. */
    private final Map<PgmDestination, Channel> recent = new ConcurrentHashMap<>();

    private volatile boolean released;
    // Guarded by the lock.
    private int holders;

    /**
     * An open transport.
     *
     * @param link the view on it
     * @param encoder writes messages that it can carry
     * @param name the same for all views on one transport; transactions reserve in its order
     * @param format how they are framed
     */
    record Channel(Link link, MessageEncoder encoder, String name, LinkSettings.Format format)
            implements Comparable<Channel> {
        @Override
        public int compareTo(Channel other) {
            return name.compareTo(other.name);
        }

        /** Appends a message as this transport carries it; for noLocal with the sending connection's number. */
        void encode(PgmMessage message, int connection, ByteBuf out) throws JMSException {
            switch (format) {
                case JMS -> encoder.encode(message, connection, out);
                case RAW -> encoder.encodeRaw(message, out);
                case ZMQ -> encoder.encodeZmq(message, out);
            }
        }
    }

    Links(LinkFactory factory, ConnectionSettings settings) {
        this.factory = factory;
        this.settings = settings;
    }

    /** The one that carries a destination. */
    Channel channel(PgmDestination destination) throws JMSException {
        Channel known = recent.get(destination);
        if (known != null && !released) {
            return known;
        }
        lock.lock();
        try {
            Channel channel = open(settings(destination));
            if (recent.size() >= MOST_RECENT) {
                recent.clear();
            }
            recent.put(destination, channel);
            return channel;
        } finally {
            lock.unlock();
        }
    }

    /** Differs for links with different settings, as one connection has one view for each. */
    private static String name(LinkSettings link) {
        return String.join(
                " ",
                link.scheme(),
                link.networkInterface(),
                link.group(),
                Integer.toString(link.port()),
                link.format().name(),
                link.order().name(),
                new TreeMap<>(link.pgm()).toString());
    }

    /** All that can carry a topic whose name this one matches; for a plain name the only one. */
    List<Channel> channels(PgmTopic topic) throws JMSException {
        if (!topic.isPattern()) {
            return List.of(channel(topic));
        }
        List<Channel> all = new ArrayList<>();
        lock.lock();
        try {
            for (LinkSettings wanted : settings.channels().channels(topic)) {
                all.add(open(wanted));
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** What the transport of a destination is opened with. */
    LinkSettings settings(PgmDestination destination) throws JMSException {
        return settings.channels().channel(destination);
    }

    private Channel open(LinkSettings wanted) throws JMSException {
        if (released) {
            throw JmsExceptions.closed("connection");
        }
        Channel channel = open.get(wanted);
        if (channel == null) {
            Link link = factory.open(wanted);
            MessageEncoder encoder = new MessageEncoder(
                    Incarnation.ofThisJvm(),
                    link.maxMessageBytes(),
                    replyTo -> settings.channels().place(replyTo, wanted));
            channel = new Channel(link, encoder, name(wanted), wanted.format());
            open.put(wanted, channel);
        }
        return channel;
    }

    /** Adds up the counters of all. */
    Map<String, Long> statistics(Map<String, Long> sums) {
        lock.lock();
        try {
            for (Channel channel : open.values()) {
                channel.link().statistics().forEach((name, value) -> sums.merge(name, value, Long::sum));
            }
            return sums;
        } finally {
            lock.unlock();
        }
    }

    /** Somebody will publish here later, even when the connection is closed before; to be ended by {@link #letGo}. */
    void hold() {
        lock.lock();
        try {
            holders++;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a {@link #hold}; the last one gives all back, if that was to be done meanwhile. */
    void letGo() {
        List<Channel> all = List.of();
        lock.lock();
        try {
            holders--;
            if (released && holders == 0) {
                all = takeAll();
            }
        } finally {
            lock.unlock();
        }
        all.forEach(channel -> channel.link().release());
    }

    /** Gives all back, as soon as nobody holds them; opens nothing any more. */
    void release() {
        List<Channel> all = List.of();
        lock.lock();
        try {
            released = true;
            if (holders == 0) {
                all = takeAll();
            }
        } finally {
            lock.unlock();
        }
        all.forEach(channel -> channel.link().release());
    }

    private List<Channel> takeAll() {
        List<Channel> all = List.copyOf(open.values());
        open.clear();
        return all;
    }
}
