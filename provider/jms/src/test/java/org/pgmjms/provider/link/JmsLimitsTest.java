package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.jmx.LimitsMXBean;
import org.pgmjms.provider.link.Sender.Apdu;

/** The limits of transports, and how management tools see all. */
class JmsLimitsTest extends InboundFixture {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final JmsLimits limits = new JmsLimits(() -> 0);

    JmsLimitsTest() {
        super(new Sender(1_000), new InboundLink(DeliveryOrder.COMPLETE, 1_000, 1_000));
    }

    @Test
    void whatIsNoEnvelopeIsCountedOnceABatch() {
        inbound.tell(limits, "here");
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);

        inbound.onApdu(TSI, 0, 0, Unpooled.wrappedBuffer(new byte[40]), 0);
        inbound.onApdu(TSI, 1, 1, Unpooled.wrappedBuffer(new byte[1]), 0);
        inbound.onBatchEnd();
        inbound.onBatchEnd();

        assertThat(limits.bean().getHits()).containsEntry("apdu_format", 2L).containsEntry("hold_back", 0L);
    }

    @Test
    void gapsThatTooMuchWaitedBehindAreCounted() throws Exception {
        inbound.tell(limits, "here");
        listen("a", a);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        Apdu missing = packet("a");
        for (int i = 0; i < 50; i++) {
            take(packet("a"));
        }
        inbound.onBatchEnd();

        assertThat(missing).isNotNull();
        assertThat(limits.bean().getHits()).containsEntry("hold_back", 1L).containsEntry("apdu_format", 0L);
    }

    @Test
    void managementToolsSeeThemWhileTheyAreShown() throws JMException {
        limits.onHit(JmsLimit.PREFETCH, 987_654_321, "here");
        assertThat(seen()).doesNotContain(987_654_321L);

        limits.show();
        limits.show();
        assertThat(seen()).containsOnlyOnce(987_654_321L);

        limits.hide();
        limits.hide();
        assertThat(seen()).doesNotContain(987_654_321L);
    }

    private static Set<Long> seen() throws JMException {
        return SERVER.queryNames(new ObjectName("org.pgmjms:type=Limits,layer=jms,*"), null).stream()
                .map(name -> JMX.newMXBeanProxy(SERVER, name, LimitsMXBean.class)
                        .getHits()
                        .get("prefetch"))
                .collect(Collectors.toSet());
    }
}
