package org.pgmjms.provider.message;

import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.util.Enumeration;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.error.JmsExceptions;

/** Messages of other providers, taken over to be sent. Jakarta Messaging 3.1, section 3.12. */
public final class ForeignMessages {
    private static final int PIECE_BYTES = 8192;

    private ForeignMessages() {}

    /** Whether the message has to be converted. */
    public static boolean isForeign(Message message) {
        return !(message instanceof PgmMessage);
    }

    /**
     * A message of ours with the same body, properties and client-set header fields. Reading the body of a foreign
     * bytes or stream message resets it.
     */
    public static PgmMessage convert(Message foreign) throws JMSException {
        try {
            PgmMessage message = convertBody(foreign);
            copyHeaders(foreign, message);
            copyProperties(foreign, message);
            return message;
        } catch (RuntimeException e) {
            throw JmsExceptions.foreignMessage(e);
        }
    }

    /** A message of ours with the same body, and nothing else. */
    static PgmMessage convertBody(Message foreign) throws JMSException {
        if (foreign instanceof TextMessage text) {
            return new PgmTextMessage(text.getText());
        }
        if (foreign instanceof BytesMessage bytes) {
            return convertBytes(bytes);
        }
        if (foreign instanceof MapMessage map) {
            return convertMap(map);
        }
        if (foreign instanceof StreamMessage stream) {
            return convertStream(stream);
        }
        if (foreign instanceof ObjectMessage object) {
            PgmObjectMessage ours = new PgmObjectMessage();
            ours.setObject(object.getObject());
            return ours;
        }
        return new PgmMessage();
    }

    private static PgmMessage convertBytes(BytesMessage foreign) throws JMSException {
        PgmBytesMessage ours = new PgmBytesMessage();
        foreign.reset();
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, Math.max(1, foreign.getBodyLength()))];
        int length = foreign.readBytes(piece);
        while (length > 0) {
            ours.writeBytes(piece, 0, length);
            length = foreign.readBytes(piece);
        }
        foreign.reset();
        return ours;
    }

    private static PgmMessage convertMap(MapMessage foreign) throws JMSException {
        PgmMapMessage ours = new PgmMapMessage();
        Enumeration<?> names = foreign.getMapNames();
        while (names.hasMoreElements()) {
            String name = (String) names.nextElement();
            ours.setObject(name, foreign.getObject(name));
        }
        return ours;
    }

    private static PgmMessage convertStream(StreamMessage foreign) throws JMSException {
        PgmStreamMessage ours = new PgmStreamMessage();
        foreign.reset();
        try {
            while (true) {
                ours.writeObject(foreign.readObject());
            }
        } catch (MessageEOFException endOfBody) {
            foreign.reset();
            return ours;
        }
    }

    private static void copyHeaders(Message foreign, PgmMessage ours) throws JMSException {
        ours.setJMSType(foreign.getJMSType());
        ours.setJMSCorrelationID(foreign.getJMSCorrelationID());
        Destination replyTo = foreign.getJMSReplyTo();
        if (replyTo != null) {
            PgmDestination converted = PgmDestination.convert(replyTo);
            if (converted == null) {
                throw JmsExceptions.invalidDestination("JMSReplyTo is neither a topic nor a queue with a name");
            }
            ours.setJMSReplyTo(converted);
        }
    }

    private static void copyProperties(Message foreign, PgmMessage ours) throws JMSException {
        Enumeration<?> names = foreign.getPropertyNames();
        while (names.hasMoreElements()) {
            String name = (String) names.nextElement();
            if (PropertyNames.isIdentifier(name)) {
                ours.setObjectProperty(name, foreign.getObjectProperty(name));
            }
        }
    }
}
