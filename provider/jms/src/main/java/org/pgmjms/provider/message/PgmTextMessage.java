package org.pgmjms.provider.message;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import org.jspecify.annotations.Nullable;

/** A message whose body is a text, or null. Jakarta Messaging 3.1, section 3.11. */
public final class PgmTextMessage extends PgmMessage implements TextMessage {
    private @Nullable FrameContent undecoded;
    private @Nullable String text;

    /** A message without a text yet. */
    public PgmTextMessage() {}

    /** A message with this text. */
    public PgmTextMessage(@Nullable String text) {
        this.text = text;
    }

    PgmTextMessage(MessageHeaders headers, MessageProperties properties, FrameContent content) {
        super(headers, properties);
        undecoded = content;
    }

    @Override
    public void setText(@Nullable String text) throws JMSException {
        checkBodyWriteable();
        this.text = text;
    }

    @Override
    public @Nullable String getText() {
        if (undecoded != null) {
            text = undecoded.textBody();
            undecoded = null;
        }
        return text;
    }

    @Override
    public void clearBody() throws JMSException {
        super.clearBody();
        undecoded = null;
        text = null;
    }

    @Override
    public <T> @Nullable T getBody(Class<T> type) throws JMSException {
        String body = getText();
        return body == null ? null : cast(body, String.class, type);
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // the API's own signature
    public boolean isBodyAssignableTo(Class type) {
        return getText() == null || type.isAssignableFrom(String.class);
    }

    @Override
    BodyKind bodyKind() {
        return BodyKind.TEXT;
    }

    @Override
    boolean isBodyNull() {
        return getText() == null;
    }

    @Override
    void writeBody(ByteBuf out) throws JMSException {
        String body = getText();
        if (body != null) {
            Utf8.write(body, Utf8.length(body, "The text"), out);
        }
    }
}
