package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.link.Link;
import org.pgmjms.provider.link.LinkFactory;
import org.pgmjms.provider.link.LinkSettings;
import org.pgmjms.provider.message.Incarnation;
import org.pgmjms.provider.message.MessageEncoder;

/** A connection's views on transports, opened at first use. Safe for any thread. */
final class Links {
    private final LinkFactory factory;
    private final ConnectionSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<LinkSettings, Channel> open = new LinkedHashMap<>();
    private boolean released;

    /**
     * An open transport.
     *
     * @param link the view on it
     * @param encoder writes messages that it can carry
     */
    record Channel(Link link, MessageEncoder encoder) {}

    Links(LinkFactory factory, ConnectionSettings settings) {
        this.factory = factory;
        this.settings = settings;
    }

    /** The one that carries a topic. */
    Channel channel(PgmTopic topic) throws JMSException {
        LinkSettings wanted = settings.link(topic.isRaw() ? LinkSettings.Format.RAW : LinkSettings.Format.JMS);
        lock.lock();
        try {
            if (released) {
                throw JmsExceptions.closed("connection");
            }
            Channel channel = open.get(wanted);
            if (channel == null) {
                Link link = factory.open(wanted);
                channel = new Channel(link, new MessageEncoder(Incarnation.ofThisJvm(), link.maxMessageBytes()));
                open.put(wanted, channel);
            }
            return channel;
        } finally {
            lock.unlock();
        }
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

    /** Gives all back. */
    void release() {
        List<Channel> all;
        lock.lock();
        try {
            released = true;
            all = List.copyOf(open.values());
        } finally {
            lock.unlock();
        }
        all.forEach(channel -> channel.link().release());
    }
}
