package org.pgmjms.provider.message;

import static org.pgmjms.provider.message.ContentFormat.BODY_IS_NULL;
import static org.pgmjms.provider.message.ContentFormat.BODY_KIND;
import static org.pgmjms.provider.message.ContentFormat.BODY_KIND_SHIFT;
import static org.pgmjms.provider.message.ContentFormat.CONNECTION;
import static org.pgmjms.provider.message.ContentFormat.CORRELATION;
import static org.pgmjms.provider.message.ContentFormat.CORRELATION_IS_BYTES;
import static org.pgmjms.provider.message.ContentFormat.DELIVERY_TIME;
import static org.pgmjms.provider.message.ContentFormat.EXPIRATION;
import static org.pgmjms.provider.message.ContentFormat.GROUP_ID;
import static org.pgmjms.provider.message.ContentFormat.GROUP_SEQUENCE;
import static org.pgmjms.provider.message.ContentFormat.INCARNATION;
import static org.pgmjms.provider.message.ContentFormat.INCARNATION_HIGH;
import static org.pgmjms.provider.message.ContentFormat.INCARNATION_LOW;
import static org.pgmjms.provider.message.ContentFormat.MESSAGE_ID;
import static org.pgmjms.provider.message.ContentFormat.PRIORITY;
import static org.pgmjms.provider.message.ContentFormat.PROPERTIES;
import static org.pgmjms.provider.message.ContentFormat.REPLY_TO;
import static org.pgmjms.provider.message.ContentFormat.REPLY_TO_FORMAT;
import static org.pgmjms.provider.message.ContentFormat.REPLY_TO_KIND;
import static org.pgmjms.provider.message.ContentFormat.STORED_BY;
import static org.pgmjms.provider.message.ContentFormat.TIMESTAMP;
import static org.pgmjms.provider.message.ContentFormat.TYPE;
import static org.pgmjms.provider.message.ContentFormat.intAt;
import static org.pgmjms.provider.message.ContentFormat.longAt;
import static org.pgmjms.provider.message.ContentFormat.priorityAt;
import static org.pgmjms.provider.message.ContentFormat.replyToFormat;
import static org.pgmjms.provider.message.ContentFormat.replyToKind;

import jakarta.jms.Destination;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmDestination.Kind;
import org.pgmjms.provider.destination.TopicAttributes;

/**
 * The content of one received frame: a message's header fields, properties and body, still encoded. Immutable; safe for
 * any thread. Layout: {@link ContentFormat}. {@link ContentCheck} has looked at every length, type and text before.
 */
final class FrameContent {
    private final byte[] bytes;
    private final int flags;
    private final int body;
    private final ContentPlaces places;

    FrameContent(byte[] bytes, int flags, int body, ContentPlaces places) {
        this.bytes = bytes;
        this.flags = flags;
        this.body = body;
        this.places = places;
    }

    /** A bare APDU: the body of a bytes message, with all header fields absent. */
    static FrameContent raw(byte[] bytes) {
        return new FrameContent(bytes, BodyKind.BYTES.number() << BODY_KIND_SHIFT, 0, ContentPlaces.NONE);
    }

    /** Elements of a stream message, encoded, with all header fields absent. */
    static FrameContent elements(byte[] bytes) {
        return new FrameContent(bytes, BodyKind.STREAM.number() << BODY_KIND_SHIFT, 0, ContentPlaces.NONE);
    }

    int size() {
        return bytes.length;
    }

    boolean has(int field) {
        return (flags & field) == field;
    }

    private long longField(int field) {
        return has(field) ? Values.i64(bytes, longAt(flags, field)) : 0;
    }

    long timestamp() {
        return longField(TIMESTAMP);
    }

    long expiration() {
        return longField(EXPIRATION);
    }

    /** The delivery time; the timestamp when the frame has none of its own. */
    long deliveryTime() {
        return has(DELIVERY_TIME) ? longField(DELIVERY_TIME) : timestamp();
    }

    long storedBy() {
        return longField(STORED_BY);
    }

    long messageNumber() {
        return longField(MESSAGE_ID);
    }

    /** The incarnation that the message number belongs to; the connection's is always the envelope's. */
    Incarnation incarnation(Incarnation ofEnvelope) {
        return has(INCARNATION) ? new Incarnation(longField(INCARNATION_HIGH), longField(INCARNATION_LOW)) : ofEnvelope;
    }

    int connection() {
        return has(CONNECTION) ? Values.i32(bytes, intAt(flags, CONNECTION)) : 0;
    }

    int groupSequence() {
        return has(GROUP_SEQUENCE) ? Values.i32(bytes, intAt(flags, GROUP_SEQUENCE)) : 0;
    }

    int priority() {
        return has(PRIORITY) ? bytes[priorityAt(flags)] : Message.DEFAULT_PRIORITY;
    }

    @Nullable String correlationText() {
        return has(CORRELATION) && !has(CORRELATION_IS_BYTES) ? text(places.correlation()) : null;
    }

    byte @Nullable [] correlationBytes() {
        return has(CORRELATION_IS_BYTES) ? field(places.correlation()) : null;
    }

    @Nullable String type() {
        return has(TYPE) ? text(places.type()) : null;
    }

    @Nullable String groupId() {
        return has(GROUP_ID) ? text(places.groupId()) : null;
    }

    /** Where to reply, with the channel that the sender named; one that is none is left out. */
    @Nullable Destination replyTo() {
        if (!has(REPLY_TO)) {
            return null;
        }
        int at = places.replyTo() + Short.BYTES;
        Kind kind = replyToKind(bytes[at] & REPLY_TO_KIND);
        TopicAttributes format = Objects.requireNonNull(replyToFormat(bytes[at] & REPLY_TO_FORMAT), "checked before");
        int nameLength = Values.u8(bytes, at + Byte.BYTES);
        String name = Utf8.read(bytes, at + 2 * Byte.BYTES, nameLength);
        int placeAt = at + 2 * Byte.BYTES + nameLength;
        int end = places.replyTo() + Short.BYTES + Values.u16(bytes, places.replyTo());
        String place = new String(bytes, placeAt, end - placeAt, StandardCharsets.US_ASCII);
        return PgmDestination.received(Objects.requireNonNull(kind, "checked before"), name, format.at(place));
    }

    private String text(int at) {
        return Utf8.read(bytes, at + Short.BYTES, Values.u16(bytes, at));
    }

    private byte[] field(int at) {
        int from = at + Short.BYTES;
        return Arrays.copyOfRange(bytes, from, from + Values.u16(bytes, at));
    }

    /** The properties, but those that only a provider sets; of two with one name the first. */
    Map<String, @Nullable Object> properties() {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        if (has(PROPERTIES)) {
            int count = Values.u16(bytes, places.properties() + Short.BYTES);
            int at = places.properties() + 2 * Short.BYTES;
            for (int i = 0; i < count; i++) {
                int nameLength = Values.u8(bytes, at);
                String name = Utf8.read(bytes, at + Byte.BYTES, nameLength);
                int valueAt = at + Byte.BYTES + nameLength;
                if (!PropertyNames.isSetByProvider(name) && !properties.containsKey(name)) {
                    properties.put(name, Values.read(bytes, valueAt));
                }
                at = valueAt + Values.length(bytes, valueAt, bytes.length);
            }
        }
        return properties;
    }

    /** The value of one property that is no provider's, decoded alone; of two with one name the first. */
    @Nullable Object property(String name) {
        if (!has(PROPERTIES)) {
            return null;
        }
        int count = Values.u16(bytes, places.properties() + Short.BYTES);
        int at = places.properties() + 2 * Short.BYTES;
        for (int i = 0; i < count; i++) {
            int nameLength = Values.u8(bytes, at);
            int valueAt = at + Byte.BYTES + nameLength;
            if (Utf8.equals(bytes, at + Byte.BYTES, nameLength, name)) {
                return Values.read(bytes, valueAt);
            }
            at = valueAt + Values.length(bytes, valueAt, bytes.length);
        }
        return null;
    }

    BodyKind bodyKind() {
        return Objects.requireNonNull(BodyKind.of((flags & BODY_KIND) >>> BODY_KIND_SHIFT), "checked before");
    }

    /** The array the body lies in; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    int bodyAt() {
        return body;
    }

    int bodyLength() {
        return bytes.length - body;
    }

    /** The body as a text; null when the sender's was. */
    @Nullable String textBody() {
        return has(BODY_IS_NULL) ? null : Utf8.read(bytes, bodyAt(), bodyLength());
    }

    /** The body as a map; of two entries with one name the first. */
    Map<String, @Nullable Object> mapBody() {
        int at = bodyAt();
        int count = Values.i32(bytes, at);
        at += Integer.BYTES;
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            int nameLength = Values.u16(bytes, at);
            String name = Utf8.read(bytes, at + Short.BYTES, nameLength);
            int valueAt = at + Short.BYTES + nameLength;
            if (!map.containsKey(name)) {
                map.put(name, Values.read(bytes, valueAt));
            }
            at = valueAt + Values.length(bytes, valueAt, bytes.length);
        }
        return map;
    }

    /** A copy of the body's bytes; null when the sender's body was. */
    byte @Nullable [] bodyBytes() {
        return has(BODY_IS_NULL) ? null : Arrays.copyOfRange(bytes, bodyAt(), bytes.length);
    }
}
