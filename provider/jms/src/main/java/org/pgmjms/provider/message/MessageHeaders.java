package org.pgmjms.provider.message;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.Message;
import org.jspecify.annotations.Nullable;

/** The header fields of one message, as they stand now. Jakarta Messaging 3.1, section 3.4. Owned by the message. */
final class MessageHeaders {
    @Nullable MessageId id;
    /** What {@code setJMSMessageID} was told; no provider of ours assigned it, so it is never sent. */
    @Nullable String foreignId;

    long timestamp;

    @Nullable String correlationText;

    byte @Nullable [] correlationBytes;

    @Nullable Destination replyTo;

    @Nullable Destination destination;

    int deliveryMode = DeliveryMode.PERSISTENT;
    boolean isRedelivered;

    @Nullable String type;

    long expiration;
    long deliveryTime;
    int priority = Message.DEFAULT_PRIORITY;

    @Nullable String groupId;

    @Nullable Integer groupSequence;

    long storedBy;

    /** Those of a message about to be composed. */
    MessageHeaders() {}

    /** Those of a received message. */
    MessageHeaders(FrameContent content, Incarnation ofEnvelope, Destination destination) {
        this.destination = destination;
        if (content.has(ContentFormat.MESSAGE_ID)) {
            id = new MessageId(content.incarnation(ofEnvelope), content.messageNumber());
        }
        timestamp = content.timestamp();
        expiration = content.expiration();
        deliveryTime = content.deliveryTime();
        storedBy = content.storedBy();
        priority = content.priority();
        deliveryMode = content.has(ContentFormat.PERSISTENT) ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT;
        correlationText = content.correlationText();
        correlationBytes = content.correlationBytes();
        replyTo = content.replyTo();
        type = content.type();
        groupId = content.groupId();
        groupSequence = content.has(ContentFormat.GROUP_SEQUENCE) ? content.groupSequence() : null;
    }

    @Nullable String idText() {
        return id == null ? foreignId : id.toString();
    }
}
