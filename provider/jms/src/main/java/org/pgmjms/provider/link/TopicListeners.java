package org.pgmjms.provider.link;

import java.util.ArrayList;
import java.util.List;
import org.pgmjms.provider.destination.PgmTopic;

/** Who listens to one topic of a channel. Owned by the receive agent. */
final class TopicListeners {
    private final PgmTopic topic;
    private final byte[] name;
    private final List<Listening> listenings = new ArrayList<>();

    TopicListeners(PgmTopic topic) {
        this.topic = topic;
        this.name = topic.nameUtf8();
    }

    /** The topic as the first of them calls it. */
    PgmTopic topic() {
        return topic;
    }

    long topicId() {
        return topic.topicId();
    }

    /** The topic's bare name in UTF-8; not to be changed. */
    byte[] name() {
        return name;
    }

    List<Listening> listenings() {
        return listenings;
    }
}
