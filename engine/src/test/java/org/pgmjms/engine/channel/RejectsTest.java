package org.pgmjms.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.wire.DecodeResult;

/** Packets that are not well formed are counted, each, and told of, now and then. */
class RejectsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int PER_SECOND = 100_000;

    private final Rejects rejects = new Rejects();
    private final InetSocketAddress from = new InetSocketAddress("127.0.0.1", 7500);

    @Test
    void aFloodIsALineASecond() {
        int lines = 0;
        for (int i = 0; i < 3 * PER_SECOND; i++) {
            lines += rejects.add(DecodeResult.BAD_OPTIONS, from, i * (SECOND / PER_SECOND)) ? 1 : 0;
        }

        assertThat(lines).isEqualTo(3);
        assertThat(rejects.snapshot()).containsExactly(Map.entry("BAD_OPTIONS", 3L * PER_SECOND));
    }

    @Test
    void eachKindIsToldOfAtOnce() {
        assertThat(rejects.add(DecodeResult.BAD_OPTIONS, from, 0)).isTrue();
        assertThat(rejects.add(DecodeResult.TRUNCATED, from, 0)).isTrue();
        assertThat(rejects.add(DecodeResult.TRUNCATED, from, SECOND - 1)).isFalse();
        assertThat(rejects.add(DecodeResult.TRUNCATED, from, SECOND)).isTrue();
    }
}
