package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.destination.PgmTopic;

/** Messages of other providers are taken over. Jakarta Messaging 3.1, section 3.12. */
class ForeignMessagesTest {

    /** The message as if another provider had written it: the interface, and no class of ours. */
    private static <M extends Message> M foreign(Class<M> type, PgmMessage message) {
        return type.cast(Proxy.newProxyInstance(
                ForeignMessagesTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(message, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Test
    void headersAndPropertiesAreCopied() throws JMSException {
        PgmMessage theirs = new PgmMessage();
        theirs.setJMSType("type");
        theirs.setJMSCorrelationID("correlation");
        theirs.setJMSReplyTo((Topic) () -> "replies");
        theirs.setStringProperty("a", "b");
        theirs.setIntProperty("JMSXGroupSeq", 2);
        theirs.setIntProperty("JMSXDeliveryCount", 9);
        Message foreign = foreign(Message.class, theirs);
        assertTrue(ForeignMessages.isForeign(foreign));
        assertFalse(ForeignMessages.isForeign(theirs));

        PgmMessage ours = ForeignMessages.convert(foreign);

        assertEquals(PgmMessage.class, ours.getClass());
        assertEquals("type", ours.getJMSType());
        assertEquals("correlation", ours.getJMSCorrelationID());
        assertEquals(new PgmTopic("replies"), ours.getJMSReplyTo());
        assertEquals("b", ours.getStringProperty("a"));
        assertEquals(2, ours.getIntProperty("JMSXGroupSeq"));
        assertEquals(1, Deliveries.deliver(ours).getIntProperty("JMSXDeliveryCount"));
    }

    @Test
    void texts() throws JMSException {
        PgmMessage ours = ForeignMessages.convert(foreign(TextMessage.class, new PgmTextMessage("text")));

        assertEquals("text", ours.getBody(String.class));
    }

    @Test
    void bytesOfAnyLengthAndModeAreReadFromTheStart() throws JMSException {
        for (int length : new int[] {0, 1, 8191, 8192, 8193, 30_000}) {
            byte[] body = new byte[length];
            Collections.nCopies(length, 0).forEach(i -> body[length - 1] = 1);
            PgmBytesMessage theirs = new PgmBytesMessage();
            theirs.writeBytes(body);
            BytesMessage foreign = foreign(BytesMessage.class, theirs);

            assertBytes(body, ForeignMessages.convert(foreign));
            foreign.readBytes(new byte[1]);
            assertBytes(body, ForeignMessages.convert(foreign));
        }
    }

    private static void assertBytes(byte[] body, PgmMessage message) throws JMSException {
        byte[] converted = message.getBody(byte[].class);
        assertArrayEquals(body, converted == null ? new byte[0] : converted);
    }

    @Test
    void maps() throws JMSException {
        PgmMapMessage theirs = new PgmMapMessage();
        theirs.setInt("a", 1);
        theirs.setObject("b", null);
        theirs.setBytes("c", new byte[] {3});

        PgmMapMessage ours = (PgmMapMessage) ForeignMessages.convert(foreign(MapMessage.class, theirs));

        assertThat(Collections.list(ours.getMapNames())).containsExactly("a", "b", "c");
        assertEquals(1, ours.getObject("a"));
        assertArrayEquals(new byte[] {3}, ours.getBytes("c"));
    }

    @Test
    void streamsAreReadFromTheStart() throws JMSException {
        PgmStreamMessage theirs = new PgmStreamMessage();
        theirs.writeInt(1);
        theirs.writeString("zwei");

        PgmStreamMessage ours = (PgmStreamMessage) ForeignMessages.convert(foreign(StreamMessage.class, theirs));
        ours.reset();

        assertEquals(1, ours.readInt());
        assertEquals("zwei", ours.readString());
        assertThrows(MessageEOFException.class, ours::readObject);
        assertEquals(1, theirs.readInt());
    }

    @Test
    void objects() throws JMSException {
        PgmObjectMessage theirs = new PgmObjectMessage();
        theirs.setObject("object");

        assertEquals(
                "object",
                ForeignMessages.convert(foreign(ObjectMessage.class, theirs)).getBody(String.class));
    }

    @Test
    void namesThatWeCouldNotSendAreLeftOut() throws JMSException {
        Message odd = (Message) Proxy.newProxyInstance(
                ForeignMessagesTest.class.getClassLoader(),
                new Class<?>[] {Message.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getPropertyNames" -> Collections.enumeration(java.util.List.of("odd-name", "even"));
                    case "getObjectProperty" -> "x";
                    default -> null;
                });

        PgmMessage ours = ForeignMessages.convert(odd);

        assertThat(Collections.list(ours.getPropertyNames())).containsExactly("even");
    }

    @Test
    void aMessageThatFailsIsRefusedWithItsReason() throws JMSException {
        Message broken = (Message) Proxy.newProxyInstance(
                ForeignMessagesTest.class.getClassLoader(),
                new Class<?>[] {TextMessage.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException("broken");
                });
        PgmMessage nowhere = new PgmMessage();
        nowhere.setJMSReplyTo(new Destination() {});

        assertThat(assertThrows(MessageFormatException.class, () -> ForeignMessages.convert(broken)))
                .hasMessageContaining("broken");
        assertThrows(InvalidDestinationException.class, () -> ForeignMessages.convert(foreign(Message.class, nowhere)));
    }
}
