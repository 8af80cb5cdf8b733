package org.pgmjms.provider.message;

import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination.Kind;
import org.pgmjms.provider.destination.TopicAttributes;

/**
 * The flags that begin a message's content, and its limits. What is absent has its default. The whole layout is in
 * {@code docs/wire-format.md}.
 *
 * <pre>
 *   u32 flags
 *   8 bytes each, in the order of the bits: MESSAGE_ID TIMESTAMP EXPIRATION DELIVERY_TIME STORED_BY INCARNATION (two)
 *   4 bytes each: CONNECTION GROUP_SEQUENCE
 *   1 byte: PRIORITY
 *   u16 length and bytes each: CORRELATION, REPLY_TO (kind, name and channel), TYPE, GROUP_ID, EXTENSION
 *   PROPERTIES: u16 length of what follows, u16 count, then name and value each
 *   the body, to the end
 * </pre>
 *
 * <p>As the fields of equal size come first and in the order of their bits, the place of each is the number of bits set
 * below its own.
 */
final class ContentFormat {
    static final int MESSAGE_ID = 1;
    static final int TIMESTAMP = 1 << 1;
    static final int EXPIRATION = 1 << 2;
    static final int DELIVERY_TIME = 1 << 3;
    static final int STORED_BY = 1 << 4;
    static final int INCARNATION_HIGH = 1 << 5;
    static final int INCARNATION_LOW = 1 << 6;
    static final int INCARNATION = INCARNATION_HIGH | INCARNATION_LOW;
    static final int LONGS = (1 << 7) - 1;

    static final int CONNECTION = 1 << 7;
    static final int GROUP_SEQUENCE = 1 << 8;
    static final int INTS = CONNECTION | GROUP_SEQUENCE;

    static final int PRIORITY = 1 << 9;

    static final int CORRELATION = 1 << 10;
    static final int CORRELATION_IS_BYTES = 1 << 11;
    static final int REPLY_TO = 1 << 12;
    static final int TYPE = 1 << 13;
    static final int GROUP_ID = 1 << 14;
    static final int EXTENSION = 1 << 15;
    static final int PROPERTIES = 1 << 16;

    static final int PERSISTENT = 1 << 17;
    static final int BODY_IS_NULL = 1 << 18;

    static final int BODY_KIND_SHIFT = 24;
    static final int BODY_KIND = 0xF << BODY_KIND_SHIFT;
    static final int KNOWN = (1 << 19) - 1 | BODY_KIND;

    static final int FLAGS_LENGTH = Integer.BYTES;

    /** What comes before the body, in bytes. */
    static final int MAX_HEADER_BYTES = 0xFFFF;

    static final int MAX_PROPERTIES = 1024;
    static final int MAX_PROPERTY_NAME_BYTES = 255;
    static final int MAX_MAP_ENTRIES = 65_536;
    static final int MAX_MAP_NAME_BYTES = 0xFFFF;

    /** The kind of a reply-to destination, in the first byte of the field. */
    static final int REPLY_TO_KIND = 0x0F;

    /** The reply-to topic's format, in the same byte. */
    static final int REPLY_TO_FORMAT = 0x30;

    private static final int REPLY_TO_RAW = 0x10;
    private static final int REPLY_TO_ZMQ = 0x20;

    private static final TopicAttributes RAW = TopicAttributes.parse("format=raw");
    private static final TopicAttributes ZMQ = TopicAttributes.parse("format=zmq");

    private ContentFormat() {}

    /** The kind of a reply-to destination by its number on the wire, or null. */
    static @Nullable Kind replyToKind(int number) {
        return switch (number) {
            case 1 -> Kind.TOPIC;
            case 2 -> Kind.QUEUE;
            case 3 -> Kind.TEMPORARY_TOPIC;
            case 4 -> Kind.TEMPORARY_QUEUE;
            default -> null;
        };
    }

    /** The number of a reply-to destination's kind on the wire. */
    static int replyToNumber(Kind kind) {
        return switch (kind) {
            case TOPIC -> 1;
            case QUEUE -> 2;
            case TEMPORARY_TOPIC -> 3;
            case TEMPORARY_QUEUE -> 4;
        };
    }

    /** The format of a reply-to topic by its number on the wire: attributes, or null. */
    static @Nullable TopicAttributes replyToFormat(int number) {
        return switch (number) {
            case 0 -> TopicAttributes.NONE;
            case REPLY_TO_RAW -> RAW;
            case REPLY_TO_ZMQ -> ZMQ;
            default -> null;
        };
    }

    /** The number of a reply-to topic's format on the wire. */
    static int replyToFormat(TopicAttributes attributes) {
        String format = attributes.value(TopicAttributes.FORMAT);
        if (format == null) {
            return 0;
        }
        return switch (format) {
            case "raw" -> REPLY_TO_RAW;
            case "zmq" -> REPLY_TO_ZMQ;
            default -> 0;
        };
    }

    /** The place of an eight-byte field that is present. */
    static int longAt(int flags, int field) {
        return FLAGS_LENGTH + Long.BYTES * Integer.bitCount(flags & LONGS & field - 1);
    }

    /** The place of a four-byte field that is present. */
    static int intAt(int flags, int field) {
        return longAt(flags, CONNECTION) + Integer.BYTES * Integer.bitCount(flags & INTS & field - 1);
    }

    /** The place of the priority, when present. */
    static int priorityAt(int flags) {
        return intAt(flags, PRIORITY);
    }

    /** Where the fields of variable length begin. */
    static int variableAt(int flags) {
        return priorityAt(flags) + ((flags & PRIORITY) == 0 ? 0 : Byte.BYTES);
    }
}
