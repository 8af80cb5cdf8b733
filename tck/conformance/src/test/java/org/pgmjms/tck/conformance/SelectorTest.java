package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.DeliveryMode;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.InvalidSelectorRuntimeException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.tck.kit.Spec;

/** Section 3.8: message selectors. */
class SelectorTest extends JmsContract {
    private Session session;
    private Topic topic;

    @BeforeEach
    void open() throws JMSException {
        session = session();
        topic = topic(session);
    }

    /**
     * The message all conditions are about: an int {@code n} of 7, a long {@code weight} of 2,600, a double {@code pi}, a
     * boolean {@code yes}, strings, a type, and nothing named {@code missing}.
     */
    private Message subject() throws JMSException {
        Message message = session.createTextMessage("subject");
        message.setIntProperty("n", 7);
        message.setByteProperty("b", (byte) 3);
        message.setLongProperty("weight", 2600);
        message.setDoubleProperty("pi", 3.14159);
        message.setFloatProperty("half", 0.5f);
        message.setBooleanProperty("yes", true);
        message.setBooleanProperty("no", false);
        message.setStringProperty("color", "blue");
        message.setStringProperty("number", "7");
        message.setStringProperty("phone", "12993");
        message.setStringProperty("quoted", "it's");
        message.setStringProperty("under", "_foo");
        message.setStringProperty("percent", "100%");
        message.setStringProperty("$odd_Name1", "x");
        message.setJMSType("car");
        message.setJMSCorrelationID("c1");
        return message;
    }

    /** Sends the subject, then one that any selector of these tests lets through, and says whether the first came. */
    private boolean selects(String selector) throws JMSException {
        try (MessageConsumer consumer = session.createConsumer(topic, "(" + selector + ") OR last = TRUE");
                MessageProducer producer = session.createProducer(topic)) {
            producer.send(subject(), DeliveryMode.NON_PERSISTENT, 6, 0);
            Message last = session.createTextMessage("last");
            last.setBooleanProperty("last", true);
            producer.send(last, DeliveryMode.NON_PERSISTENT, 6, 0);
            return receiveText(consumer).equals("subject");
        }
    }

    @ParameterizedTest
    @Spec("3.8.1")
    @Spec("3.8.1.1")
    @ValueSource(
            strings = {
                "n = 7",
                "n <> 8",
                "n > 6 AND n < 8",
                "n >= 7 and n <= 7",
                "n = 7.0",
                "n = 7.",
                "n = 70E-1",
                "n = +7",
                "-n = -7",
                "n = 0x7",
                "n = 07",
                "b = 3",
                "b < n",
                "weight > 2500",
                "weight > 2500 AND pi < 3.2",
                "weight = 2600L",
                "half = 0.5",
                "half + half = 1",
                "n * 2 + 1 = 15",
                "1 + n * 2 = 15",
                "(1 + n) * 2 = 16",
                "n / 2.0 = 3.5",
                "n - 2 - 3 = 2",
                "-(n + 1) = -8",
                "n BETWEEN 7 AND 9",
                "n BETWEEN 5 and 7",
                "n NOT BETWEEN 8 AND 9",
                "color = 'blue'",
                "color <> 'red'",
                "'blue' = color",
                "quoted = 'it''s'",
                "color IN ('red', 'blue')",
                "color IN ('blue')",
                "color NOT IN ('red', 'green')",
                "phone LIKE '12%3'",
                "phone LIKE '%'",
                "phone LIKE '12__3'",
                "phone NOT LIKE '12_3'",
                "color LIKE 'b%u_'",
                "under LIKE '\\_%' ESCAPE '\\'",
                "percent LIKE '100!%' ESCAPE '!'",
                "yes",
                "NOT no",
                "yes = TRUE",
                "yes <> no",
                "TRUE",
                "not FALSE",
                "no OR yes AND yes",
                "NOT no AND yes",
                "missing IS NULL",
                "color IS NOT NULL",
                "$odd_Name1 = 'x'",
                "JMSType = 'car' AND color = 'blue' AND weight > 2500",
                "JMSPriority = 6",
                "JMSDeliveryMode = 'NON_PERSISTENT'",
                "JMSCorrelationID = 'c1'",
                "JMSMessageID LIKE 'ID:%'",
                "JMSTimestamp > 1000000000000",
                "JMSXGroupID IS NULL",
                "\tn\n=\r\n7\f"
            })
    void lettingThrough(String selector) throws JMSException {
        assertThat(selects(selector)).isTrue();
    }

    @ParameterizedTest
    @Spec("3.8.1")
    @Spec("3.8.1.1")
    @Spec("3.8.1.2")
    @ValueSource(
            strings = {
                "n = 8",
                "n <> 7",
                "n < 7",
                "color = 'red'",
                "color = 'Blue'",
                "Color = 'blue'",
                "number = 7",
                "number > 6",
                "n = '7'",
                "yes = 'true'",
                "color NOT IN ('red', 'blue')",
                "n NOT BETWEEN 5 AND 9",
                "phone LIKE '12%4'",
                "phone LIKE '1299'",
                "phone NOT LIKE '12%3'",
                "under LIKE '\\%foo' ESCAPE '\\'",
                "no",
                "FALSE",
                "missing = 7",
                "missing <> 7",
                "NOT (missing = 7)",
                "missing > 1 AND yes",
                "NOT (missing > 1 AND yes)",
                "NOT (missing > 1 OR no)",
                "missing + 1 = 1",
                "missing BETWEEN 1 AND 9",
                "missing NOT BETWEEN 1 AND 9",
                "missing IN ('a')",
                "missing NOT IN ('a')",
                "missing LIKE '%'",
                "missing NOT LIKE '%'",
                "missing",
                "NOT missing",
                "missing IS NOT NULL",
                "color IS NULL",
                "JMSType IS NULL",
                "JMSDeliveryMode = 'PERSISTENT'",
                "JMSXGroupID = 'g'"
            })
    void keepingBack(String selector) throws JMSException {
        assertThat(selects(selector)).isFalse();
    }

    @ParameterizedTest
    @Spec("3.8.1.2")
    @ValueSource(
            strings = {"missing = 7 OR yes", "yes OR missing", "NOT (missing > 1 AND no)", "no AND missing OR yes"})
    void unknownIsNeitherTrueNorFalse(String selector) throws JMSException {
        assertThat(selects(selector)).isTrue();
    }

    @ParameterizedTest
    @Spec("3.8.1.1")
    @Spec("10.3")
    @ValueSource(
            strings = {
                "definitely not a message selector!",
                "n =",
                "= 7",
                "n = 7 AND",
                "(n = 7",
                "n = 7)",
                "n == 7",
                "n = 'open",
                "1a = 7",
                "%a = 7",
                "a-b.c = 7",
                "NULL = 7",
                "NOT > 0",
                "AND > 0",
                "BETWEEN > 0",
                "LIKE > 0",
                "IN > 0",
                "IS > 0",
                "ESCAPE > 0",
                "n IS 7",
                "n BETWEEN 1",
                "n BETWEEN 1 OR 2",
                "color IN ()",
                "color IN 'a'",
                "color IN ('a',)",
                "color LIKE",
                "color LIKE 'a' ESCAPE",
                "n = 7 n = 8",
                "n = 7; n = 8"
            })
    void aSyntaxErrorIsRefusedAtOnce(String selector) {
        assertThatThrownBy(() -> session.createConsumer(topic, selector)).isInstanceOf(InvalidSelectorException.class);
    }

    @ParameterizedTest
    @Spec("3.8.1.1")
    @ValueSource(
            strings = {"TRUE > 0", "color LIKE 'a' ESCAPE 'bb'", "n IN (1, 2)", "'a' IN ('a')", "color LIKE other"})
    void whatTheGrammarDoesNotHaveIsRefused(String selector) {
        assertThatThrownBy(() -> session.createConsumer(topic, selector)).isInstanceOf(InvalidSelectorException.class);
    }

    @ParameterizedTest
    @Spec("3.8.1.1")
    @ValueSource(strings = {"(missing = 1) IS NULL", "'a' LIKE 'a'"})
    @Differs(on = Provider.ARTEMIS, how = "takes any expression before LIKE and IS NULL", allowedBy = Differs.NOTHING)
    void theOperatorsOfIdentifiersTakeNothingElse(String selector) {
        assertThatThrownBy(() -> session.createConsumer(topic, selector)).isInstanceOf(InvalidSelectorException.class);
    }

    @ParameterizedTest
    @Spec("3.8.1.1")
    @ValueSource(strings = {"n / 2 = 3", "n BETWEEN b AND weight", "half = 0.5f", "weight = 2600 AND half <> 0.25d"})
    @Differs(
            on = Provider.ARTEMIS,
            how = "divides integers as doubles, compares no bounds of mixed types, and knows no suffix f or d",
            allowedBy = Differs.NOTHING)
    void numbersAreThoseOfJava(String selector) throws JMSException {
        assertThat(selects(selector)).isTrue();
    }

    @ParameterizedTest
    @Spec("3.8.1.3")
    @ValueSource(strings = {"n = 7 -- always\n", "n = 7 /* always */"})
    @Differs(on = Provider.ARTEMIS, how = "skips comments", allowedBy = Differs.NOTHING)
    void commentsAreNotSupported(String selector) throws JMSException {
        boolean skipped;
        try {
            skipped = selects(selector);
        } catch (InvalidSelectorException refused) {
            skipped = false;
        }

        assertThat(skipped).isFalse();
    }

    @Test
    @Spec("3.8.1.1")
    void anEmptySelectorIsNone() throws JMSException {
        MessageConsumer consumer = session.createConsumer(topic, "");
        MessageConsumer other = session.createConsumer(topic, null);

        sendTexts(session, topic, "x");

        assertThat(receiveText(consumer)).isEqualTo("x");
        assertThat(receiveText(other)).isEqualTo("x");
        assertThat(other.getMessageSelector()).isNull();
    }

    @Test
    @Spec("3.8.1")
    @Spec("8.1")
    void theSelectorIsTheOneThatWasGiven() throws JMSException {
        assertThat(session.createConsumer(topic, "n = 7").getMessageSelector()).isEqualTo("n = 7");
    }

    @Test
    @Spec("3.8.1")
    @Spec("10.3")
    void aContextRefusesASyntaxErrorToo() throws JMSException {
        JMSContext context = context();
        Topic other = topic(context);

        assertThatThrownBy(() -> context.createConsumer(other, "n ="))
                .isInstanceOf(InvalidSelectorRuntimeException.class);
    }

    @Test
    @Spec("4.2.2")
    @Spec("8.3.1")
    void eachSubscriptionHasItsOwnSelector() throws JMSException {
        MessageConsumer seven = session.createConsumer(topic, "n = 7");
        MessageConsumer eight = session.createConsumer(topic, "n = 8");
        MessageConsumer all = session.createConsumer(topic);
        MessageProducer producer = session.createProducer(topic);
        for (int n : new int[] {8, 7, 8, 7}) {
            Message message = session.createTextMessage("" + n);
            message.setIntProperty("n", n);
            producer.send(message);
        }

        assertThat(receiveTexts(seven, 2)).containsExactly("7", "7");
        assertThat(receiveTexts(eight, 2)).containsExactly("8", "8");
        assertThat(receiveTexts(all, 4)).containsExactly("8", "7", "8", "7");
    }

    @Test
    @Spec("3.8.1.1")
    void theIdentifierOfAMessageSelectsIt() throws JMSException {
        MessageProducer producer = session.createProducer(topic);
        Message probe = session.createTextMessage("probe");
        producer.send(probe);
        MessageConsumer consumer = session.createConsumer(
                topic,
                "JMSMessageID <> '" + probe.getJMSMessageID() + "' AND JMSTimestamp >= " + probe.getJMSTimestamp());

        sendTexts(session, topic, "later");

        assertThat(receiveText(consumer)).isEqualTo("later");
    }
}
