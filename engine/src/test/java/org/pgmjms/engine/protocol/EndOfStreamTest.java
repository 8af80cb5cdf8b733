package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.EndReason;

class EndOfStreamTest {
    private static final long NOW_NS = 5;

    private final EndOfStream end = new EndOfStream();

    @Test
    void aSecondAnnouncementIsBelieved() {
        end.onEnd(NOW_NS, EndReason.FIN, 7);
        assertThat(end.confirmed(NOW_NS)).isNull();

        end.onEnd(NOW_NS + 1, EndReason.FIN, 7);

        assertThat(end.confirmed(NOW_NS + 1)).isEqualTo(EndReason.FIN);
        assertThat(end.nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);
    }

    @Test
    void aSingleOneIsBelievedAfterAWhileAndThenWantsNoMoreTime() {
        end.onEnd(NOW_NS, EndReason.FIN, 7);
        long dueNs = end.nextDeadlineNs();

        assertThat(end.confirmed(dueNs - 1)).isNull();
        assertThat(end.confirmed(dueNs)).isEqualTo(EndReason.FIN);
        assertThat(end.nextDeadlineNs()).isEqualTo(ProtocolHalf.NONE);
    }

    @Test
    void dataBeyondItCallsItOff() {
        end.onEnd(NOW_NS, EndReason.RST, 7);
        end.onEnd(NOW_NS, EndReason.RST, 7);

        end.onData(8);

        assertThat(end.confirmed(NOW_NS)).isNull();
    }
}
