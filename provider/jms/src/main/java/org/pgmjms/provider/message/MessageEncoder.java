package org.pgmjms.provider.message;

import static org.pgmjms.provider.message.ContentFormat.BODY_IS_NULL;
import static org.pgmjms.provider.message.ContentFormat.BODY_KIND_SHIFT;
import static org.pgmjms.provider.message.ContentFormat.CONNECTION;
import static org.pgmjms.provider.message.ContentFormat.CORRELATION;
import static org.pgmjms.provider.message.ContentFormat.CORRELATION_IS_BYTES;
import static org.pgmjms.provider.message.ContentFormat.DELIVERY_TIME;
import static org.pgmjms.provider.message.ContentFormat.EXPIRATION;
import static org.pgmjms.provider.message.ContentFormat.GROUP_ID;
import static org.pgmjms.provider.message.ContentFormat.GROUP_SEQUENCE;
import static org.pgmjms.provider.message.ContentFormat.INCARNATION;
import static org.pgmjms.provider.message.ContentFormat.MAX_HEADER_BYTES;
import static org.pgmjms.provider.message.ContentFormat.MAX_PROPERTIES;
import static org.pgmjms.provider.message.ContentFormat.MAX_PROPERTY_NAME_BYTES;
import static org.pgmjms.provider.message.ContentFormat.MESSAGE_ID;
import static org.pgmjms.provider.message.ContentFormat.PERSISTENT;
import static org.pgmjms.provider.message.ContentFormat.PRIORITY;
import static org.pgmjms.provider.message.ContentFormat.PROPERTIES;
import static org.pgmjms.provider.message.ContentFormat.REPLY_TO;
import static org.pgmjms.provider.message.ContentFormat.STORED_BY;
import static org.pgmjms.provider.message.ContentFormat.TIMESTAMP;
import static org.pgmjms.provider.message.ContentFormat.TYPE;
import static org.pgmjms.provider.message.ContentFormat.replyToFormat;
import static org.pgmjms.provider.message.ContentFormat.replyToNumber;

import io.netty.buffer.ByteBuf;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * Writes messages as frame contents: everything of a frame that does not depend on the envelope it will travel in.
 * Layout: {@link ContentFormat}. Header fields with their default value cost nothing. Immutable; safe for any thread.
 */
public final class MessageEncoder {
    private static final String CORRELATION_NAME = "JMSCorrelationID";

    private final Incarnation incarnation;
    private final int maxMessageBytes;
    private final ReplyPlaces replyPlaces;

    /** Says on which channel replies are taken. */
    @FunctionalInterface
    public interface ReplyPlaces {
        /** The channel as {@code group:port}, or nothing where a receiver's own table of topics says the same. */
        String of(PgmDestination replyTo) throws JMSException;
    }

    /**
     * An encoder for messages whose replies go where their name leads.
     *
     * @param incarnation that of the envelopes they travel in
     * @param maxMessageBytes the largest content, {@code jms.maxMessageSize}
     */
    public MessageEncoder(Incarnation incarnation, int maxMessageBytes) {
        this(incarnation, maxMessageBytes, replyTo -> "");
    }

    /**
     * An encoder for messages that travel in envelopes of this incarnation.
     *
     * @param maxMessageBytes the largest content, {@code jms.maxMessageSize}
     * @param replyPlaces where replies go
     */
    public MessageEncoder(Incarnation incarnation, int maxMessageBytes, ReplyPlaces replyPlaces) {
        this.replyPlaces = Objects.requireNonNull(replyPlaces, "replyPlaces");
        this.incarnation = Objects.requireNonNull(incarnation, "incarnation");
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * Appends a message's content.
     *
     * @param connection the sending connection's number from {@link MessageIds#nextConnection}; 0 for none
     * @param out grows as needed; unchanged when this throws
     */
    public void encode(PgmMessage message, int connection, ByteBuf out) throws JMSException {
        int start = out.writerIndex();
        boolean done = false;
        try {
            int flags = flags(message, connection);
            out.writeInt(flags);
            writeFixed(message.headers(), flags, connection, out);
            writeVariable(message.headers(), out);
            if ((flags & PROPERTIES) != 0) {
                writeProperties(message.properties().values(), out);
            }
            checkLimit("The message without its body, in bytes,", out.writerIndex() - start, MAX_HEADER_BYTES);
            message.writeBody(out);
            checkLimit(
                    "The encoded message, in bytes (setting jms.maxMessageSize),",
                    out.writerIndex() - start,
                    maxMessageBytes);
            done = true;
        } finally {
            if (!done) {
                out.writerIndex(start);
            }
        }
    }

    /** Appends the body of a {@code BytesMessage}, for topics with {@code format=raw}; other messages are refused. */
    public void encodeRaw(PgmMessage message, ByteBuf out) throws JMSException {
        if (!(message instanceof PgmBytesMessage bytes)) {
            throw JmsExceptions.conversion("Topics with format=raw carry bytes messages only");
        }
        int start = out.writerIndex();
        bytes.writeBody(out);
        int length = out.writerIndex() - start;
        if (length > maxMessageBytes) {
            out.writerIndex(start);
            throw JmsExceptions.tooLarge("The body, in bytes (setting jms.maxMessageSize),", length, maxMessageBytes);
        }
    }

    /**
     * Appends a message as ZeroMQ's frames, for topics with {@code format=zmq}: a {@code BytesMessage}, or a {@code
     * StreamMessage} of byte arrays as a message of several parts; other messages are refused.
     */
    public void encodeZmq(PgmMessage message, ByteBuf out) throws JMSException {
        ZmqEncoder.encode(message, maxMessageBytes, out);
    }

    private static void checkLimit(String what, int actual, int limit) throws JMSException {
        if (actual > limit) {
            throw JmsExceptions.tooLarge(what, actual, limit);
        }
    }

    private int flags(PgmMessage message, int connection) throws JMSException {
        MessageHeaders headers = message.headers();
        boolean foreignIncarnation =
                headers.id != null && !headers.id.incarnation().equals(incarnation);
        return flag(MESSAGE_ID, headers.id != null)
                | flag(TIMESTAMP, headers.timestamp != 0)
                | flag(EXPIRATION, headers.expiration != 0)
                | flag(DELIVERY_TIME, headers.deliveryTime != headers.timestamp)
                | flag(STORED_BY, headers.storedBy != 0)
                | flag(INCARNATION, foreignIncarnation)
                | flag(CONNECTION, connection != 0)
                | flag(GROUP_SEQUENCE, headers.groupSequence != null)
                | flag(PRIORITY, headers.priority != Message.DEFAULT_PRIORITY)
                | flag(CORRELATION, headers.correlationText != null || headers.correlationBytes != null)
                | flag(CORRELATION_IS_BYTES, headers.correlationBytes != null)
                | flag(REPLY_TO, headers.replyTo != null)
                | flag(TYPE, headers.type != null)
                | flag(GROUP_ID, headers.groupId != null)
                | flag(PROPERTIES, !message.properties().isEmpty())
                | flag(PERSISTENT, headers.deliveryMode == DeliveryMode.PERSISTENT)
                | flag(BODY_IS_NULL, message.isBodyNull())
                | message.bodyKind().number() << BODY_KIND_SHIFT;
    }

    private static int flag(int flag, boolean present) {
        return present ? flag : 0;
    }

    private static void writeFixed(MessageHeaders headers, int flags, int connection, ByteBuf out) {
        MessageId id = headers.id;
        if (id != null) {
            out.writeLong(id.counter());
        }
        writeLong(out, flags & TIMESTAMP, headers.timestamp);
        writeLong(out, flags & EXPIRATION, headers.expiration);
        writeLong(out, flags & DELIVERY_TIME, headers.deliveryTime);
        writeLong(out, flags & STORED_BY, headers.storedBy);
        if (id != null && (flags & INCARNATION) != 0) {
            out.writeLong(id.incarnation().high()).writeLong(id.incarnation().low());
        }
        if ((flags & CONNECTION) != 0) {
            out.writeInt(connection);
        }
        if (headers.groupSequence != null) {
            out.writeInt(headers.groupSequence);
        }
        if ((flags & PRIORITY) != 0) {
            out.writeByte(headers.priority);
        }
    }

    private static void writeLong(ByteBuf out, int present, long value) {
        if (present != 0) {
            out.writeLong(value);
        }
    }

    private void writeVariable(MessageHeaders headers, ByteBuf out) throws JMSException {
        if (headers.correlationBytes != null) {
            checkHeaderLength(CORRELATION_NAME, headers.correlationBytes.length);
            out.writeShort(headers.correlationBytes.length).writeBytes(headers.correlationBytes);
        } else {
            writeText(headers.correlationText, CORRELATION_NAME, out);
        }
        if (headers.replyTo != null) {
            writeReplyTo(headers.replyTo, out);
        }
        writeText(headers.type, "JMSType", out);
        writeText(headers.groupId, "JMSXGroupID", out);
    }

    private static void writeText(@Nullable String text, String what, ByteBuf out) throws JMSException {
        if (text != null) {
            int length = Utf8.length(text, what);
            checkHeaderLength(what, length);
            out.writeShort(length);
            Utf8.write(text, length, out);
        }
    }

    private static void checkHeaderLength(String what, int length) throws JMSException {
        if (length > MAX_HEADER_BYTES) {
            throw JmsExceptions.tooLarge(what + ", in bytes,", length, MAX_HEADER_BYTES);
        }
    }

    private void writeReplyTo(Destination destination, ByteBuf out) throws JMSException {
        PgmDestination replyTo = PgmDestination.convert(destination);
        if (replyTo == null) {
            throw JmsExceptions.invalidDestination("JMSReplyTo is neither a topic nor a queue with a name");
        }
        byte[] name = replyTo.nameUtf8();
        byte[] place = replyPlaces.of(replyTo).getBytes(StandardCharsets.US_ASCII);
        out.writeShort(2 * Byte.BYTES + name.length + place.length);
        out.writeByte(replyToNumber(replyTo.kind()) | replyToFormat(replyTo.attributes()));
        out.writeByte(name.length);
        out.writeBytes(name);
        out.writeBytes(place);
    }

    private static void writeProperties(Map<String, @Nullable Object> properties, ByteBuf out) throws JMSException {
        int start = out.writerIndex();
        out.writeZero(2 * Short.BYTES);
        int count = 0;
        for (Map.Entry<String, @Nullable Object> property : properties.entrySet()) {
            String name = property.getKey();
            if (PropertyNames.isSetByProvider(name)) {
                continue;
            }
            int length = Utf8.length(name, "The name of a property");
            checkLimit("The name of a property, in bytes,", length, MAX_PROPERTY_NAME_BYTES);
            out.writeByte(length);
            Utf8.write(name, length, out);
            Values.write(property.getValue(), "The text of a property", out);
            count++;
        }
        checkLimit("The number of properties", count, MAX_PROPERTIES);
        int length = out.writerIndex() - start - Short.BYTES;
        checkLimit("The size of all properties, in bytes,", length, MAX_HEADER_BYTES);
        out.setShort(start, length);
        out.setShort(start + Short.BYTES, count);
    }
}
