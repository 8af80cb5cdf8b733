package org.pgmjms.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.StreamMessage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.tck.kit.Spec;

/** The contracts on this provider, over the loopback interface; and rules that Artemis sees differently. */
class PgmTest {
    private static final String URL = "epgm://lo;239.192.75.1:17501";

    private static ConnectionFactory pgm() {
        return new PgmConnectionFactory(URL);
    }

    @Nested
    class Messages extends MessageContract {
        @Override
        ConnectionFactory factory() {
            return pgm();
        }

        @Test
        @Spec("3.11.3")
        void streamElementsAreConverted() throws JMSException {
            StreamMessage message = session.createStreamMessage();
            message.writeInt(42);
            message.writeString("43");
            message.writeShort((short) 44);

            StreamMessage received = roundTrip(session, message);

            assertThat(received.readLong()).isEqualTo(42);
            assertThat(received.readInt()).isEqualTo(43);
            assertThatThrownBy(received::readByte).isInstanceOf(MessageFormatException.class);
            assertThat(received.readShort()).isEqualTo((short) 44);
            assertThatThrownBy(received::readObject).isInstanceOf(MessageEOFException.class);
        }

        @Test
        @Spec("3.4.13")
        void theDeliveryTimeIsThatOfTheSend() throws JMSException {
            Message received = roundTrip(session, session.createTextMessage("x"));

            assertThat(received.getJMSDeliveryTime()).isEqualTo(received.getJMSTimestamp());
        }
    }

    @Nested
    class Connections extends ConnectionContract {
        @Override
        ConnectionFactory factory() {
            return pgm();
        }
    }

    @Nested
    class Sessions extends SessionContract {
        @Override
        ConnectionFactory factory() {
            return pgm();
        }
    }

    @Nested
    class Sending extends SendingContract {
        @Override
        ConnectionFactory factory() {
            return pgm();
        }
    }

    @Nested
    class Receiving extends ReceivingContract {
        @Override
        ConnectionFactory factory() {
            return pgm();
        }
    }
}
