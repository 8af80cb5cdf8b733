package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Seeds;

class OutboundTopicsTest {
    private static final byte[] NAME = "t".getBytes(StandardCharsets.UTF_8);

    @Seeds
    void forgetsTheTopicThatWasNotWrittenForTheLongestTime(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int capacity = 1 + random.nextInt(100);
        int ids = capacity + random.nextInt(20);
        OutboundTopics topics = new OutboundTopics(capacity);
        Map<Long, OutboundTopics.Topic> model = new LinkedHashMap<>(16, 0.75f, true);

        for (int i = 0; i < 5_000; i++) {
            long id = random.nextInt(ids);
            OutboundTopics.Topic known = topics.find(id);
            assertThat(known).isSameAs(model.get(id));
            if (known == null) {
                if (topics.isFull()) {
                    long oldest = model.keySet().iterator().next();
                    OutboundTopics.Topic forgotten = topics.evict();
                    assertThat(forgotten.id).isEqualTo(oldest);
                    assertThat(topics.has(forgotten)).isFalse();
                    assertThat(topics.find(oldest)).isNull();
                    model.remove(oldest);
                }
                known = topics.add(id, NAME);
                model.put(id, known);
            }
            assertThat(topics.has(known)).isTrue();
            topics.next(known);
        }
    }

    @Test
    void aTopicBelongsToOneTable() {
        OutboundTopics.Topic topic = new OutboundTopics(1).add(1, NAME);

        assertThat(new OutboundTopics(1).has(topic)).isFalse();
    }
}
