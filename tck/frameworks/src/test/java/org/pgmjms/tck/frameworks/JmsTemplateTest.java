package org.pgmjms.tck.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.provider.PgmConnectionFactory;
import org.pgmjms.provider.client.PgmConnection;
import org.pgmjms.tck.kit.PgmBytes;
import org.springframework.jms.core.JmsTemplate;

/** Spring's {@code JmsTemplate} on the bare factory: a connection, session and producer for each send. */
class JmsTemplateTest {
    private static final int SENDS = 1_000;
    private static final String TOPIC = "quotes.us";

    @ParameterizedTest
    @CsvSource({"0, 17932", "1, 17933"})
    void aThousandSendsAreOneSessionAndArriveInOrder(int lossPercent, int port) throws Exception {
        String group = "239.192.93.2";
        String url = "epgm://lo;" + group + ":" + port;
        List<PgmBytes> packets = new CopyOnWriteArrayList<>();
        BlockingQueue<Message> received = new LinkedBlockingQueue<>();
        List<Exception> losses = new CopyOnWriteArrayList<>();
        PgmConnectionFactory factory = new PgmConnectionFactory(url);
        try (Capture capture = Capture.of(group, port, packet -> packets.add(PgmBytes.parse(packet)));
                PgmConnection subscriber = subscriber(url, lossPercent)) {
            subscriber.setExceptionListener(losses::add);
            Session session = subscriber.createSession();
            session.createConsumer(session.createTopic(TOPIC)).setMessageListener(received::add);
            subscriber.start();

            JmsTemplate template = template(factory);
            for (int i = 0; i < SENDS; i++) {
                template.convertAndSend(TOPIC, "message " + i);
            }

            for (int i = 0; i < SENDS; i++) {
                assertEquals("message " + i, ((TextMessage) received.take()).getText());
            }
            assertThat(losses).isEmpty();
            assertThat(capture.failures()).isEmpty();
            long lost = subscriber.statistics().get("receiver.simulated_loss");
            assertThat(lost > 0).isEqualTo(lossPercent > 0);
            List<PgmBytes> data = packets.stream().filter(PgmBytes::isData).toList();
            assertThat(Capture.sessions(data)).hasSize(1).isEqualTo(Capture.sessions(sources(packets)));
            assertEquals(1, subscriber.statistics().get("receiver.sessions_established"));
        }
        assertThat(received).isEmpty();
    }

    private static List<PgmBytes> sources(List<PgmBytes> packets) {
        return packets.stream().filter(packet -> !packet.isUpstream()).toList();
    }

    private static PgmConnection subscriber(String url, int lossPercent) throws Exception {
        String ownTransport = "?pgm.receiveBuffer=8MiB&pgm.simulatedLoss=" + lossPercent + ",seed=7";
        return (PgmConnection) new PgmConnectionFactory(url + ownTransport).createConnection();
    }

    static JmsTemplate template(ConnectionFactory factory) {
        JmsTemplate template = new JmsTemplate(factory);
        template.setPubSubDomain(true);
        return template;
    }
}
