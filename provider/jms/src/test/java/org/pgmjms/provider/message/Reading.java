package org.pgmjms.provider.message;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import java.util.Collections;
import java.util.List;
import org.pgmjms.provider.selector.Selector;
import org.pgmjms.provider.selector.SelectorSyntaxException;

/** Looks at everything there is in what was received, as an application might. */
public final class Reading {
    private static final Selector SELECTOR = selector();
    private static final TrustedClasses TRUSTED =
            new TrustedClasses(List.of("java.util.*"), new TrustedClasses.Limits(12, 4_096, 65_536, Deliveries.LIMIT));

    private Reading() {}

    private static Selector selector() {
        try {
            return Selector.parse("JMSType LIKE '%a%' OR JMSCorrelationID = 'c' OR JMSMessageID IS NULL"
                    + " OR JMSXGroupID = 'g' OR JMSXGroupSeq > 1 OR absent BETWEEN 1 AND 2");
        } catch (SelectorSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Reads the frames of an envelope that was found {@link Verdict#OK}. */
    static void frames(EnvelopeReader reader) throws JMSException {
        while (reader.nextFrame()) {
            assertFalse(reader.frame().topicName().isEmpty());
            message(new InboundMessage(Deliveries.TOPIC, reader.frame(), "s", false));
        }
        while (reader.nextHead()) {
            reader.headTopicId();
        }
        if (reader.kind() == EnvelopeKind.TRAIN) {
            assertTrue(reader.trainPart().part() >= 0);
        }
    }

    /** Reads a message, if it is one. */
    public static void message(InboundMessage inbound) throws JMSException {
        if (inbound.verdict() != Verdict.OK) {
            return;
        }
        SELECTOR.matches(inbound);
        PgmMessage message = inbound.decode(1, 0);
        message.getJMSMessageID();
        message.getJMSCorrelationID();
        assertFalse(message.toString().isEmpty());
        for (String name : Collections.list(message.getPropertyNames())) {
            assertTrue(inbound.value(name) == null || message.propertyExists(name));
            message.getObjectProperty(name);
        }
        body(message);
        Deliveries.content(message);
    }

    private static void body(Message message) throws JMSException {
        if (message instanceof PgmTextMessage text) {
            text.getText();
        } else if (message instanceof PgmMapMessage map) {
            for (String name : Collections.list(map.getMapNames())) {
                map.getObject(name);
            }
        } else if (message instanceof PgmBytesMessage bytes) {
            bytes.getBody(byte[].class);
        } else if (message instanceof PgmStreamMessage stream) {
            values(stream);
        } else if (message instanceof PgmObjectMessage object) {
            object.trust(TRUSTED, () -> {});
            object.isBodyAssignableTo(String.class);
        }
    }

    private static void values(PgmStreamMessage stream) throws JMSException {
        try {
            while (true) {
                stream.readObject();
            }
        } catch (MessageEOFException end) {
            return;
        }
    }
}
