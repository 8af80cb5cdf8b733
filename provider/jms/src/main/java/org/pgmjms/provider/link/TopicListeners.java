package org.pgmjms.provider.link;

import java.util.ArrayList;
import java.util.List;
import org.pgmjms.provider.destination.PgmTopic;

/** Who listens to one topic of a channel, by its name or by a pattern. Owned by the receive agent. */
final class TopicListeners {
    private final PgmTopic topic;
    private final byte[] name;
    private final List<Listening> listenings = new ArrayList<>();
    private int byName;
    private int streams;

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

    /** Not to be changed. */
    List<Listening> listenings() {
        return listenings;
    }

    void add(Listening listening) {
        listenings.add(listening);
        byName += listening.isPattern() ? 0 : 1;
    }

    void remove(Listening listening) {
        if (listenings.remove(listening)) {
            byName -= listening.isPattern() ? 0 : 1;
        }
    }

    /** Whether nobody has asked for it by its name. */
    boolean isFound() {
        return byName == 0;
    }

    void onStreamOpened() {
        streams++;
    }

    void onStreamClosed() {
        streams--;
    }

    /** Whether nothing is kept of it that somebody could miss. */
    boolean isUnused() {
        return byName == 0 && streams == 0;
    }
}
