package org.pgmjms.provider.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.link.JmsLimit;
import org.pgmjms.provider.link.JmsLimits;
import org.pgmjms.provider.link.LinkTopic;
import org.pgmjms.provider.loss.LossListener;
import org.pgmjms.provider.loss.LossPolicy;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.InboundMessage;

/** Every limit of the provider is counted when it is hit, and nothing else is. */
class LimitsTest extends JmsFixture {
    @Override
    String options() {
        return "jms.prefetch.messages=2&jms.maxUnacknowledged=1&jms.redelivery.max=1&jms.temporaryQueue.maxBytes=1KiB";
    }

    private Map<String, Long> hits() {
        return provider.network().limits().bean().getHits().entrySet().stream()
                .filter(each -> each.getValue() != 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    void messagesThatASlowConsumerLoses() throws JMSException {
        send("a", "b", "c", "d", "e");
        while (consumer.receiveNoWait() != null) {
            continue;
        }

        assertThat(hits()).isEqualTo(Map.of("prefetch", 3L));
    }

    @Test
    void messagesThatATemporaryQueueHasNoRoomFor() throws JMSException {
        TemporaryQueue queue = session.createTemporaryQueue();
        MessageProducer filling = session.createProducer(queue);
        for (int i = 0; i < 20; i++) {
            filling.send(session.createMessage());
        }
        int got = 0;
        PgmMessageConsumer emptying = (PgmMessageConsumer) session.createConsumer(queue);
        emptying.setLossPolicy(LossPolicy.MARK);
        while (emptying.receiveNoWait() != null) {
            got++;
        }

        assertThat(hits()).isEqualTo(Map.of("temporary_queue", 20L - got));
    }

    @Test
    void sessionsThatAreFull() throws JMSException {
        Session own = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer keeping = own.createConsumer(topic);
        send("a", "b");
        Message first = keeping.receiveNoWait();
        assertThatThrownBy(keeping::receiveNoWait).hasMessageContaining("jms.maxUnacknowledged");
        assertThat(hits()).isEqualTo(Map.of("unacknowledged", 1L));

        first.acknowledge();
        assertThat(keeping.receiveNoWait()).isNotNull();
        assertThat(hits()).isEqualTo(Map.of("unacknowledged", 1L));
    }

    @Test
    void messagesThatAListenerNeverTakes() throws Exception {
        Signal given = new Signal();
        connection.setLossListener(new GivenUp(given));
        given.prepare();
        consumer.setMessageListener(message -> {
            throw new UnsupportedOperationException("never");
        });
        send("a");
        while (!given.isAnnounced()) {
            Thread.onSpinWait();
        }

        assertThat(hits()).isEqualTo(Map.of("redelivery", 1L));
    }

    private record GivenUp(Signal signal) implements LossListener {
        @Override
        public void onLoss(LossReport report) {
            signal.announce();
        }
    }

    @Test
    void objectsThatAreNotTrusted() throws JMSException {
        producer.send(session.createObjectMessage("text"));
        ObjectMessage received = (ObjectMessage) consumer.receiveNoWait();

        assertThatThrownBy(received::getObject).hasMessageContaining("jms.deserialization.allowList");
        assertThatThrownBy(() -> received.getBody(String.class)).isInstanceOf(JMSException.class);
        assertThat(hits()).isEqualTo(Map.of("deserialization", 2L));
    }

    @Test
    void messagesThatAreNone() throws JMSException {
        Links.Channel channel = connection.channel((PgmTopic) topic);
        channel.link().publish(new LinkTopic((PgmTopic) topic), Unpooled.wrappedBuffer(new byte[] {1}), 0);

        assertThat(consumer.receiveNoWait()).isNull();
        assertThat(hits()).isEqualTo(Map.of("message_format", 1L));
    }

    @Test
    void messagesThatAreTooLong() {
        Admission admission = new Admission(provider.network().limits(), 10);

        assertThat(admission.refuses(raw(10))).isFalse();
        assertThat(hits()).isEmpty();
        assertThat(admission.refuses(raw(11))).isTrue();
        assertThat(hits()).isEqualTo(Map.of("message_size", 1L));
    }

    private static InboundMessage raw(int length) {
        return InboundMessage.raw(new PgmTopic("a"), new byte[length], "source", 1, false);
    }

    @Test
    void theirSettingsExist() {
        assertThat(Arrays.stream(JmsLimit.values()).flatMap(limit -> limit.settings().stream()))
                .isNotEmpty()
                .allMatch(setting -> JmsSetting.named(setting) != null);
        assertThat(new JmsLimits(() -> 0).bean().getLimits()).hasSameSizeAs(JmsLimit.values());
    }
}
