package org.pgmjms.provider.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import java.util.Enumeration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmDestination.Kind;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.destination.TopicAttributes;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * Messages on their way through a companion broker, which knows only those of its own provider. What such a message
 * cannot say travels in properties that begin with {@code pgm_}; they are neither taken from the application nor shown
 * to it. Immutable; safe for any thread.
 *
 * <p>The body of an {@code ObjectMessage} travels as bytes, so that it is deserialised nowhere but in the hands of the
 * application that has declared its classes trusted.
 */
public final class BrokerMessages {
    /** What selectors at the broker have to ask for instead, when a message went to the group, too. */
    public static final Map<String, String> SELECTABLE =
            Map.of("JMSMessageID", "pgm_MessageID", "JMSTimestamp", "pgm_Timestamp");

    private static final String OURS = "pgm_";
    private static final String MESSAGE_ID = "pgm_MessageID";
    /** On every message that went to the group, too: these have our identifier and times. */
    private static final String TIMESTAMP = "pgm_Timestamp";

    private static final String EXPIRATION = "pgm_Expiration";
    private static final String DELIVERY_TIME = "pgm_DeliveryTime";
    /** Where to reply: kind, attributes and name of a destination that the broker has no name for. */
    private static final String REPLY_TO = "pgm_ReplyTo";
    /** Whether {@code JMSCorrelationID} was set as bytes. */
    private static final String CORRELATION_IS_BYTES = "pgm_CorrelationIsBytes";
    /** The body is a serialised object; false when it is null. */
    private static final String OBJECT = "pgm_Object";

    private static final PgmTopic NOWHERE = new PgmTopic("$");

    private final MessageEncoder encoder;
    private final Destinations destinations;

    /** What destinations are called on either side. */
    public interface Destinations {
        /** What the broker calls one of our queues or topics. */
        Destination toBroker(PgmDestination ours) throws JMSException;

        /** What we call one of the broker's, or null. */
        @Nullable PgmDestination fromBroker(Destination theirs) throws JMSException;
    }

    /**
     * Messages of one session.
     *
     * @param encoder says how large they may be, and on which channels replies are taken
     * @param destinations of the broker
     */
    public BrokerMessages(MessageEncoder encoder, Destinations destinations) {
        this.encoder = Objects.requireNonNull(encoder, "encoder");
        this.destinations = Objects.requireNonNull(destinations, "destinations");
    }

    /** A message of the broker's with the body, the properties and the client-set header fields of ours. */
    public Message toBroker(PgmMessage ours, Session session) throws JMSException {
        ByteBuf encoded = Unpooled.buffer();
        encoder.encode(ours, 0, encoded);
        PgmMessage readable = inbound(NOWHERE, encoded, null).decode(1, 0);
        Message theirs = withBody(readable, session);
        MessageHeaders headers = readable.headers();
        theirs.setJMSType(headers.type);
        if (headers.correlationBytes != null) {
            theirs.setJMSCorrelationIDAsBytes(headers.correlationBytes);
            theirs.setBooleanProperty(CORRELATION_IS_BYTES, true);
        } else {
            theirs.setJMSCorrelationID(headers.correlationText);
        }
        if (headers.replyTo instanceof PgmDestination replyTo) {
            setReplyTo(replyTo, theirs);
        }
        if (headers.groupId != null) {
            theirs.setStringProperty(PropertyNames.GROUP_ID, headers.groupId);
        }
        if (headers.groupSequence != null) {
            theirs.setIntProperty(PropertyNames.GROUP_SEQUENCE, headers.groupSequence);
        }
        for (Map.Entry<String, @Nullable Object> property :
                readable.properties().values().entrySet()) {
            if (!property.getKey().startsWith(OURS)) {
                theirs.setObjectProperty(property.getKey(), property.getValue());
            }
        }
        return theirs;
    }

    /** Lets a message of the broker's have the identifier and the times that ours has on the group. */
    public static void copyStamp(PgmMessage ours, Message theirs) throws JMSException {
        if (ours.getJMSMessageID() != null) {
            theirs.setStringProperty(MESSAGE_ID, ours.getJMSMessageID());
        }
        theirs.setLongProperty(TIMESTAMP, ours.getJMSTimestamp());
        theirs.setLongProperty(EXPIRATION, ours.getJMSExpiration());
        theirs.setLongProperty(DELIVERY_TIME, ours.getJMSDeliveryTime());
    }

    private void setReplyTo(PgmDestination replyTo, Message theirs) throws JMSException {
        if (replyTo.kind() == Kind.QUEUE) {
            theirs.setJMSReplyTo(destinations.toBroker(replyTo));
        } else {
            theirs.setStringProperty(
                    REPLY_TO,
                    String.join(" ", replyTo.kind().name(), replyTo.attributes().toString(), replyTo.name()));
        }
    }

    private static Message withBody(PgmMessage ours, Session session) throws JMSException {
        return switch (ours.bodyKind()) {
            case NONE -> session.createMessage();
            case TEXT -> session.createTextMessage(((PgmTextMessage) ours).getText());
            case BYTES -> withBytes(body(ours), session);
            case MAP -> withEntries((PgmMapMessage) ours, session);
            case STREAM -> withElements((PgmStreamMessage) ours, session);
            case OBJECT -> {
                BytesMessage theirs = withBytes(body(ours), session);
                theirs.setBooleanProperty(OBJECT, !ours.isBodyNull());
                yield theirs;
            }
        };
    }

    private static ByteBuf body(PgmMessage ours) throws JMSException {
        ByteBuf body = Unpooled.buffer();
        ours.writeBody(body);
        return body;
    }

    private static BytesMessage withBytes(ByteBuf body, Session session) throws JMSException {
        BytesMessage theirs = session.createBytesMessage();
        theirs.writeBytes(body.array(), body.arrayOffset() + body.readerIndex(), body.readableBytes());
        return theirs;
    }

    private static Message withEntries(PgmMapMessage ours, Session session) throws JMSException {
        MapMessage theirs = session.createMapMessage();
        Enumeration<?> names = ours.getMapNames();
        while (names.hasMoreElements()) {
            String name = (String) names.nextElement();
            theirs.setObject(name, ours.getObject(name));
        }
        return theirs;
    }

    private static Message withElements(PgmStreamMessage ours, Session session) throws JMSException {
        StreamMessage theirs = session.createStreamMessage();
        ours.reset();
        try {
            while (true) {
                theirs.writeObject(ours.readObject());
            }
        } catch (MessageEOFException endOfBody) {
            return theirs;
        }
    }

    /**
     * One of the broker's messages as if it had come from the network.
     *
     * @param topic what to call where it was sent to
     */
    public InboundMessage fromBroker(Message theirs, PgmTopic topic) throws JMSException {
        try {
            PgmMessage ours = body(theirs);
            ours.setJMSType(theirs.getJMSType());
            if (theirs.propertyExists(CORRELATION_IS_BYTES)) {
                ours.setJMSCorrelationIDAsBytes(theirs.getJMSCorrelationIDAsBytes());
            } else {
                ours.setJMSCorrelationID(theirs.getJMSCorrelationID());
            }
            ours.setJMSReplyTo(replyTo(theirs));
            ours.setJMSPriority(theirs.getJMSPriority());
            ours.setJMSDeliveryMode(theirs.getJMSDeliveryMode());
            boolean isStamped = theirs.propertyExists(TIMESTAMP);
            copyTimes(theirs, isStamped, ours);
            copyProperties(theirs, ours);
            ByteBuf encoded = Unpooled.buffer();
            encoder.encode(ours, 0, encoded);
            String id = isStamped ? theirs.getStringProperty(MESSAGE_ID) : theirs.getJMSMessageID();
            return inbound(topic, encoded, id);
        } catch (RuntimeException e) {
            throw JmsExceptions.foreignMessage(e);
        }
    }

    private static void copyTimes(Message theirs, boolean isStamped, PgmMessage ours) throws JMSException {
        if (isStamped) {
            ours.setJMSTimestamp(theirs.getLongProperty(TIMESTAMP));
            ours.setJMSExpiration(theirs.getLongProperty(EXPIRATION));
            ours.setJMSDeliveryTime(theirs.getLongProperty(DELIVERY_TIME));
        } else {
            long deliveryTime = theirs.getJMSDeliveryTime();
            ours.setJMSTimestamp(theirs.getJMSTimestamp());
            ours.setJMSExpiration(theirs.getJMSExpiration());
            ours.setJMSDeliveryTime(deliveryTime == 0 ? theirs.getJMSTimestamp() : deliveryTime);
        }
    }

    private static InboundMessage inbound(PgmTopic topic, ByteBuf encoded, @Nullable String messageId)
            throws JMSException {
        byte[] content = new byte[encoded.readableBytes()];
        encoded.readBytes(content);
        InboundMessage message = InboundMessage.stored(topic, content, messageId);
        if (message.verdict() != Verdict.OK) {
            throw JmsExceptions.conversion(message.verdict().description());
        }
        return message;
    }

    private static PgmMessage body(Message theirs) throws JMSException {
        if (theirs instanceof BytesMessage bytes && theirs.propertyExists(OBJECT)) {
            return PgmObjectMessage.serialized(theirs.getBooleanProperty(OBJECT) ? bytes(bytes) : null);
        }
        if (theirs instanceof ObjectMessage) {
            return PgmObjectMessage.serialized(new byte[0]);
        }
        return ForeignMessages.convertBody(theirs);
    }

    private static byte[] bytes(BytesMessage theirs) throws JMSException {
        byte[] body = new byte[Math.toIntExact(theirs.getBodyLength())];
        theirs.readBytes(body);
        return body;
    }

    private @Nullable Destination replyTo(Message theirs) throws JMSException {
        String ours = theirs.getStringProperty(REPLY_TO);
        if (ours == null) {
            Destination replyTo = theirs.getJMSReplyTo();
            return replyTo == null ? null : destinations.fromBroker(replyTo);
        }
        String[] parts = ours.split(" ", 3);
        if (parts.length < 3) {
            return null;
        }
        try {
            TopicAttributes attributes = parts[1].isEmpty() ? TopicAttributes.NONE : TopicAttributes.parse(parts[1]);
            return PgmDestination.received(Kind.valueOf(parts[0]), parts[2], attributes);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void copyProperties(Message theirs, PgmMessage ours) throws JMSException {
        Enumeration<?> names = theirs.getPropertyNames();
        while (names.hasMoreElements()) {
            String name = (String) names.nextElement();
            if (!name.startsWith(OURS) && PropertyNames.isIdentifier(name)) {
                ours.setObjectProperty(name, theirs.getObjectProperty(name));
            }
        }
    }
}
