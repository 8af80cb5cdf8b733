package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.StreamMessage;
import org.pgmjms.provider.error.JmsExceptions;

/**
 * A message in the application's hands.
 *
 * @param pending what the session remembers of it
 * @param message what the application sees
 */
record Received(Pending pending, Message message) {

    /** The body; {@code MessageFormatException} when there is none or of another type. */
    <T> T requireBody(Class<T> type) throws JMSException {
        if (message instanceof StreamMessage) {
            throw JmsExceptions.conversion("A StreamMessage has no body that can be had as one object");
        }
        T body = message.getBody(type);
        if (body == null) {
            throw JmsExceptions.conversion("The message has no body");
        }
        return body;
    }
}
