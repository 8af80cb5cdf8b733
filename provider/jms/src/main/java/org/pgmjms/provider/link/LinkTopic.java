package org.pgmjms.provider.link;

import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmTopic;

/**
 * A topic as it is kept by who sends to it again and again through one link: what the link has found of it is here, so that
 * it looks nothing up. What is found belongs to the link, under its lock; the rest is immutable.
 */
public class LinkTopic {
    private final PgmTopic topic;
    private OutboundTopics.@Nullable Topic state;

    /** Of which nothing is known yet. */
    public LinkTopic(PgmTopic topic) {
        this.topic = topic;
    }

    /** The topic. */
    public final PgmTopic topic() {
        return topic;
    }

    /** What was found last; it may have been forgotten since, or belong to another link. */
    final OutboundTopics.@Nullable Topic state() {
        return state;
    }

    /** Writes only when there is something new: collectors look again at what was written. */
    final void keep(OutboundTopics.Topic found) {
        if (state != found) {
            state = found;
        }
    }
}
