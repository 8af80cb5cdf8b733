package org.pgmjms.provider.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pgmjms.provider.message.Deliveries.deliver;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of {@code ObjectMessage}: what was set can be had, what was received by default cannot. Rules J1 and J2. */
class ObjectMessageTest {

    /** Tells when it is deserialised. */
    static final class Spy implements Serializable {
        @Serial
        private static final long serialVersionUID = 1;

        static int readings;

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            readings++;
        }
    }

    @Test
    void anObjectIsCopiedWhenSetAndWhenHad() throws JMSException {
        PgmObjectMessage message = new PgmObjectMessage();
        ArrayList<String> list = new ArrayList<>(List.of("a"));
        message.setObject(list);
        list.add("b");

        assertEquals(List.of("a"), message.getObject());
        assertNotSame(message.getObject(), message.getObject());
        assertEquals(List.of("a"), message.getBody(ArrayList.class));
        assertEquals(List.of("a"), message.getBody(Serializable.class));
        assertThrows(MessageFormatException.class, () -> message.getBody(String.class));
        assertTrue(message.isBodyAssignableTo(List.class));
        assertFalse(message.isBodyAssignableTo(String.class));
    }

    @Test
    void sendingLeavesOnesOwnObjectReadable() throws JMSException {
        PgmObjectMessage message = new PgmObjectMessage();
        message.setObject("a");
        deliver(message);

        assertEquals("a", message.getObject());
    }

    @Test
    void aReceivedObjectIsRefusedByNameOfTheSetting() throws JMSException {
        PgmObjectMessage sent = new PgmObjectMessage();
        sent.setObject(new Spy());
        Spy.readings = 0;
        PgmObjectMessage received = deliver(sent);

        JMSException refused = assertThrows(JMSException.class, received::getObject);
        assertThrows(MessageFormatException.class, () -> received.getBody(Serializable.class));

        assertThat(refused).hasMessageContaining("jms.deserialization.allowList");
        assertEquals("PGM_1012", refused.getErrorCode());
        assertFalse(received.isBodyAssignableTo(Serializable.class));
        assertThat(received.toString()).isNotEmpty();
        assertThat(Collections.list(received.getPropertyNames())).isNotEmpty();
        deliver(received);
        assertEquals(0, Spy.readings);
    }

    @Test
    void aReceivedObjectCanBeForwarded() throws JMSException {
        PgmObjectMessage sent = new PgmObjectMessage();
        sent.setObject("a");

        assertEquals(Deliveries.content(sent), Deliveries.content(deliver(sent)));
    }

    @Test
    void anObjectOfOnesOwnInAClearedMessageCanBeHad() throws JMSException {
        PgmObjectMessage sent = new PgmObjectMessage();
        sent.setObject("a");
        PgmObjectMessage received = deliver(sent);

        assertThrows(MessageNotWriteableException.class, () -> received.setObject("b"));
        received.clearBody();
        assertNull(received.getObject());
        received.setObject("b");
        assertEquals("b", received.getObject());
    }

    @Test
    void aNullIsNoSecret() throws JMSException {
        PgmObjectMessage received = deliver(new PgmObjectMessage());

        assertNull(received.getObject());
        assertNull(received.getBody(Integer.class));
        assertTrue(received.isBodyAssignableTo(Integer.class));
    }

    @Test
    void whatCannotBeSerialisedIsRefusedWhenSet() {
        Serializable stubborn = new ArrayList<>(List.of(new Object()));

        JMSException refused =
                assertThrows(MessageFormatException.class, () -> new PgmObjectMessage().setObject(stubborn));

        assertThat(refused).hasCauseInstanceOf(IOException.class);
        assertThat(refused.getLinkedException()).isInstanceOf(IOException.class);
    }
}
