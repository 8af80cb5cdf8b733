package org.pgmjms.provider.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.Topic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.provider.destination.PgmDestination.Kind;

/** Names, their attributes and their numbers. */
class PgmDestinationTest {

    @Test
    void theNameIsBareAndTheFormatAnAttribute() {
        PgmTopic raw = new PgmTopic("quotes.us?format=raw");

        assertEquals("quotes.us", raw.getTopicName());
        assertEquals("raw", raw.attributes().value(TopicAttributes.FORMAT));
        assertEquals("quotes.us?format=raw", raw.toString());
        assertEquals(new PgmTopic("quotes.us"), new PgmTopic("quotes.us?format=jms"));
        assertEquals("quotes.us", new PgmTopic("quotes.us").toString());
    }

    @Test
    void equalityIsKindNameAndFormat() {
        assertEquals(new PgmTopic("a"), new PgmTopic("a"));
        assertEquals(new PgmTopic("a").hashCode(), new PgmTopic("a").hashCode());
        assertNotEquals(new PgmTopic("a"), new PgmTopic("b"));
        assertNotEquals(new PgmTopic("a"), new PgmTopic("A"));
        assertNotEquals(new PgmTopic("a"), new PgmTopic("a?format=raw"));
        assertNotEquals(new PgmTopic("a"), new PgmQueue("a"));
        assertNotEquals(new PgmTopic("a"), PgmDestination.of(Kind.TEMPORARY_TOPIC, "a"));
    }

    @Test
    void attributesNameAChannelAndWhatConsumersWant() {
        PgmTopic topic = new PgmTopic(
                "quotes.us?port=7501&lateJoin=window&group=[FF15::1]&lossPolicy=mark&order=source&format=jms");

        assertEquals("quotes.us", topic.getTopicName());
        assertEquals("[ff15:0:0:0:0:0:0:1]", String.valueOf(topic.attributes().groups()));
        assertEquals(7501, topic.attributes().port());
        assertEquals("window", topic.attributes().value(TopicAttributes.LATE_JOIN));
        assertEquals("mark", topic.attributes().value(TopicAttributes.LOSS_POLICY));
        assertEquals("source", topic.attributes().value(TopicAttributes.ORDER));
        assertEquals(topic.toString(), new PgmTopic(topic.toString()).toString());
        assertEquals(topic.attributes(), new PgmTopic(topic.toString()).attributes());
    }

    @Test
    void theNameOfAnAttributeIsSuggested() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> new PgmTopic("a?grup=x"));

        assertThat(refused).hasMessageContaining("'grup'").hasMessageContaining("did you mean group?");
    }

    @Test
    void equalityLooksAtTheChannelAndNotAtWhatConsumersWant() {
        PgmTopic topic = new PgmTopic("a?group=239.192.7.1&port=7501");

        assertEquals(topic, new PgmTopic("a?port=7501&group=239.192.7.1&lossPolicy=mark&lateJoin=window"));
        assertEquals(topic.hashCode(), new PgmTopic("a?port=7501&group=239.192.7.1&lossPolicy=stop").hashCode());
        assertNotEquals(topic, new PgmTopic("a?group=239.192.7.2&port=7501"));
        assertNotEquals(topic, new PgmTopic("a?group=239.192.7.1&port=7502"));
        assertNotEquals(topic, new PgmTopic("a"));
    }

    /** Computed with {@code printf %s NAME | sha256sum | cut -c 1-16}. */
    @ParameterizedTest
    @CsvSource({
        "a, ca978112ca1bbdca",
        "quotes.MSFT, fa63283d9befbe09",
        "Grüße, f83e039796c6453a",
        "quotes.>, a81963b8f6f14e75"
    })
    void theTopicIdIsTheBeginningOfSha256(String name, String hex) {
        assertEquals(Long.parseUnsignedLong(hex, 16), new PgmTopic(name).topicId());
    }

    @Test
    void theTopicIdIsThatOfTheBareName() {
        assertEquals(new PgmTopic("a").topicId(), new PgmTopic("a?format=raw").topicId());
        assertThat(new PgmTopic("ü?format=raw").nameUtf8()).containsExactly(0xC3, 0xBC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?format=raw",
                "a?",
                "a?format",
                "a?format=",
                "a?format=RAW",
                "a?fromat=raw",
                "a?x=y",
                "a?format=raw&",
                "a?format=raw&format=raw",
                "a?group=10.1.2.3",
                "a?group=239.192.0.256",
                "a?group=news.example",
                "a?group=239.192.0.0/16",
                "a?group=239.192.0.1/28",
                "a?group=239.192.0.0/33",
                "a?group=",
                "a?port=0",
                "a?port=65536",
                "a?port=x",
                "a?lateJoin=yes",
                "a?lossPolicy=ignore",
                "a?order=none",
                "\uD800",
                "b\uDC00"
            })
    void refusesWhatIsNoName(String text) {
        assertThrows(IllegalArgumentException.class, () -> new PgmTopic(text));
    }

    @Test
    void saysWhatItKnows() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new PgmTopic("a?fromat=raw"));

        assertThat(refused).hasMessageContaining("fromat").hasMessageContaining("format=jms|raw|zmq");
    }

    @Test
    void namesHaveAtMost255Bytes() {
        assertEquals(255, new PgmTopic("a".repeat(255)).nameUtf8().length);
        assertThrows(IllegalArgumentException.class, () -> new PgmTopic("a".repeat(256)));
        assertThrows(IllegalArgumentException.class, () -> new PgmTopic("ü".repeat(128)));
        assertThrows(IllegalArgumentException.class, () -> new PgmQueue("a".repeat(256)));
        assertThrows(NullPointerException.class, () -> new PgmTopic((String) null));
    }

    @Test
    void aQueuesNameHasNoAttributes() {
        assertEquals("a?format=raw", new PgmQueue("a?format=raw").getQueueName());
    }

    @Test
    void everyKindSurvivesSerialisation() throws IOException, ClassNotFoundException {
        List<PgmDestination> all = new ArrayList<>(List.of(
                new PgmTopic("a?group=239.192.7.0/28&port=7501&format=raw&lossPolicy=stop"),
                PgmDestination.received(Kind.TOPIC, "a?b", TopicAttributes.parse("port=1"))));
        for (Kind kind : Kind.values()) {
            all.add(PgmDestination.of(kind, "a?b"));
        }

        for (PgmDestination destination : all) {
            PgmDestination copy = (PgmDestination) copy(destination);
            assertEquals(destination, copy);
            assertSame(destination.getClass(), copy.getClass());
            assertEquals(destination.kind(), copy.kind());
            assertEquals(destination.name(), copy.name());
            assertEquals(destination.attributes(), copy.attributes());
            assertEquals(destination.isReceived(), copy.isReceived());
        }
    }

    private static Object copy(Object object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    @Test
    void onlyItsMakerDeletesATemporaryOne() throws JMSException {
        List<PgmDestination> deleted = new ArrayList<>();
        PgmTemporaryTopic topic = new PgmTemporaryTopic("t", deleted::add);
        PgmTemporaryQueue queue = new PgmTemporaryQueue("q", deleted::add);
        topic.delete();
        queue.delete();

        assertThat(deleted).containsExactly(topic, queue);
        assertTrue(topic.isTemporary());
        assertFalse(new PgmTopic("t").isTemporary());
        TemporaryTopic received = (TemporaryTopic) PgmDestination.of(Kind.TEMPORARY_TOPIC, "t");
        TemporaryQueue receivedQueue = (TemporaryQueue) PgmDestination.of(Kind.TEMPORARY_QUEUE, "q");
        assertThrows(InvalidDestinationException.class, received::delete);
        assertThrows(InvalidDestinationException.class, receivedQueue::delete);
        assertEquals(topic, received);
    }

    interface ForeignTemporaryQueue extends TemporaryQueue {
        @Override
        default void delete() {}
    }

    @Test
    void othersDestinationsAreConvertedByName() {
        PgmTopic ours = new PgmTopic("a?format=raw");

        assertSame(ours, PgmDestination.convert(ours));
        assertEquals(new PgmTopic("b"), PgmDestination.convert((Topic) () -> "b"));
        assertEquals("b?format=raw", ((PgmTopic) PgmDestination.convert((Topic) () -> "b?format=raw")).getTopicName());
        assertEquals(new PgmQueue("b"), PgmDestination.convert((Queue) () -> "b"));
        assertEquals(PgmDestination.of(Kind.TEMPORARY_QUEUE, "b"), PgmDestination.convert((ForeignTemporaryQueue)
                () -> "b"));
        assertNull(PgmDestination.convert(new Destination() {}));
        assertNull(PgmDestination.convert((Topic) () -> null));
        assertNull(PgmDestination.convert((Topic) () -> ""));
        assertNull(PgmDestination.convert((Queue) () -> {
            throw new JMSException("no name");
        }));
    }
}
