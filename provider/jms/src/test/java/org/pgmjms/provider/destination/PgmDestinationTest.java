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
        assertTrue(raw.isRaw());
        assertEquals("quotes.us?format=raw", raw.toString());
        assertFalse(new PgmTopic("quotes.us").isRaw());
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
        assertNotEquals(new PgmTopic("a"), PgmDestination.of(Kind.TEMPORARY_TOPIC, "a", false));
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

        assertThat(refused).hasMessageContaining("fromat").hasMessageContaining("format=raw");
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
        List<PgmDestination> all = new ArrayList<>(List.of(new PgmTopic("a?format=raw")));
        for (Kind kind : Kind.values()) {
            all.add(PgmDestination.of(kind, "a?b", false));
        }

        for (PgmDestination destination : all) {
            PgmDestination copy = (PgmDestination) copy(destination);
            assertEquals(destination, copy);
            assertSame(destination.getClass(), copy.getClass());
            assertEquals(destination.kind(), copy.kind());
            assertEquals(destination.name(), copy.name());
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
        TemporaryTopic received = (TemporaryTopic) PgmDestination.of(Kind.TEMPORARY_TOPIC, "t", false);
        TemporaryQueue receivedQueue = (TemporaryQueue) PgmDestination.of(Kind.TEMPORARY_QUEUE, "q", false);
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
        assertEquals(PgmDestination.of(Kind.TEMPORARY_QUEUE, "b", false), PgmDestination.convert((ForeignTemporaryQueue)
                () -> "b"));
        assertNull(PgmDestination.convert(new Destination() {}));
        assertNull(PgmDestination.convert((Topic) () -> null));
        assertNull(PgmDestination.convert((Topic) () -> ""));
        assertNull(PgmDestination.convert((Queue) () -> {
            throw new JMSException("no name");
        }));
    }
}
