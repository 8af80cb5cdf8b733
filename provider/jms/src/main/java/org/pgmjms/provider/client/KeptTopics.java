package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.List;
import org.pgmjms.provider.destination.TopicPattern;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * Which topics the companion broker keeps: those that a pattern of {@code broker.topics} matches, and none with {@code !}
 * in front. When all have one, every other topic is kept. Immutable.
 *
 * @param kept what is kept
 * @param excluded what is not, whatever {@code kept} says
 */
public record KeptTopics(List<TopicPattern> kept, List<TopicPattern> excluded) {
    private static final String EXCLUDES = "!";
    private static final TopicPattern ALL = TopicPattern.parse(">");

    /** Takes copies. */
    public KeptTopics {
        kept = List.copyOf(kept);
        excluded = List.copyOf(excluded);
    }

    /** Reads the value of {@code broker.topics}. */
    static KeptTopics parse(String text) throws JMSException {
        List<TopicPattern> kept = new ArrayList<>();
        List<TopicPattern> excluded = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            boolean excludes = part.trim().startsWith(EXCLUDES);
            String pattern = (excludes ? part.trim().substring(EXCLUDES.length()) : part).trim();
            if (pattern.isEmpty()) {
                throw JmsSetting.BROKER_TOPICS.refused(text);
            }
            try {
                (excludes ? excluded : kept).add(TopicPattern.parse(pattern));
            } catch (IllegalArgumentException e) {
                throw JmsExceptions.with(e, JmsSetting.BROKER_TOPICS.refused(text));
            }
        }
        return new KeptTopics(kept.isEmpty() ? List.of(ALL) : kept, excluded);
    }

    /** Whether the topic with this bare name is kept. */
    public boolean contains(String name) {
        return kept.stream().anyMatch(pattern -> pattern.matches(name))
                && excluded.stream().noneMatch(pattern -> pattern.matches(name));
    }
}
