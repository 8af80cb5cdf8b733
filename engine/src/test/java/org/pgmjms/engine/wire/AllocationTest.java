package org.pgmjms.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.testing.Allocations;
import org.pgmjms.engine.testing.Gen;

/** Reading and writing packets costs no memory. */
@Tag("allocation")
class AllocationTest {
    private static final int ROUNDS = 5_000;
    /** What the measurement itself may cost. */
    private static final long SLACK_BYTES = 1024;

    private final PacketView view = new PacketView();
    private final ByteBuf buffer = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(Gen.MAX_PACKET));
    private final Nla source = Nla.ipv4(0x0A4D0001);
    private final Nla group = Nla.ipv4(0xEFC00001);

    @Test
    void readsPacketsWithoutAllocating() {
        Gen gen = new Gen(1);
        List<ByteBuf> packets = Stream.of(PacketType.values())
                .flatMap(type -> Stream.generate(() -> gen.packet(type)).limit(20))
                .flatMap(packet -> Stream.of(packet, gen.mutant(packet)))
                .map(Unpooled::wrappedBuffer)
                .toList();
        int[] accepted = new int[1];

        assertAllocatesNothing(() -> {
            for (int i = 0; i < packets.size(); i++) {
                ByteBuf packet = packets.get(i);
                if (view.wrap(packet, 0, packet.capacity()) == DecodeResult.OK) {
                    accepted[0] += read();
                }
            }
        });

        assertTrue(accepted[0] > 0);
    }

    private int read() {
        int sum = (int) view.tsi() & 1 | 1;
        if (view.type() == PacketType.SPM) {
            sum += view.spm().pathEquals(source) ? 1 : 0;
        } else if (view.type() == PacketType.NAK) {
            sum += view.nak().sourceEquals(source) && view.nak().groupEquals(group) ? 1 : 0;
        }
        return view.options().has(OptionType.FRAGMENT) ? sum + 1 : sum;
    }

    @Test
    void writesPacketsWithoutAllocating() {
        SpmEncoder spm = new SpmEncoder();
        DataEncoder data = new DataEncoder();
        NakEncoder nak = new NakEncoder();
        int[] length = new int[1];

        assertAllocatesNothing(() -> {
            spm.wrap(buffer, 0).session(1, 2).sqn(3).trail(4).lead(5).path(source);
            length[0] = spm.sessionOption(1, 2, 3, 4).join(5).fin().finish();
            data.wrap(buffer, 0).type(PacketType.ODATA).session(1, 2).sqn(3).trail(2);
            length[0] += data.fragment(3, 0, 5000).syn().finish(1000);
            DataEncoder.rewrite(buffer, 0, PacketType.RDATA, 3);
            nak.wrap(buffer, 0)
                    .type(PacketType.NCF)
                    .session(1, 2)
                    .source(source)
                    .group(group)
                    .sqn(1);
            length[0] += nak.add(2).add(3).finish();
        });

        assertEquals(36 + 4 + 20 + 8 + 4 + 24 + 4 + 16 + 4 + 1000 + 36 + 4 + 12, length[0]);
    }

    private void assertAllocatesNothing(Runnable work) {
        long allocated = Allocations.least(SLACK_BYTES, () -> repeat(work));

        assertTrue(allocated < SLACK_BYTES, () -> allocated + " bytes in " + ROUNDS + " rounds");
    }

    private static void repeat(Runnable work) {
        for (int i = 0; i < ROUNDS; i++) {
            work.run();
        }
    }
}
