package org.pgmjms.provider.message;

import io.netty.buffer.ByteBuf;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * A message; this class itself is the one without a body. Jakarta Messaging 3.1, chapter 3. Not thread-safe, as the
 * specification has it.
 *
 * <p>A received message is read-only until cleared, and reads its body from the bytes that came, which it shares with
 * every other delivery of the same message and never changes.
 */
public sealed class PgmMessage implements Message
        permits PgmBytesMessage, PgmMapMessage, PgmObjectMessage, PgmStreamMessage, PgmTextMessage {
    private final MessageHeaders headers;
    private final MessageProperties properties;
    private @Nullable Acknowledger acknowledger;
    private boolean bodyReadOnly;

    /** A message without a body, to be sent. */
    public PgmMessage() {
        headers = new MessageHeaders();
        properties = new MessageProperties(headers);
    }

    /** A received message. */
    PgmMessage(MessageHeaders headers, MessageProperties properties) {
        this.headers = headers;
        this.properties = properties;
        bodyReadOnly = true;
    }

    // ---- for the classes that send and deliver

    /** Sets the identifier on sending; null when the producer was told that nobody needs it. */
    public final void assignId(@Nullable MessageId id) {
        headers.id = id;
        headers.foreignId = null;
    }

    /** Sets what {@link #acknowledge} does. */
    public final void acknowledger(@Nullable Acknowledger acknowledger) {
        this.acknowledger = acknowledger;
    }

    /** Sets the broker that has stored the message, for the frame; 0 for none. */
    public final void storedBy(long brokerId) {
        headers.storedBy = brokerId;
    }

    final MessageHeaders headers() {
        return headers;
    }

    final MessageProperties properties() {
        return properties;
    }

    BodyKind bodyKind() {
        return BodyKind.NONE;
    }

    /** Whether the body is a null, which is more than empty; only for texts and objects. */
    boolean isBodyNull() {
        return false;
    }

    /** Appends the body's encoded form. */
    void writeBody(ByteBuf out) throws JMSException {}

    final boolean isBodyReadOnly() {
        return bodyReadOnly;
    }

    final void bodyReadOnly(boolean readOnly) {
        bodyReadOnly = readOnly;
    }

    final void checkBodyWriteable() throws JMSException {
        if (bodyReadOnly) {
            throw JmsExceptions.readOnly("body");
        }
    }

    // ---- header fields: section 3.4

    @Override
    public final @Nullable String getJMSMessageID() {
        return headers.idText();
    }

    @Override
    public final void setJMSMessageID(@Nullable String id) {
        headers.id = null;
        headers.foreignId = id;
    }

    @Override
    public final long getJMSTimestamp() {
        return headers.timestamp;
    }

    @Override
    public final void setJMSTimestamp(long timestamp) {
        headers.timestamp = timestamp;
    }

    /** The text as bytes in UTF-8 when a text was set; a copy. */
    @Override
    public final byte @Nullable [] getJMSCorrelationIDAsBytes() {
        if (headers.correlationBytes != null) {
            return headers.correlationBytes.clone();
        }
        return headers.correlationText == null ? null : headers.correlationText.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public final void setJMSCorrelationIDAsBytes(byte @Nullable [] correlationId) {
        headers.correlationText = null;
        headers.correlationBytes = correlationId == null ? null : correlationId.clone();
    }

    @Override
    public final void setJMSCorrelationID(@Nullable String correlationId) {
        headers.correlationText = correlationId;
        headers.correlationBytes = null;
    }

    /** {@code ID:} and the bytes in hexadecimal when bytes were set. */
    @Override
    public final @Nullable String getJMSCorrelationID() {
        return headers.correlationBytes == null
                ? headers.correlationText
                : "ID:" + HexFormat.of().formatHex(headers.correlationBytes);
    }

    @Override
    public final @Nullable Destination getJMSReplyTo() {
        return headers.replyTo;
    }

    @Override
    public final void setJMSReplyTo(@Nullable Destination replyTo) {
        headers.replyTo = replyTo;
    }

    @Override
    public final @Nullable Destination getJMSDestination() {
        return headers.destination;
    }

    @Override
    public final void setJMSDestination(@Nullable Destination destination) {
        headers.destination = destination;
    }

    @Override
    public final int getJMSDeliveryMode() {
        return headers.deliveryMode;
    }

    @Override
    public final void setJMSDeliveryMode(int deliveryMode) {
        headers.deliveryMode = deliveryMode;
    }

    @Override
    public final boolean getJMSRedelivered() {
        return headers.isRedelivered;
    }

    @Override
    public final void setJMSRedelivered(boolean redelivered) {
        headers.isRedelivered = redelivered;
    }

    @Override
    public final @Nullable String getJMSType() {
        return headers.type;
    }

    @Override
    public final void setJMSType(@Nullable String type) {
        headers.type = type;
    }

    @Override
    public final long getJMSExpiration() {
        return headers.expiration;
    }

    @Override
    public final void setJMSExpiration(long expiration) {
        headers.expiration = expiration;
    }

    @Override
    public final long getJMSDeliveryTime() {
        return headers.deliveryTime;
    }

    @Override
    public final void setJMSDeliveryTime(long deliveryTime) {
        headers.deliveryTime = deliveryTime;
    }

    @Override
    public final int getJMSPriority() {
        return headers.priority;
    }

    @Override
    public final void setJMSPriority(int priority) {
        headers.priority = priority;
    }

    // ---- properties: section 3.5

    @Override
    public final void clearProperties() {
        properties.clear();
    }

    @Override
    public final boolean propertyExists(@Nullable String name) {
        return properties.exists(name);
    }

    @Override
    public final boolean getBooleanProperty(@Nullable String name) throws JMSException {
        return Conversions.toBoolean(properties.get(name));
    }

    @Override
    public final byte getByteProperty(@Nullable String name) throws JMSException {
        return Conversions.toByte(properties.get(name));
    }

    @Override
    public final short getShortProperty(@Nullable String name) throws JMSException {
        return Conversions.toShort(properties.get(name));
    }

    @Override
    public final int getIntProperty(@Nullable String name) throws JMSException {
        return Conversions.toInt(properties.get(name));
    }

    @Override
    public final long getLongProperty(@Nullable String name) throws JMSException {
        return Conversions.toLong(properties.get(name));
    }

    @Override
    public final float getFloatProperty(@Nullable String name) throws JMSException {
        return Conversions.toFloat(properties.get(name));
    }

    @Override
    public final double getDoubleProperty(@Nullable String name) throws JMSException {
        return Conversions.toDouble(properties.get(name));
    }

    @Override
    public final @Nullable String getStringProperty(@Nullable String name) throws JMSException {
        return Conversions.toText(properties.get(name));
    }

    @Override
    public final @Nullable Object getObjectProperty(@Nullable String name) {
        return properties.get(name);
    }

    @Override
    public final Enumeration<String> getPropertyNames() {
        return Collections.enumeration(properties.names());
    }

    @Override
    public final void setBooleanProperty(@Nullable String name, boolean value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setByteProperty(@Nullable String name, byte value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setShortProperty(@Nullable String name, short value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setIntProperty(@Nullable String name, int value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setLongProperty(@Nullable String name, long value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setFloatProperty(@Nullable String name, float value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setDoubleProperty(@Nullable String name, double value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setStringProperty(@Nullable String name, @Nullable String value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setObjectProperty(@Nullable String name, @Nullable Object value) throws JMSException {
        properties.set(name, value);
    }

    // ---- acknowledgement and body: sections 3.6 and 3.11

    @Override
    public final void acknowledge() throws JMSException {
        if (acknowledger != null) {
            acknowledger.acknowledge();
        }
    }

    @Override
    public void clearBody() throws JMSException {
        bodyReadOnly = false;
    }

    @Override
    public <T> @Nullable T getBody(Class<T> type) throws JMSException {
        return null;
    }

    @Override
    @SuppressWarnings("rawtypes") // the API's own signature
    public boolean isBodyAssignableTo(Class type) throws JMSException {
        return true;
    }

    /** The body cast to what was asked for, when it has this class. */
    static <T> T cast(Object body, Class<?> bodyType, Class<T> wanted) throws JMSException {
        if (!wanted.isAssignableFrom(bodyType)) {
            throw JmsExceptions.conversion(
                    "A body of " + bodyType.getTypeName() + " cannot be had as " + wanted.getTypeName());
        }
        return wanted.cast(body);
    }

    /** Kind, identifier and destination; never anything of the body. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + headers.idText() + ", " + headers.destination + "]";
    }
}
