package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.selector.Selector;
import org.pgmjms.provider.selector.SelectorSyntaxException;

/** Selectors see header fields and properties of a message that is still encoded. Section 3.8.1.1. */
class InboundSelectionTest {

    @Test
    void propertiesHaveTheTypesTheyWereSetWith() throws JMSException {
        PgmTextMessage sent = new PgmTextMessage("body");
        List<Object> values = List.of(true, false, (byte) 1, (short) 2, 3, 4L, 5f, 6.0, "seven", "", "größe");
        for (int i = 0; i < values.size(); i++) {
            sent.setObjectProperty("p" + i, values.get(i));
        }
        sent.setObjectProperty("none", null);
        sent.setIntProperty("größe", 8);
        sent.setIntProperty("größer", 9);
        InboundMessage received = Deliveries.inbound(sent);

        for (int i = 0; i < values.size(); i++) {
            assertThat(received.value("p" + i)).isEqualTo(values.get(i));
        }
        assertThat(received.value("größe")).isEqualTo(8);
        assertThat(received.value("größer")).isEqualTo(9);
        for (String absent : List.of("none", "p", "p00", "P1", "größ", "gr\u00F6ssen")) {
            assertThat(received.value(absent)).isNull();
        }
        assertThat(Deliveries.inbound(new PgmMessage()).value("p1")).isNull();
    }

    @Test
    void headerFieldsAreThoseOfTheDeliveredMessage() throws JMSException {
        PgmMessage sent = new PgmMessage();
        sent.assignId(new MessageId(Deliveries.SENDER, 77));
        sent.setJMSTimestamp(1_700_000_000_000L);
        sent.setJMSCorrelationID("c");
        sent.setJMSType("quote");
        sent.setJMSPriority(9);
        sent.setJMSDeliveryMode(DeliveryMode.NON_PERSISTENT);
        sent.setStringProperty("JMSXGroupID", "g");
        sent.setIntProperty("JMSXGroupSeq", 3);
        InboundMessage received = Deliveries.inbound(sent);

        PgmMessage delivered = received.decode(1, 0);
        assertThat(received.value("JMSMessageID"))
                .isEqualTo(delivered.getJMSMessageID())
                .isNotNull();
        assertThat(received.value("JMSTimestamp")).isEqualTo(1_700_000_000_000L);
        assertThat(received.value("JMSCorrelationID")).isEqualTo("c");
        assertThat(received.value("JMSType")).isEqualTo("quote");
        assertThat(received.value("JMSPriority")).isEqualTo(9);
        assertThat(received.value("JMSDeliveryMode")).isEqualTo("NON_PERSISTENT");
        for (String name :
                List.of("JMSXGroupID", "JMSXGroupSeq", "JMSXDeliveryCount", "JMS_PGM_Source", "JMS_PGM_Sequence")) {
            assertThat(received.value(name))
                    .as(name)
                    .isEqualTo(delivered.getObjectProperty(name))
                    .isNotNull();
        }
    }

    @Test
    void headerFieldsThatWereNotSetAreNull() throws JMSException {
        InboundMessage received = Deliveries.inbound(new PgmMessage());

        for (String name : List.of(
                "JMSMessageID",
                "JMSCorrelationID",
                "JMSType",
                "JMSXGroupID",
                "JMSXGroupSeq",
                "JMSXUserID",
                "JMSXRcvTimestamp",
                "JMS_PGM_GapBefore",
                "JMS_PGM_Replayed",
                "JMS_PGM_other",
                "JMS_x")) {
            assertThat(received.value(name)).as(name).isNull();
        }
        assertThat(received.value("JMSTimestamp")).isEqualTo(0L);
        assertThat(received.value("JMSPriority")).isEqualTo(4);
        assertThat(received.value("JMSDeliveryMode")).isEqualTo("PERSISTENT");
        assertThat(received.value("JMSXDeliveryCount")).isEqualTo(1);
    }

    /** As bytes it is no string of the selector language. */
    @Test
    void aCorrelationIdOfBytesIsNull() throws JMSException {
        PgmMessage sent = new PgmMessage();
        sent.setJMSCorrelationIDAsBytes(new byte[] {1});

        assertThat(Deliveries.inbound(sent).value("JMSCorrelationID")).isNull();
    }

    @Test
    void rawMessagesCanBeSelected() {
        InboundMessage raw = InboundMessage.raw(Deliveries.TOPIC, new byte[10], "s", 5, false);

        assertThat(raw.value("JMS_PGM_Sequence")).isEqualTo(5L);
        assertThat(raw.value("JMSPriority")).isEqualTo(4);
        assertThat(raw.value("p")).isNull();
    }

    @Test
    void aBodyThatNobodyWantsIsNotLookedAt() throws JMSException, SelectorSyntaxException {
        PgmTextMessage sent = new PgmTextMessage("x".repeat(100_000));
        sent.setStringProperty("symbol", "MSFT");
        sent.setDoubleProperty("price", 101.25);
        InboundMessage received = Deliveries.inbound(sent);
        Selector selector =
                Selector.parse("symbol IN ('IBM', 'MSFT') AND price BETWEEN 100 AND 200 AND absent IS NULL");

        boolean[] matched = {false};
        long allocated = AllocationTest.allocated(() -> matched[0] = selector.matches(received));

        assertThat(matched[0]).isTrue();
        assertThat(allocated / AllocationTest.ROUNDS).isLessThan(200);
    }
}
