package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ObjectMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each connection trusts the classes on its own list. */
class ReceivedObjectTest extends JmsFixture {

    @Test
    void theListOfTheReceivingConnectionCounts() throws JMSException {
        MessageConsumer trusting = provider.connection("jms.deserialization.allowList=com.acme.Order,%20java.util.*")
                .createSession()
                .createConsumer(topic);
        producer.send(session.createObjectMessage(new ArrayList<>(List.of(1))));

        assertThat(((ObjectMessage) trusting.receiveNoWait()).getObject()).isEqualTo(List.of(1));
        ObjectMessage refused = (ObjectMessage) consumer.receiveNoWait();
        assertThatThrownBy(refused::getObject)
                .isInstanceOf(MessageFormatException.class)
                .hasMessageContaining("java.util.ArrayList")
                .hasMessageContaining("jms.deserialization.allowList");
    }

    @Test
    void aListOfEverythingIsRefused() {
        assertThatThrownBy(() -> provider.connection("jms.deserialization.allowList=*"))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("jms.deserialization.allowList")
                .hasMessageContaining("com.acme.Order");
    }
}
