package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pgmjms.engine.wire.Nla;

class NakSendersTest {
    private static final Nla BAD = Nla.ipv4(0x0A000001);

    @Test
    void listsWhoAskedForMostFirst() {
        NakSenders senders = new NakSenders();

        senders.add(BAD, 5000, 1);
        senders.add(BAD, 5001, 3);
        senders.add(BAD, 5000, 7);

        assertThat(senders.list())
                .containsExactly(new NakSenderStats(BAD, 5000, 2, 8), new NakSenderStats(BAD, 5001, 1, 3));
    }

    @Test
    void aCrowdOfOthersDoesNotHideTheWorst() {
        NakSenders senders = new NakSenders();
        for (int i = 1; i <= 10_000; i++) {
            senders.add(Nla.ipv4(0x0B000000 + i), i, 1);
            if (i % 5 == 0) {
                senders.add(BAD, 5000, 2);
            }
        }

        assertThat(senders.list()).hasSize(32);
        assertThat(senders.list().get(0).address()).isEqualTo(BAD);
        assertThat(senders.list().get(0).numbers()).isGreaterThanOrEqualTo(4000);
    }
}
