package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pgmjms.provider.message.Deliveries.deliver;
import static org.pgmjms.provider.message.Deliveries.inbound;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of properties, who may set them, and what is listed. Jakarta Messaging 3.1, section 3.5. */
class PropertiesTest {

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "1a", "a-b", "a b", "a.b", "+", "NULL", "TRUE", "FALSE", "NOT", "AND", "OR", "BETWEEN", "LIKE", "IN",
                "IS", "ESCAPE"
            })
    void refusesNamesThatAreNoIdentifiers(String name) {
        PgmMessage message = new PgmMessage();

        assertThrows(IllegalArgumentException.class, () -> message.setStringProperty(name, "x"));
        assertThrows(IllegalArgumentException.class, () -> message.setIntProperty(name, 1));
        assertThrows(IllegalArgumentException.class, () -> message.setObjectProperty(name, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "_a",
                "$a",
                "a1",
                "Ä",
                "名前",
                "notable",
                "JMSXFoo",
                "JMS_other_x",
                "betweenx",
                "true",
                "In",
                "\u0131n",
                "a\u0000b"
            })
    void takesNamesThatAreIdentifiers(String name) throws JMSException {
        PgmMessage message = new PgmMessage();
        message.setStringProperty(name, "x");

        assertTrue(message.propertyExists(name));
        assertThat(Collections.list(message.getPropertyNames())).containsExactly(name);
        assertEquals(Verdict.OK, inbound(message).verdict());
    }

    @Test
    void listsWhatWasSetAndNoHeaderFields() throws JMSException {
        PgmMessage message = new PgmMessage();
        message.setJMSType("t");
        message.setJMSCorrelationID("c");
        message.setStringProperty("a", null);
        message.setIntProperty("b", 1);

        assertThat(Collections.list(message.getPropertyNames())).containsExactlyInAnyOrder("a", "b");
        assertTrue(message.propertyExists("a"));
        assertNull(message.getStringProperty("a"));
        assertFalse(message.propertyExists("c"));
    }

    @Test
    void clearingLeavesTheBodyAndNoProperty() throws JMSException {
        PgmTextMessage message = new PgmTextMessage("text");
        message.setIntProperty("a", 1);
        message.setStringProperty("JMSXGroupID", "g");
        message.setIntProperty("JMSXGroupSeq", 1);

        message.clearProperties();

        assertFalse(message.getPropertyNames().hasMoreElements());
        assertFalse(message.propertyExists("JMSXGroupID"));
        assertEquals("text", message.getText());
    }

    @Test
    void areReadOnlyOnAReceivedMessageUntilCleared() throws JMSException {
        PgmTextMessage sent = new PgmTextMessage("text");
        sent.setIntProperty("a", 1);
        PgmTextMessage received = deliver(sent);

        assertThrows(MessageNotWriteableException.class, () -> received.setIntProperty("b", 2));
        assertThrows(MessageNotWriteableException.class, () -> received.setStringProperty("JMSXGroupID", "g"));
        received.clearBody();
        assertThrows(MessageNotWriteableException.class, () -> received.setObjectProperty("b", 2));
        received.clearProperties();
        received.setIntProperty("b", 2);

        assertEquals(2, received.getIntProperty("b"));
        assertFalse(received.propertyExists("a"));
    }

    @Test
    void keepTheirTypesOnTheWay() throws JMSException {
        PgmMessage sent = new PgmMessage();
        sent.setObjectProperty("t", true);
        sent.setObjectProperty("f", false);
        sent.setObjectProperty("b", Byte.MIN_VALUE);
        sent.setObjectProperty("s", Short.MIN_VALUE);
        sent.setObjectProperty("i", Integer.MIN_VALUE);
        sent.setObjectProperty("l", Long.MIN_VALUE);
        sent.setObjectProperty("fl", Float.NaN);
        sent.setObjectProperty("d", Double.NEGATIVE_INFINITY);
        sent.setObjectProperty("st", "Grüße, 名前 und 😀");
        sent.setObjectProperty("n", null);

        PgmMessage received = deliver(sent);

        for (String name : Collections.list(sent.getPropertyNames())) {
            assertEquals(sent.getObjectProperty(name), received.getObjectProperty(name));
            assertTrue(received.propertyExists(name));
        }
    }

    @Test
    void groupsAreStandardProperties() throws JMSException {
        PgmMessage sent = new PgmMessage();
        sent.setStringProperty("JMSXGroupID", "group");
        sent.setIntProperty("JMSXGroupSeq", 7);

        PgmMessage received = deliver(sent);

        assertEquals("group", received.getStringProperty("JMSXGroupID"));
        assertEquals(7, received.getIntProperty("JMSXGroupSeq"));
        assertThat(Collections.list(received.getPropertyNames())).contains("JMSXGroupID", "JMSXGroupSeq");
        assertThrows(MessageFormatException.class, () -> new PgmMessage().setLongProperty("JMSXGroupSeq", 7));
    }

    @Test
    void aReceivedMessageListsItsDeliveryCountAndWhereItCameFrom() throws JMSException {
        PgmMessage received = deliver(new PgmMessage());

        assertThat(Collections.list(received.getPropertyNames()))
                .containsExactlyInAnyOrder("JMSXDeliveryCount", "JMS_PGM_Source", "JMS_PGM_Sequence");
        assertEquals(1, received.getIntProperty("JMSXDeliveryCount"));
        assertEquals(1, received.getObjectProperty("JMSXDeliveryCount"));
        assertEquals(Deliveries.SOURCE, received.getStringProperty("JMS_PGM_Source"));
        assertEquals(1L, received.getObjectProperty("JMS_PGM_Sequence"));
        assertFalse(received.propertyExists("JMS_PGM_GapBefore"));
        assertFalse(received.propertyExists("JMS_PGM_Replayed"));
        assertNull(received.getObjectProperty("JMS_PGM_Replayed"));
    }

    @Test
    void aGapAndAReplayAreListed() throws JMSException {
        byte[] body = {1};
        PgmMessage received = InboundMessage.raw(Deliveries.TOPIC, body, "s", 0xFFFF_FFFFL, true)
                .decode(3, -1);

        assertEquals(-1L, received.getLongProperty("JMS_PGM_GapBefore"));
        assertTrue(received.getBooleanProperty("JMS_PGM_Replayed"));
        assertEquals(0xFFFF_FFFFL, received.getLongProperty("JMS_PGM_Sequence"));
        assertEquals(3, received.getIntProperty("JMSXDeliveryCount"));
        assertTrue(received.getJMSRedelivered());
        assertThat(Collections.list(received.getPropertyNames())).contains("JMS_PGM_GapBefore", "JMS_PGM_Replayed");
    }

    @Test
    void whatOnlyAProviderSetsIsNotForwarded() throws JMSException {
        PgmMessage forwarded = inbound(new PgmMessage()).decode(5, 9);
        PgmMessage copied = new PgmMessage();
        for (String name : Collections.list(forwarded.getPropertyNames())) {
            copied.setObjectProperty(name, forwarded.getObjectProperty(name));
        }
        copied.setStringProperty("JMSXUserID", "root");
        assertEquals(5, copied.getIntProperty("JMSXDeliveryCount"));

        for (PgmMessage sent : new PgmMessage[] {forwarded, copied}) {
            PgmMessage received = deliver(sent);

            assertEquals(1, received.getIntProperty("JMSXDeliveryCount"));
            assertFalse(received.getJMSRedelivered());
            assertFalse(received.propertyExists("JMS_PGM_GapBefore"));
            assertFalse(received.propertyExists("JMSXUserID"));
        }
    }

    @Test
    void othersVendorPropertiesTravel() throws JMSException {
        PgmMessage sent = new PgmMessage();
        sent.setStringProperty("JMS_Example_Route", "a");

        assertEquals("a", deliver(sent).getStringProperty("JMS_Example_Route"));
    }

    @Test
    void tooManyOrTooLongAreRefusedOnSending() throws JMSException {
        PgmMessage many = new PgmMessage();
        for (int i = 0; i <= ContentFormat.MAX_PROPERTIES; i++) {
            many.setIntProperty("p" + i, i);
        }
        PgmMessage longName = new PgmMessage();
        longName.setIntProperty("p".repeat(256), 1);
        PgmMessage longText = new PgmMessage();
        longText.setStringProperty("p", "x".repeat(70_000));
        PgmMessage halfPair = new PgmMessage();
        halfPair.setStringProperty("p", "\uD800");

        assertThat(assertThrows(JMSException.class, () -> deliver(many))).hasMessageContaining("1024");
        assertThat(assertThrows(JMSException.class, () -> deliver(longName))).hasMessageContaining("255");
        assertThat(assertThrows(JMSException.class, () -> deliver(longText))).hasMessageContaining("65535");
        assertThrows(MessageFormatException.class, () -> deliver(halfPair));
    }

    @Test
    void asManyAsAllowedTravel() throws JMSException {
        PgmMessage many = new PgmMessage();
        for (int i = 0; i < ContentFormat.MAX_PROPERTIES; i++) {
            many.setIntProperty("p" + i, i);
        }
        many.clearProperties();
        for (int i = 0; i < ContentFormat.MAX_PROPERTIES - 1; i++) {
            many.setIntProperty("p" + i, i);
        }
        many.setIntProperty("p".repeat(255), 1);

        PgmMessage received = deliver(many);

        assertEquals(77, received.getIntProperty("p77"));
        assertEquals(1, received.getIntProperty("p".repeat(255)));
    }
}
