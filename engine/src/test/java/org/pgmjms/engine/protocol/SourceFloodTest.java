package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgmjms.engine.protocol.SourceRig.MS;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketType;

/** Made-up NAKs, more than any group of receivers sends, cost a source that needs its whole rate no more than a tenth of it. */
class SourceFloodTest {
    private static final int RATE = 10_000_000;
    private static final int BUCKET = 40_000;
    private static final int PACKET_BYTES = 1_400;
    private static final int NAKS_PER_SECOND = 50_000;
    private static final int NUMBERS = 62;
    private static final int SECONDS = 2;
    private static final int UNTIL_NOTICED = 1;

    private final SourceRig rig =
            SourceRig.opened(new SourceConfigBuilder().rate(RATE, BUCKET).window(8 << 20, 8_000, 10_000 * MS));

    /** Offers this share of the rate, and lets this many senders ask for full lists of what was sent. */
    private List<SentPacket> run(double load, int senders, boolean isFlooded, int seconds) {
        double owed = 0;
        int sender = 0;
        for (int step = 0; step < seconds * 1_000; step++) {
            owed += load * RATE / 1_000;
            while (owed >= PACKET_BYTES && rig.supply.size() < 100) {
                owed -= PACKET_BYTES;
                rig.send(new byte[PACKET_BYTES]);
            }
            for (int i = 0; isFlooded && i < NAKS_PER_SECOND / 1_000; i++) {
                int[] numbers = new int[NUMBERS];
                for (int n = 0; n < NUMBERS; n++) {
                    numbers[n] = rig.source.lead() - (step * 7 + i * NUMBERS + n) % 4_000;
                }
                rig.nakFrom(Nla.ipv4(0x0A000000 + sender % senders), 1 + sender % senders, numbers);
                sender++;
            }
            rig.runFor(MS);
        }
        return rig.take();
    }

    private static long bytes(List<SentPacket> sent, PacketType type) {
        return sent.stream()
                .filter(packet -> packet.type() == type)
                .mapToLong(packet -> packet.length() + SourceRig.HEADERS)
                .sum();
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1", "1.0, 1000", "1.0, 100000", "0.9, 1000", "0.5, 1000"})
    void leavesNineTenthsToData(double load, int senders) {
        long undisturbed = (long) (Math.min(load, 0.98) * RATE * SECONDS);

        run(load, senders, true, UNTIL_NOTICED);
        List<SentPacket> sent = run(load, senders, true, SECONDS);

        long all = sent.stream()
                .mapToLong(packet -> packet.length() + SourceRig.HEADERS)
                .sum();
        assertThat(all).isLessThanOrEqualTo((long) RATE * SECONDS + BUCKET);
        assertThat(bytes(sent, PacketType.ODATA)).isGreaterThan(undisturbed * 9 / 10);
        assertThat(bytes(sent, PacketType.RDATA)).isGreaterThan(RATE / 50L);
        assertThat(rig.count(SourceCounter.NAKS_OVER_BUDGET)).isPositive();
        assertThat(rig.count(SourceCounter.NAK_FLOODS)).isPositive();
    }

    @Test
    void isOverASecondAfterTheLastRequestTooMany() {
        run(1.0, 1_000, true, SECONDS);
        run(1.0, 1_000, false, SECONDS);
        long floods = rig.count(SourceCounter.NAK_FLOODS);
        while (rig.supply.size() < 400) {
            rig.supply(new byte[PACKET_BYTES]);
        }

        for (int i = 0; i < 20; i++) {
            int[] numbers = new int[NUMBERS];
            for (int n = 0; n < NUMBERS; n++) {
                numbers[n] = rig.source.lead() - 100 - i * NUMBERS - n;
            }
            rig.nakFrom(SourceRig.RECEIVER, 1, numbers);
        }
        rig.source.trySend(rig.nowNs);
        rig.runFor(50 * MS);

        List<SentPacket> sent = rig.take();
        assertThat(rig.count(SourceCounter.NAK_FLOODS)).isEqualTo(floods);
        assertThat(bytes(sent, PacketType.RDATA)).isGreaterThan(bytes(sent, PacketType.ODATA) / 2);
    }
}
