package org.pgmjms.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Topic;
import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.pgmjms.provider.stats.TransportMXBean;

/** What management tools see of connections. */
class TransportBeanTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private static final String GROUP = "239.192.91.88";

    @Test
    void aTransportShowsWhatItHasCountedUntilItIsClosed() throws JMException {
        try (JMSContext context =
                new PgmConnectionFactory("epgm://lo;" + GROUP + ":17698?pgm.linger=0").createContext()) {
            Topic topic = context.createTopic("t");
            JMSConsumer consumer = context.createConsumer(topic);
            context.createProducer().send(topic, "hello");
            assertThat(consumer.receiveBody(String.class, 30_000)).isEqualTo("hello");

            Set<ObjectName> names = names(17_698);
            assertThat(names).hasSize(1);
            TransportMXBean bean = JMX.newMXBeanProxy(SERVER, names.iterator().next(), TransportMXBean.class);
            assertThat(bean.getGroup()).isEqualTo(GROUP);
            assertThat(bean.getPort()).isEqualTo(17_698);
            assertThat(bean.getNetworkInterface()).isEqualTo("lo");
            assertThat(bean.getStatistics())
                    .containsEntry("link.frames", 1L)
                    .containsEntry("link.gaps_given_up", 0L)
                    .containsKeys("source.odata_sent", "receiver.lost");
        }

        await().untilAsserted(() -> assertThat(names(17_698)).isEmpty());
    }

    @Test
    void thereIsNoneForThoseWhoWantNone() throws JMException {
        String url = "epgm://lo;" + GROUP + ":17699?pgm.jmx=false";
        try (JMSContext context = new PgmConnectionFactory(url).createContext()) {
            context.createConsumer(context.createTopic("t")).receiveNoWait();

            assertThat(names(17_699)).isEmpty();
        }
    }

    private static Set<ObjectName> names(int port) throws JMException {
        return SERVER.queryNames(
                new ObjectName("org.pgmjms:type=Transport,group=" + GROUP + ",port=" + port + ",*"), null);
    }
}
