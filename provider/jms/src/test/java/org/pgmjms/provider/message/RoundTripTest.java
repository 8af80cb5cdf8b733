package org.pgmjms.provider.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MessageEOFException;
import jakarta.jms.StreamMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.pgmjms.engine.testing.Seeds;

/** What is sent is what is received, each time it is delivered, and once more when forwarded. */
class RoundTripTest {

    @Seeds(fresh = 100)
    void everyMessageArrivesAsItWas(long seed) throws JMSException {
        RandomMessages messages = new RandomMessages(seed);
        for (int i = 0; i < 20; i++) {
            PgmMessage sent = messages.next();
            ByteBuf content = Deliveries.content(sent);

            InboundMessage inbound = Deliveries.inbound(content);
            PgmMessage first = inbound.decode(1, 0);
            assertSameMessage(sent, first);
            first.clearBody();
            first.clearProperties();

            PgmMessage again = inbound.decode(2, 0);
            assertEquals(content, Deliveries.content(again), "forwarded unread");
            assertSameMessage(sent, again);
            assertEquals(content, Deliveries.content(again), "forwarded after reading");
        }
    }

    static void assertSameMessage(PgmMessage sent, PgmMessage received) throws JMSException {
        assertSame(sent.getClass(), received.getClass());
        assertSameHeaders(sent, received);
        assertSameProperties(sent, received);
        assertSameBody(sent, received);
    }

    private static void assertSameHeaders(PgmMessage sent, PgmMessage received) {
        assertEquals(sent.getJMSMessageID(), received.getJMSMessageID());
        assertEquals(sent.getJMSTimestamp(), received.getJMSTimestamp());
        assertEquals(sent.getJMSExpiration(), received.getJMSExpiration());
        assertEquals(sent.getJMSDeliveryTime(), received.getJMSDeliveryTime());
        assertEquals(sent.getJMSPriority(), received.getJMSPriority());
        assertEquals(sent.getJMSDeliveryMode(), received.getJMSDeliveryMode());
        assertEquals(sent.getJMSCorrelationID(), received.getJMSCorrelationID());
        assertArrayEquals(sent.getJMSCorrelationIDAsBytes(), received.getJMSCorrelationIDAsBytes());
        assertEquals(sent.getJMSReplyTo(), received.getJMSReplyTo());
        assertEquals(sent.getJMSType(), received.getJMSType());
        assertEquals(sent.headers().storedBy, received.headers().storedBy);
    }

    private static void assertSameProperties(PgmMessage sent, PgmMessage received) {
        TreeSet<String> names = new TreeSet<>(Collections.list(received.getPropertyNames()));
        names.removeAll(List.of("JMSXDeliveryCount", "JMS_PGM_Source", "JMS_PGM_Sequence"));

        assertEquals(new TreeSet<>(Collections.list(sent.getPropertyNames())), names);
        for (String name : names) {
            assertEquals(sent.getObjectProperty(name), received.getObjectProperty(name));
        }
    }

    private static void assertSameBody(PgmMessage sent, PgmMessage received) throws JMSException {
        if (sent instanceof PgmTextMessage text) {
            assertEquals(text.getText(), ((PgmTextMessage) received).getText());
        } else if (sent instanceof BytesMessage) {
            assertArrayEquals(sent.getBody(byte[].class), received.getBody(byte[].class));
        } else if (sent instanceof PgmMapMessage map) {
            assertSameMap(map, (PgmMapMessage) received);
        } else if (sent instanceof StreamMessage stream) {
            assertArrayEquals(values(stream), values((StreamMessage) received));
        } else if (sent instanceof PgmObjectMessage object) {
            assertEquals(object.isBodyNull(), received.isBodyNull());
        }
    }

    private static void assertSameMap(PgmMapMessage sent, PgmMapMessage received) {
        List<String> names = Collections.list(sent.getMapNames());
        assertEquals(names, Collections.list(received.getMapNames()));
        for (String name : names) {
            assertArrayEquals(new Object[] {sent.getObject(name)}, new Object[] {received.getObject(name)});
        }
    }

    private static Object[] values(StreamMessage message) throws JMSException {
        message.reset();
        List<Object> values = new ArrayList<>();
        try {
            while (true) {
                values.add(message.readObject());
            }
        } catch (MessageEOFException end) {
            return values.toArray();
        }
    }
}
