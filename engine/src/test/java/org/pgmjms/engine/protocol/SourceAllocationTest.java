package org.pgmjms.engine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.Counters;
import org.pgmjms.engine.api.SourceCounter;
import org.pgmjms.engine.testing.Allocations;
import org.pgmjms.engine.testing.CountingStore;
import org.pgmjms.engine.testing.FrameSupply;
import org.pgmjms.engine.testing.SilentEvents;
import org.pgmjms.engine.wire.NakEncoder;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;

/** Nothing is allocated per packet, neither for data nor for repairs. */
@Tag("allocation")
class SourceAllocationTest {
    private static final int FRAME_BYTES = 256;
    private static final int ROUNDS = 20_000;
    private static final long STEP_NS = 20_000;

    /** A stray allocation of the platform, not of ours: far below one for each round. */
    private static final long TOLERATED_BYTES = ROUNDS;

    private final Supply supply = new Supply();
    private final ByteBuf upstream = Unpooled.buffer(2048);
    private final PacketView view = new PacketView();
    private final NakEncoder nak = new NakEncoder();
    private long tsi;
    private long nowNs;

    @Test
    void allocatesNothingForDataAndRepairs() {
        SourceContext context = new SourceContext(
                new SourceConfigBuilder()
                        .window(1 << 20, 2_000, 10_000_000_000L)
                        .build(),
                SourceRig.PORT,
                SourceRig.GROUP,
                SourceRig.PATH,
                SourceRig.UNICAST_PORT,
                SourceRig.TPDU_PAYLOAD,
                SourceRig.HEADERS);
        Source source = new Source(
                context,
                supply,
                new SilentEvents(),
                new Nowhere(),
                new CountingStore(),
                SourceSpis.PLAIN,
                new Counters<>(SourceCounter.class),
                0);
        source.open(0);
        tsi = source.tsi().value();
        int leadBefore = source.lead();

        long allocated = Allocations.least(TOLERATED_BYTES, () -> run(source, ROUNDS));

        assertThat(source.lead() - leadBefore).isGreaterThan(ROUNDS / 2);
        assertThat(allocated).isLessThan(TOLERATED_BYTES);
    }

    private void run(Source source, int rounds) {
        for (int i = 0; i < rounds; i++) {
            nowNs += STEP_NS;
            supply.add(7);
            source.trySend(nowNs);
            if (i % 10 == 0 && source.lead() > 0) {
                nak.wrap(upstream, 0).type(PacketType.NAK).session(tsi, SourceRig.PORT);
                nak.source(SourceRig.PATH)
                        .group(SourceRig.GROUP)
                        .sqn(source.lead() - 1)
                        .add(source.lead());
                view.wrap(upstream, 0, nak.finish());
                source.onPacket(nowNs, view, SourceRig.PATH, SourceRig.UNICAST_PORT);
                source.onBatchEnd(nowNs);
            }
            if (source.nextDeadlineNs() - nowNs <= 0) {
                source.onTimeout(nowNs);
            }
        }
    }

    private static final class Supply extends FrameSupply {
        Supply() {
            super(FRAME_BYTES);
        }

        @Override
        public void fillFragment(ByteBuf packet, int at, int length, int apduOffset) {
            throw new AssertionError("nothing here is that long");
        }
    }

    private static final class Nowhere implements PacketSink {
        @Override
        public void toGroup(ByteBuf buffer, int at, int length) {
            // gone
        }

        @Override
        public void toNeighbours(ByteBuf buffer, int at, int length) {
            // gone
        }

        @Override
        public void toControlGroup(ByteBuf buffer, int at, int length) {
            // gone
        }

        @Override
        public void toHost(Nla host, int udpPort, ByteBuf buffer, int at, int length) {
            // gone
        }

        @Override
        public int flush() {
            return 0;
        }
    }
}
