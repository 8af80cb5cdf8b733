package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.GroupPool;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.destination.TopicAttributes;
import org.pgmjms.provider.destination.TopicPattern;
import org.pgmjms.provider.error.JmsExceptions;
import org.pgmjms.provider.link.LinkSettings;

/**
 * Which channel carries a topic. What counts, one by one, is what the topic's own attributes say, or else the first rule
 * that matches and says it, or else the URL: so a rule for {@code quotes.us.>} inherits from a later one for
 * {@code quotes.>}. Of a pool a topic takes one group by its name. Sender and receiver need tables that say the same.
 * Immutable; safe for any thread.
 */
final class ChannelTable {
    /** The most channels that one consumer joins. */
    static final int MOST_CHANNELS = 512;

    private final LinkSettings base;
    private final GroupPool groups;
    private final List<TopicRule> rules;

    /**
     * A table.
     *
     * @param base the channel of a topic for which there is no rule, but for its group
     * @param groups the URL's group or pool
     * @param rules what comes first counts
     */
    ChannelTable(LinkSettings base, GroupPool groups, List<TopicRule> rules) {
        this.base = base;
        this.groups = groups;
        this.rules = List.copyOf(rules);
    }

    /** What counts for a destination: its own attributes, and of the rules what it does not say itself. */
    TopicAttributes attributes(PgmDestination destination) {
        TopicAttributes all = destination.attributes();
        if (!rules.isEmpty()) {
            TopicPattern name = TopicPattern.of(destination.name());
            for (TopicRule rule : rules) {
                if (rule.pattern().covers(name)) {
                    all = all.orElse(rule.attributes());
                }
            }
        }
        return all;
    }

    /** The channel of a destination; one that came with a message opens only channels of this table. */
    LinkSettings channel(PgmDestination destination) throws JMSException {
        TopicAttributes all = attributes(destination);
        String group = pool(all).groupOf(destination.name());
        if (destination.isReceived() && !has(group, port(all))) {
            throw JmsExceptions.invalidDestination(
                    "Destination " + destination + " came with a message, and its channel "
                            + group + ":" + port(all) + " is none of this connection's own (URL and "
                            + JmsSetting.TOPICS.settingName() + ")");
        }
        return link(all, group);
    }

    /** Every channel that can carry a topic whose name a pattern matches; raw ones carry no names. */
    List<LinkSettings> channels(PgmTopic pattern) throws JMSException {
        Set<LinkSettings> channels = new LinkedHashSet<>();
        for (TopicAttributes all : possible(pattern.attributes(), TopicPattern.parse(pattern.name()))) {
            if (format(all) == LinkSettings.Format.JMS) {
                pool(all).groups().forEach(group -> channels.add(link(all, group)));
            }
        }
        if (channels.isEmpty()) {
            throw JmsExceptions.invalidDestination("No channel carries names of topics that match " + pattern
                    + ": with format=raw and format=zmq a topic has to be subscribed to by its name");
        }
        if (channels.size() > MOST_CHANNELS) {
            throw JmsExceptions.invalidDestination("Topics that match " + pattern + " can come on " + channels.size()
                    + " channels; a consumer joins at most " + MOST_CHANNELS);
        }
        return List.copyOf(channels);
    }

    /** One channel of each kind that the table names, for a check of its settings. */
    List<LinkSettings> samples() {
        List<LinkSettings> samples = new ArrayList<>();
        samples.add(link(TopicAttributes.NONE, first(groups)));
        for (TopicRule rule : rules) {
            samples.add(link(rule.attributes(), first(pool(rule.attributes()))));
        }
        return samples;
    }

    /**
     * A destination that came with a message, as this table calls it: without the group and port that its name leads to
     * here anyway.
     */
    PgmDestination settled(PgmDestination received) {
        TopicAttributes all = received.attributes();
        if (all.groups() == null) {
            return received;
        }
        PgmDestination plain = PgmDestination.received(received.kind(), received.name(), all.withoutPlace());
        TopicAttributes here = attributes(plain);
        boolean same =
                pool(here).groupOf(plain.name()).equals(pool(all).groupOf(plain.name())) && port(here) == port(all);
        return same ? plain : received;
    }

    /**
     * What a message says of the channel where replies are taken, {@code group:port}: nothing when the name alone leads
     * there and it is the message's own.
     */
    String place(PgmDestination replyTo, LinkSettings ofMessage) {
        TopicAttributes all = attributes(replyTo);
        String group = pool(all).groupOf(replyTo.name());
        boolean plain =
                replyTo.attributes().groups() == null && replyTo.attributes().port() == 0;
        boolean same = group.equals(ofMessage.group()) && port(all) == ofMessage.port();
        return plain && same ? "" : GroupPool.parse(group) + ":" + port(all);
    }

    /** The same for a message that has no channel: whatever it says has to be said in full. */
    String place(PgmDestination replyTo) {
        if (replyTo.kind() == PgmDestination.Kind.QUEUE) {
            return "";
        }
        TopicAttributes all = attributes(replyTo);
        return GroupPool.parse(pool(all).groupOf(replyTo.name())) + ":" + port(all);
    }

    /** Whether a topic's messages are framed as those of this provider. */
    boolean isJms(PgmTopic topic) {
        return format(attributes(topic)) == LinkSettings.Format.JMS;
    }

    /** Whether this table has a channel with this group and port. */
    private boolean has(String group, int port) {
        for (TopicAttributes all : possible(TopicAttributes.NONE, null)) {
            if (port(all) == port && pool(all).contains(group)) {
                return true;
            }
        }
        return false;
    }

    /** What the rules can make of names that a pattern matches, or of any names. */
    private Set<TopicAttributes> possible(TopicAttributes own, @Nullable TopicPattern pattern) {
        Set<TopicAttributes> open = new LinkedHashSet<>(Set.of(own.channelOnly()));
        for (TopicRule rule : rules) {
            if (pattern != null && !rule.pattern().intersects(pattern)) {
                continue;
            }
            boolean always = pattern != null && rule.pattern().covers(pattern);
            Set<TopicAttributes> next = new LinkedHashSet<>();
            for (TopicAttributes all : open) {
                if (!always) {
                    next.add(all);
                }
                next.add(all.orElse(rule.attributes().channelOnly()));
            }
            open = next;
        }
        return open;
    }

    private GroupPool pool(TopicAttributes all) {
        return Objects.requireNonNullElse(all.groups(), groups);
    }

    private int port(TopicAttributes all) {
        return all.port() == 0 ? base.port() : all.port();
    }

    private static String first(GroupPool pool) {
        return pool.groups().findFirst().orElseThrow();
    }

    private static LinkSettings.Format format(TopicAttributes all) {
        String format = all.value(TopicAttributes.FORMAT);
        return format == null ? LinkSettings.Format.JMS : LinkSettings.Format.valueOf(format.toUpperCase(Locale.ROOT));
    }

    private LinkSettings link(TopicAttributes all, String group) {
        String order = all.value(TopicAttributes.ORDER);
        return new LinkSettings(
                base.scheme(),
                base.networkInterface(),
                group,
                port(all),
                format(all),
                order == null ? base.order() : LinkSettings.Order.valueOf(order.toUpperCase(Locale.ROOT)),
                base.maxMessageBytes(),
                base.holdBackBytes(),
                base.pgm());
    }
}
