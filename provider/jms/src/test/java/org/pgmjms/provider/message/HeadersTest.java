package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pgmjms.provider.message.Deliveries.SENDER;
import static org.pgmjms.provider.message.Deliveries.content;
import static org.pgmjms.provider.message.Deliveries.deliver;
import static org.pgmjms.provider.message.Deliveries.inbound;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.Queue;
import jakarta.jms.Topic;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.destination.PgmDestination;
import org.pgmjms.provider.destination.PgmDestination.Kind;
import org.pgmjms.provider.destination.PgmQueue;
import org.pgmjms.provider.destination.PgmTopic;

/** Header fields, on new messages and on the way. Jakarta Messaging 3.1, section 3.4. */
class HeadersTest {

    @Test
    void haveTheirDefaultsOnANewMessage() throws JMSException {
        PgmMessage message = new PgmMessage();

        assertNull(message.getJMSMessageID());
        assertNull(message.getJMSCorrelationID());
        assertNull(message.getJMSCorrelationIDAsBytes());
        assertNull(message.getJMSReplyTo());
        assertNull(message.getJMSDestination());
        assertNull(message.getJMSType());
        assertEquals(0, message.getJMSTimestamp());
        assertEquals(0, message.getJMSExpiration());
        assertEquals(0, message.getJMSDeliveryTime());
        assertEquals(DeliveryMode.PERSISTENT, message.getJMSDeliveryMode());
        assertEquals(4, message.getJMSPriority());
        assertFalse(message.getJMSRedelivered());
    }

    @Test
    void travelUnchanged() throws JMSException {
        PgmMessage sent = new PgmMessage();
        sent.assignId(new MessageId(SENDER, 42));
        sent.setJMSTimestamp(1_700_000_000_000L);
        sent.setJMSExpiration(1_700_000_060_000L);
        sent.setJMSDeliveryTime(1_700_000_001_000L);
        sent.setJMSDeliveryMode(DeliveryMode.NON_PERSISTENT);
        sent.setJMSPriority(9);
        sent.setJMSCorrelationID("order-1");
        sent.setJMSType("quote");
        sent.setJMSReplyTo(new PgmTopic("replies?format=raw"));
        sent.setJMSRedelivered(true);

        PgmMessage received = deliver(sent);

        assertEquals("ID:0123456789abcdeffedcba9876543210-42", received.getJMSMessageID());
        assertEquals(1_700_000_000_000L, received.getJMSTimestamp());
        assertEquals(1_700_000_060_000L, received.getJMSExpiration());
        assertEquals(1_700_000_001_000L, received.getJMSDeliveryTime());
        assertEquals(DeliveryMode.NON_PERSISTENT, received.getJMSDeliveryMode());
        assertEquals(9, received.getJMSPriority());
        assertEquals("order-1", received.getJMSCorrelationID());
        assertEquals("quote", received.getJMSType());
        assertEquals(new PgmTopic("replies?format=raw"), received.getJMSReplyTo());
        assertEquals(Deliveries.TOPIC, received.getJMSDestination());
        assertFalse(received.getJMSRedelivered(), "only the receiver's provider knows");
    }

    @Test
    void canBeReadWithoutDecoding() throws JMSException {
        PgmMessage sent = new PgmMessage();
        sent.assignId(new MessageId(SENDER, -1));
        sent.setJMSTimestamp(1);
        sent.setJMSExpiration(2);
        sent.setJMSDeliveryTime(3);
        sent.setJMSPriority(0);
        sent.storedBy(0x5EED);

        InboundMessage message = inbound(sent);

        assertEquals("ID:" + SENDER + "-18446744073709551615", message.messageId());
        assertEquals(1, message.timestamp());
        assertEquals(2, message.expiration());
        assertEquals(3, message.deliveryTime());
        assertEquals(0, message.priority());
        assertEquals(DeliveryMode.PERSISTENT, message.deliveryMode());
        assertEquals(0x5EED, message.storedBy());
        assertTrue(message.isFrom(SENDER, 1));
        assertFalse(message.isFrom(SENDER, 2));
        assertFalse(message.isFrom(Incarnation.random(), 1));
    }

    @Test
    void defaultsCostNoBytes() throws JMSException {
        PgmMessage message = new PgmMessage();
        message.setJMSDeliveryMode(DeliveryMode.NON_PERSISTENT);

        assertEquals(
                ContentFormat.FLAGS_LENGTH + Integer.BYTES, content(message).readableBytes(), "the connection");
    }

    @Test
    void withoutDelayTheDeliveryTimeIsTheTimestamp() throws JMSException {
        PgmMessage sent = new PgmMessage();
        sent.setJMSTimestamp(77);
        sent.setJMSDeliveryTime(77);
        int length = content(sent).readableBytes();

        assertEquals(77, deliver(sent).getJMSDeliveryTime());
        sent.setJMSDeliveryTime(78);
        assertEquals(length + Long.BYTES, content(sent).readableBytes());
    }

    @Test
    void anIdNobodyNeedsIsNull() throws JMSException {
        PgmMessage sent = new PgmMessage();
        sent.setJMSMessageID("ID:set by hand, so ignored");
        assertEquals("ID:set by hand, so ignored", sent.getJMSMessageID());

        assertNull(deliver(sent).getJMSMessageID());
        assertNull(inbound(sent).messageId());
    }

    @Test
    void anIdOfAnotherIncarnationTravelsWhole() throws JMSException {
        Incarnation other = new Incarnation(1, 2);
        PgmMessage sent = new PgmMessage();
        sent.assignId(new MessageId(other, 3));

        InboundMessage message = inbound(sent);

        assertEquals("ID:00000000000000010000000000000002-3", message.messageId());
        assertTrue(message.isFrom(SENDER, 1), "the connection's incarnation is the envelope's");
        assertEquals(message.messageId(), message.decode(1, 0).getJMSMessageID());
    }

    @Test
    void correlationIdsAreTextOrBytes() throws JMSException {
        byte[] bytes = {0, (byte) 0xFF};
        PgmMessage sent = new PgmMessage();
        sent.setJMSCorrelationID("replaced");
        sent.setJMSCorrelationIDAsBytes(bytes);
        PgmMessage received = deliver(sent);

        assertArrayEquals(bytes, received.getJMSCorrelationIDAsBytes());
        assertEquals("ID:00ff", received.getJMSCorrelationID());

        received.setJMSCorrelationID("ä");
        assertArrayEquals("ä".getBytes(StandardCharsets.UTF_8), received.getJMSCorrelationIDAsBytes());
        received.setJMSCorrelationID(null);
        assertNull(received.getJMSCorrelationIDAsBytes());
        assertNull(deliver(received).getJMSCorrelationID());
    }

    @Test
    void everyKindOfReplyToTravels() throws JMSException {
        for (Kind kind : Kind.values()) {
            PgmDestination replyTo = PgmDestination.of(kind, "a?b");
            PgmMessage sent = new PgmMessage();
            sent.setJMSReplyTo(replyTo);

            assertEquals(replyTo, deliver(sent).getJMSReplyTo());
        }
    }

    @Test
    void aReplyToOfAnotherProviderIsConverted() throws JMSException {
        PgmMessage sent = new PgmMessage();
        sent.setJMSReplyTo((Topic) () -> "theirs");
        assertEquals(new PgmTopic("theirs"), deliver(sent).getJMSReplyTo());

        sent.setJMSReplyTo((Queue) () -> "theirs");
        assertEquals(new PgmQueue("theirs"), deliver(sent).getJMSReplyTo());

        sent.setJMSReplyTo(new Destination() {});
        assertThrows(InvalidDestinationException.class, () -> deliver(sent));
    }

    @Test
    void canBeChangedOnAReceivedMessage() throws JMSException {
        PgmMessage received = deliver(new PgmMessage());

        received.setJMSType("other");
        received.setJMSCorrelationID("other");
        received.setJMSPriority(1);

        assertEquals("other", received.getJMSType());
        assertEquals("other", received.getJMSCorrelationID());
        assertEquals(1, received.getJMSPriority());
    }

    @Test
    void textsWithoutUtf8FormAreRefusedAndLeaveNothing() {
        PgmMessage message = new PgmMessage();
        message.setJMSType("\uDC00");
        var out = io.netty.buffer.Unpooled.buffer().writeInt(7);

        assertThrows(MessageFormatException.class, () -> Deliveries.encoder().encode(message, 1, out));
        assertEquals(Integer.BYTES, out.writerIndex());
    }

    @Test
    void messagesAboveTheLimitAreRefusedAndLeaveNothing() throws JMSException {
        MessageEncoder encoder = new MessageEncoder(SENDER, 1000);
        var out = io.netty.buffer.Unpooled.buffer();
        PgmBytesMessage message = new PgmBytesMessage();
        message.writeBytes(new byte[1000]);

        JMSException refused = assertThrows(JMSException.class, () -> encoder.encode(message, 1, out));

        assertThat(refused).hasMessageContaining("1000").hasMessageContaining("jms.maxMessageSize");
        assertEquals(0, out.writerIndex());
        encoder.encodeRaw(message, out);
        assertEquals(1000, out.writerIndex());
        message.clearBody();
        message.writeBytes(new byte[1001]);
        assertThrows(JMSException.class, () -> encoder.encodeRaw(message, out));
        assertEquals(1000, out.writerIndex());
    }

    @Test
    void acknowledgeCallsTheSession() throws JMSException {
        PgmMessage message = deliver(new PgmMessage());
        int[] calls = {0};
        message.acknowledge();
        message.acknowledger(() -> calls[0]++);

        message.acknowledge();

        assertEquals(1, calls[0]);
    }

    @Test
    void nothingOfTheBodyIsPrinted() throws JMSException {
        PgmTextMessage sent = new PgmTextMessage("secret");
        sent.setStringProperty("p", "secret");

        assertThat(deliver(sent).toString()).doesNotContain("secret").contains("PgmTextMessage", "quotes.MSFT");
        assertThat(inbound(sent).toString()).doesNotContain("secret");
    }
}
