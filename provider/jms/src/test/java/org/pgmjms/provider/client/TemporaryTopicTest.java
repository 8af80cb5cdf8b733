package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.Destination;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryTopic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Jakarta Messaging 3.1, sections 4.2.7 and 6.2.2. */
class TemporaryTopicTest extends JmsFixture {

    @Test
    void itCarriesMessagesWithinItsConnection() throws Exception {
        TemporaryTopic own = session.createTemporaryTopic();
        MessageConsumer first = session.createConsumer(own);
        MessageConsumer second = connection.createSession().createConsumer(own);

        session.createProducer(own).send(session.createTextMessage("a"));

        for (MessageConsumer each : new MessageConsumer[] {first, second}) {
            Message received = each.receiveNoWait();
            assertEquals("a", text(received));
            assertEquals(own, received.getJMSDestination());
        }
    }

    /** 128 bits of which each is drawn: in 100 names none of them is always the same. */
    @Test
    void namesCannotBeGuessed() throws Exception {
        for (boolean isQueue : new boolean[] {false, true}) {
            Set<BigInteger> drawn = new HashSet<>();
            BigInteger set = BigInteger.ZERO;
            BigInteger clear = BigInteger.ZERO;
            for (int i = 0; i < 100; i++) {
                String name = isQueue
                        ? session.createTemporaryQueue().getQueueName()
                        : session.createTemporaryTopic().getTopicName();
                assertThat(name).matches("\\$tmp\\.[0-9a-f]{16}\\.[0-9a-f]{32}");
                BigInteger bits = new BigInteger(name.substring(name.lastIndexOf('.') + 1), 16);
                set = set.or(bits);
                clear = clear.or(bits.not());
                drawn.add(bits);
            }

            assertThat(drawn).hasSize(100);
            assertEquals(128, set.and(clear).bitCount());
        }
    }

    /** Whoever is asked gets to know it: that is enough to answer, and no more. */
    @Test
    void whoIsToReplyToItMayOnlySend() throws Exception {
        PgmConnection asked = provider.connection();
        Session answering = asked.createSession();
        MessageConsumer requests = answering.createConsumer(topic);
        for (Destination own : List.of(session.createTemporaryTopic(), session.createTemporaryQueue())) {
            MessageConsumer replies = session.createConsumer(own);
            Message request = session.createMessage();
            request.setJMSReplyTo(own);
            producer.send(request);
            Destination theirs = requests.receiveNoWait().getJMSReplyTo();

            assertEquals(own, theirs);
            assertThrows(InvalidDestinationException.class, () -> answering.createConsumer(theirs));
            assertThrows(InvalidDestinationException.class, () -> answering.createConsumer(theirs, "TRUE", true));
            assertThrows(
                    InvalidDestinationException.class,
                    () -> asked.createConnectionConsumer(theirs, null, () -> null, 1));
            answering.createProducer(theirs).send(answering.createTextMessage("a"));

            assertEquals("a", text(replies.receiveNoWait()));
        }
    }

    @Test
    void otherConnectionsMayOnlySendToIt() throws Exception {
        TemporaryTopic own = session.createTemporaryTopic();
        MessageConsumer listening = session.createConsumer(own);
        Session other = provider.connection().createSession();

        assertThatThrownBy(() -> other.createConsumer(own))
                .isInstanceOf(InvalidDestinationException.class)
                .hasMessageContaining(own.getTopicName());
        assertThrows(InvalidDestinationException.class, () -> other.createSharedConsumer(own, "shared"));
        other.createProducer(own).send(other.createTextMessage("a"));

        assertEquals("a", text(listening.receiveNoWait()));
    }

    @Test
    void itsNameGivesNobodyElseAccess() throws Exception {
        TemporaryTopic own = session.createTemporaryTopic();
        Session other = provider.connection().createSession();

        assertThrows(
                InvalidDestinationException.class, () -> other.createConsumer(other.createTopic(own.getTopicName())));
    }

    @Test
    void itCannotBeDeletedWhileItHasAConsumer() throws Exception {
        TemporaryTopic own = session.createTemporaryTopic();
        Session another = connection.createSession();
        MessageConsumer first = session.createConsumer(own);
        another.createConsumer(own);

        assertThatThrownBy(own::delete)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 consumers");
        first.close();
        assertThrows(IllegalStateException.class, own::delete);
        another.close();
        own.delete();

        assertThrows(InvalidDestinationException.class, () -> session.createConsumer(own));
        assertDoesNotThrow(own::delete);
    }

    @Test
    void aSharedConsumerKeepsItAlive() throws Exception {
        TemporaryTopic own = session.createTemporaryTopic();
        MessageConsumer shared = session.createSharedConsumer(own, "shared");

        assertThrows(IllegalStateException.class, own::delete);
        shared.close();

        assertDoesNotThrow(own::delete);
    }

    @Test
    void itCanBeDeletedAfterItsSessionIsClosed() throws Exception {
        TemporaryTopic own = session.createTemporaryTopic();
        session.createConsumer(own);
        session.close();

        own.delete();

        Session next = connection.createSession();
        assertThrows(InvalidDestinationException.class, () -> next.createConsumer(own));
    }

    @Test
    void nothingCanBeSentToADeletedOne() throws Exception {
        TemporaryTopic own = session.createTemporaryTopic();
        var before = session.createProducer(own);
        own.delete();

        assertThatThrownBy(() -> before.send(session.createMessage()))
                .isInstanceOf(InvalidDestinationException.class)
                .hasMessageContaining("deleted");
        assertThrows(
                InvalidDestinationException.class,
                () -> session.createProducer(null).send(own, session.createMessage()));
    }

    @Test
    void itEndsWithItsConnection() throws Exception {
        TemporaryTopic own = session.createTemporaryTopic();
        session.createConsumer(own);

        connection.close();

        assertDoesNotThrow(own::delete);
        assertEquals(0, provider.network().subscriptions());
    }

    @Test
    void aContextMakesThemToo() throws Exception {
        try (JMSContext context = provider.factory().createContext()) {
            TemporaryTopic own = context.createTemporaryTopic();
            var receiver = context.createConsumer(own);

            context.createProducer().send(own, "a");

            assertEquals("a", receiver.receiveBodyNoWait(String.class));
        }
    }

    @Test
    void aCopyOfItIsANameOnly() throws Exception {
        TemporaryTopic own = session.createTemporaryTopic();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(own);
        }
        TemporaryTopic copy =
                (TemporaryTopic) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertEquals(own, copy);
        assertNotEquals(session.createTemporaryTopic(), copy);
        assertThrows(InvalidDestinationException.class, copy::delete);
        MessageConsumer ofCopy = session.createConsumer(copy);
        session.createProducer(own).send(session.createTextMessage("a"));
        assertEquals("a", text(ofCopy.receiveNoWait()));
    }

    @Test
    void persistentMessagesToItNeedNoBroker() throws Exception {
        PgmConnection strict = provider.connection("jms.persistentWithoutBroker=reject");
        Session own = strict.createSession();
        TemporaryTopic temporary = own.createTemporaryTopic();
        MessageConsumer receiver = own.createConsumer(temporary);

        own.createProducer(temporary).send(own.createTextMessage("a"));

        assertEquals("a", text(receiver.receiveNoWait()));
        assertNull(receiver.receiveNoWait());
    }
}
