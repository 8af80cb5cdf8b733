package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.EndReason;
import org.pgmjms.engine.api.LossCause;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.loss.LossReport;

class RawInboundLinkTest {
    private static final Tsi TSI = FakePublication.TSI;
    private static final PgmTopic TOPIC = new PgmTopic("raw?format=raw");

    private final RawInboundLink inbound = new RawInboundLink(BareReader::whole, 1 << 20);
    private final RawRecorder recorder = new RawRecorder();

    @BeforeEach
    void listen() {
        inbound.add(new Listening(TOPIC, recorder));
        inbound.onSession(TSI, SessionStart.FROM_LEAD);
    }

    private void take(int sqn) {
        byte[] bytes = "hello".getBytes(StandardCharsets.UTF_8);
        inbound.onApdu(TSI, sqn, sqn, Unpooled.wrappedBuffer(bytes), 0);
    }

    private static LossReport report(long first, long last, LossCause cause) {
        return new LossReport(
                TOPIC, TSI.toString(), first, last, last - first + 1 & 0xFFFF_FFFFL, Inbound.cause(cause));
    }

    @Test
    void joinsTheLossesOfOneGap() {
        take(7);
        inbound.onLost(TSI, 8, 1, LossCause.RDATA_RETRIES);
        inbound.onLost(TSI, 9, 2, LossCause.RDATA_RETRIES);
        take(11);

        assertThat(recorder.events).containsExactly("JOINED", 7L, report(8, 10, LossCause.RDATA_RETRIES), 11L);
    }

    @Test
    void reportsAcrossTheEndOfTheNumbers() {
        take(-2);
        inbound.onLost(TSI, -1, 3, LossCause.TRAIL_PASSED);
        take(2);

        assertThat(recorder.events)
                .containsExactly("JOINED", 0xFFFF_FFFEL, report(0xFFFF_FFFFL, 1, LossCause.TRAIL_PASSED), 2L);
    }

    @Test
    void aLateListenerHearsNothingOfWhatWasLostBefore() {
        RawRecorder late = new RawRecorder();
        take(1);
        inbound.onLost(TSI, 2, 2, LossCause.TRAIL_PASSED);
        inbound.add(new Listening(TOPIC, late));

        inbound.onResolved(TSI, 4);
        inbound.onLost(TSI, 4, 1, LossCause.TRAIL_PASSED);
        inbound.onEnd(TSI, EndReason.RST, 4);

        assertThat(late.events).containsExactly("JOINED", report(4, 4, LossCause.TRAIL_PASSED), "RESET");
        assertThat(recorder.events)
                .containsExactly(
                        "JOINED",
                        1L,
                        report(2, 3, LossCause.TRAIL_PASSED),
                        report(4, 4, LossCause.TRAIL_PASSED),
                        "RESET");
    }
}
