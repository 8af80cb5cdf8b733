package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.tck.kit.Spec;

/** Section 3.5: message properties. */
class MessagePropertyTest extends JmsContract {
    private Session session;
    private Message message;

    @BeforeEach
    void open() throws JMSException {
        session = session();
        message = session.createMessage();
    }

    @ParameterizedTest
    @Spec("3.5.1")
    @ValueSource(strings = {"_a", "$b", "prix_\u20ac", "\u65e5\u672c", "notNull", "a1"})
    void whateverIsAnIdentifierNamesAProperty(String name) throws JMSException {
        message.setIntProperty(name, 1);

        assertThat(roundTrip(session, message).getIntProperty(name)).isEqualTo(1);
    }

    @ParameterizedTest
    @Spec("3.5.1")
    @ValueSource(strings = {"1a", "a-b", "a b", "a.b", "+"})
    void aNameThatIsNoIdentifierIsRefused(String name) {
        assertThatThrownBy(() -> message.setIntProperty(name, 1))
                .isInstanceOfAny(JMSException.class, JMSRuntimeException.class, IllegalArgumentException.class);
    }

    @ParameterizedTest
    @Spec("3.5.1")
    @Spec("3.8.1.1")
    @ValueSource(strings = {"NULL", "TRUE", "FALSE", "NOT", "AND", "OR", "BETWEEN", "LIKE", "IN", "IS", "ESCAPE"})
    void aWordOfTheSelectorsIsNoName(String name) {
        assertThatThrownBy(() -> message.setIntProperty(name, 1)).isInstanceOf(Exception.class);
    }

    @Test
    @Spec("3.5.1")
    void anEmptyOrMissingNameIsRefused() {
        assertThatThrownBy(() -> message.setIntProperty("", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> message.setStringProperty(null, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Spec("3.5.2")
    void propertiesArriveWithTheirTypes() throws JMSException {
        message.setBooleanProperty("b", true);
        message.setByteProperty("y", (byte) 1);
        message.setShortProperty("s", (short) 2);
        message.setIntProperty("i", 3);
        message.setLongProperty("l", 4);
        message.setFloatProperty("f", 5.5f);
        message.setDoubleProperty("d", 6.5);
        message.setStringProperty("t", "seven");

        Message received = roundTrip(session, message);

        assertThat(received.getObjectProperty("b")).isEqualTo(true);
        assertThat(received.getObjectProperty("y")).isEqualTo((byte) 1);
        assertThat(received.getObjectProperty("s")).isEqualTo((short) 2);
        assertThat(received.getObjectProperty("i")).isEqualTo(3);
        assertThat(received.getObjectProperty("l")).isEqualTo(4L);
        assertThat(received.getObjectProperty("f")).isEqualTo(5.5f);
        assertThat(received.getObjectProperty("d")).isEqualTo(6.5);
        assertThat(received.getObjectProperty("t")).isEqualTo("seven");
    }

    @Test
    @Spec("3.5.3")
    @Spec("3.5.7")
    void receivedPropertiesAreReadOnlyUntilCleared() throws JMSException {
        message.setIntProperty("i", 3);
        Message received = roundTrip(session, message);

        assertThatThrownBy(() -> received.setIntProperty("i", 4)).isInstanceOf(MessageNotWriteableException.class);
        assertThatThrownBy(() -> received.setObjectProperty("new", 4)).isInstanceOf(MessageNotWriteableException.class);
        received.clearProperties();
        assertThat(received.propertyExists("i")).isFalse();
        received.setIntProperty("i", 4);

        assertThat(received.getIntProperty("i")).isEqualTo(4);
    }

    @Test
    @Spec("3.5.5")
    void propertiesAreSetAndReadAsObjects() throws JMSException {
        for (Object value : List.of(true, (byte) 1, (short) 2, 3, 4L, 5.5f, 6.5, "seven")) {
            message.setObjectProperty("value", value);
            assertThat(message.getObjectProperty("value")).isEqualTo(value);
        }

        message.setIntProperty("i", 3);
        assertThat(message.getObjectProperty("i")).isEqualTo(3);
        message.setObjectProperty("l", 4L);
        assertThat(message.getStringProperty("l")).isEqualTo("4");
        assertThatThrownBy(() -> message.getIntProperty("l")).isInstanceOf(MessageFormatException.class);
    }

    @Test
    @Spec("3.5.5")
    void anotherClassIsNoPropertyValue() {
        assertThatThrownBy(() -> message.setObjectProperty("list", List.of()))
                .isInstanceOf(MessageFormatException.class);
    }

    @Test
    @Spec("3.5.5")
    @Differs(on = Provider.ARTEMIS, how = "takes a Character as a property", allowedBy = Differs.NOTHING)
    void aCharacterIsNoPropertyValue() {
        assertThatThrownBy(() -> message.setObjectProperty("char", 'c')).isInstanceOf(MessageFormatException.class);
    }

    @Test
    @Spec("3.5.6")
    void theNamesAreThoseThatWereSetAndNoHeaders() throws JMSException {
        message.setJMSCorrelationID("x");
        message.setIntProperty("one", 1);
        message.setStringProperty("two", "2");

        assertThat(strings(message.getPropertyNames()))
                .contains("one", "two")
                .allMatch(name -> !name.startsWith("JMS") || name.startsWith("JMSX"));
        assertThat(strings(roundTrip(session, message).getPropertyNames()))
                .contains("one", "two")
                .allMatch(name -> !name.startsWith("JMS") || name.startsWith("JMSX") || name.startsWith("JMS_"));
    }

    @Test
    @Spec("3.5.7")
    void clearingThePropertiesKeepsTheBody() throws JMSException {
        TextMessage text = session.createTextMessage("body");
        text.setIntProperty("i", 1);

        text.clearProperties();

        assertThat(text.propertyExists("i")).isFalse();
        assertThat(text.getText()).isEqualTo("body");
    }

    @Test
    @Spec("3.5.8")
    @Spec("3.5.4")
    void aMissingPropertyReadsAsNull() throws JMSException {
        assertThat(message.propertyExists("no")).isFalse();
        assertThat(message.getStringProperty("no")).isNull();
        assertThat(message.getObjectProperty("no")).isNull();
        assertThat(message.getBooleanProperty("no")).isFalse();
        assertThatThrownBy(() -> message.getByteProperty("no")).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> message.getShortProperty("no")).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> message.getIntProperty("no")).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> message.getLongProperty("no")).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> message.getFloatProperty("no")).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> message.getDoubleProperty("no")).isInstanceOf(NullPointerException.class);
    }

    @Test
    @Spec("3.5.9")
    void theGroupOfAMessageArrives() throws JMSException {
        message.setStringProperty("JMSXGroupID", "g");
        message.setIntProperty("JMSXGroupSeq", 1);

        Message received = roundTrip(session, message);

        assertThat(received.getStringProperty("JMSXGroupID")).isEqualTo("g");
        assertThat(received.getIntProperty("JMSXGroupSeq")).isEqualTo(1);
    }

    @Test
    @Spec("3.5.10")
    void aReceivedMessageCanBeSentOn() throws JMSException {
        message.setStringProperty("mine", "x");
        Message received = roundTrip(session, message);

        Message forwarded = roundTrip(session, received);

        assertThat(forwarded.getStringProperty("mine")).isEqualTo("x");
        assertThat(forwarded.getIntProperty("JMSXDeliveryCount")).isEqualTo(1);
    }

    @Test
    @Spec("3.6")
    void acknowledgingIsIgnoredInAnAutomaticSession() throws JMSException {
        Message received = roundTrip(session, message);

        assertThatCode(received::acknowledge).doesNotThrowAnyException();
    }
}
