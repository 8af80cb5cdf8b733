package org.pgmjms.provider.message;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ObjectMessage;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A message whose body is a serialised object, or null. Jakarta Messaging 3.1, section 3.11. The object is serialised
 * when set, so that later changes to it do not matter.
 *
 * <p>A received body is deserialised only when it is asked for, and only if each of its classes is trusted: they could
 * run code on the way. By default none is. An object that was set on this very message can always be had.
 */
public final class PgmObjectMessage extends PgmMessage implements ObjectMessage {
    private byte @Nullable [] serialized;
    private boolean isReceived;
    private TrustedClasses trusted = TrustedClasses.NONE;
    private Runnable onRefused = () -> {};

    /** A message without an object yet. */
    public PgmObjectMessage() {}

    PgmObjectMessage(MessageHeaders headers, MessageProperties properties, FrameContent content) {
        super(headers, properties);
        serialized = content.bodyBytes();
        isReceived = true;
    }

    /**
     * What a received body may consist of; nothing when this was never said.
     *
     * @param refused called when a body is asked for that is not trusted, is beyond a limit, or is none
     */
    public void trust(TrustedClasses classes, Runnable refused) {
        trusted = classes;
        onRefused = refused;
    }

    /** A message to be encoded whose object was serialised elsewhere; null is no object. */
    static PgmObjectMessage serialized(byte @Nullable [] object) {
        PgmObjectMessage message = new PgmObjectMessage();
        message.serialized = object;
        return message;
    }

    @Override
    public void setObject(@Nullable Serializable object) throws JMSException {
        checkBodyWriteable();
        serialized = object == null ? null : SerializedObject.write(object);
    }

    @Override
    public @Nullable Serializable getObject() throws JMSException {
        if (serialized == null) {
            return null;
        }
        if (!isReceived) {
            return SerializedObject.read(serialized);
        }
        try {
            return SerializedObject.read(serialized, trusted);
        } catch (MessageFormatException e) {
            onRefused.run();
            throw e;
        }
    }

    @Override
    public void clearBody() throws JMSException {
        super.clearBody();
        serialized = null;
        isReceived = false;
    }

    @Override
    public <T> @Nullable T getBody(Class<T> type) throws JMSException {
        Serializable body = getObject();
        return body == null ? null : cast(body, body.getClass(), type);
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // the API's own signature
    public boolean isBodyAssignableTo(Class type) {
        try {
            Serializable body = getObject();
            return body == null || type.isInstance(body);
        } catch (JMSException noBodyToBeHad) {
            return false;
        }
    }

    @Override
    BodyKind bodyKind() {
        return BodyKind.OBJECT;
    }

    @Override
    boolean isBodyNull() {
        return serialized == null;
    }

    @Override
    void writeBody(ByteBuf out) {
        if (serialized != null) {
            out.writeBytes(serialized);
        }
    }
}
