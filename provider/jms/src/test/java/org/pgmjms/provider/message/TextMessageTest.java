package org.pgmjms.provider.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pgmjms.provider.message.Deliveries.deliver;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;
import java.io.Serializable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of {@code TextMessage} and of messages without a body. Jakarta Messaging 3.1, section 3.11. */
class TextMessageTest {

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"a", "\0", "Grüße", "名前", "😀", "\uFFFF\uD7FF\uE000", "\u007F\u0080\u07FF\u0800"})
    void travelsUnchanged(String text) throws JMSException {
        assertEquals(text, deliver(new PgmTextMessage(text)).getText());
        assertEquals(text, deliver(deliver(new PgmTextMessage(text))).getText(), "forwarded");
    }

    @Test
    void longTextsTravel() throws JMSException {
        String text = "aä😀".repeat(200_000);

        assertEquals(text, deliver(new PgmTextMessage(text)).getText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD800", "a\uDC00", "\uD83Dx", "\uDE00\uD83D"})
    void halfOfASurrogatePairIsRefused(String text) {
        assertThrows(MessageFormatException.class, () -> deliver(new PgmTextMessage(text)));
    }

    @Test
    void isReadOnlyWhenReceivedUntilCleared() throws JMSException {
        PgmTextMessage message = deliver(new PgmTextMessage("a"));

        assertThrows(MessageNotWriteableException.class, () -> message.setText("b"));
        assertThrows(MessageNotWriteableException.class, () -> message.setText(null));
        assertEquals("a", message.getText());
        message.clearBody();
        assertNull(message.getText());
        message.setText("b");
        assertEquals("b", message.getText());
    }

    @Test
    void isHadAsStringOrWhatAStringIs() throws JMSException {
        PgmTextMessage message = new PgmTextMessage("a");

        assertEquals("a", message.getBody(String.class));
        assertEquals("a", message.getBody(CharSequence.class));
        assertEquals("a", message.getBody(Serializable.class));
        assertEquals("a", message.getBody(Object.class));
        assertThrows(MessageFormatException.class, () -> message.getBody(Integer.class));
        assertTrue(message.isBodyAssignableTo(Comparable.class));
        assertFalse(message.isBodyAssignableTo(byte[].class));
    }

    @Test
    void withoutATextAnyTypeWillDo() throws JMSException {
        PgmTextMessage message = new PgmTextMessage();

        assertNull(message.getBody(Integer.class));
        assertTrue(message.isBodyAssignableTo(Integer.class));
    }

    @Test
    void aMessageWithoutBodyTravelsAndIsNothing() throws JMSException {
        PgmMessage message = deliver(new PgmMessage());

        assertEquals(PgmMessage.class, message.getClass());
        assertNull(message.getBody(Integer.class));
        assertTrue(message.isBodyAssignableTo(Integer.class));
        message.clearBody();
    }

    @Test
    void changesOfAReceivedMessageDoNotReachItsRedelivery() throws JMSException {
        PgmTextMessage sent = new PgmTextMessage("a");
        sent.setIntProperty("p", 1);
        InboundMessage inbound = Deliveries.inbound(sent);
        PgmTextMessage first = (PgmTextMessage) inbound.decode(1, 0);
        first.clearBody();
        first.clearProperties();
        first.setText("changed");
        first.setIntProperty("p", 2);
        first.setJMSType("changed");

        PgmTextMessage second = (PgmTextMessage) inbound.decode(2, 0);

        assertEquals("a", second.getText());
        assertEquals(1, second.getIntProperty("p"));
        assertNull(second.getJMSType());
        assertTrue(second.getJMSRedelivered());
        assertEquals(2, second.getIntProperty("JMSXDeliveryCount"));
    }
}
