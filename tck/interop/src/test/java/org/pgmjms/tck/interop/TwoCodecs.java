package org.pgmjms.tck.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.tck.kit.Malformed;
import org.pgmjms.tck.kit.PgmBytes;

/**
 * Gives packets to two codecs, written apart from each other. They have to accept and refuse the same, read the same, and
 * write it again: the second codec to the same bytes, the engine to bytes that say the same.
 */
final class TwoCodecs {
    /** What the encoders can mark as being about parity. */
    private static final Set<PacketType> PARITY_WRITTEN =
            EnumSet.of(PacketType.NAK, PacketType.NNAK, PacketType.NCF, PacketType.POLR);

    private final PacketView view = new PacketView();
    private final PacketView again = new PacketView();
    private final Reencoder reencoder = new Reencoder();
    private final Map<DecodeResult, Integer> verdicts = new EnumMap<>(DecodeResult.class);

    /** How often the engine came to each verdict. */
    Map<DecodeResult, Integer> verdicts() {
        return verdicts;
    }

    /** The engine's verdict, on which the other codec has to agree. */
    DecodeResult judge(byte[] bytes) {
        DecodeResult verdict;
        try {
            verdict = view.wrap(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
            PgmBytes packet = parse(bytes, verdict);
            if (packet != null) {
                Agreement.check(packet, view);
                rewrite(bytes, packet);
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(e.getMessage() + ": " + HexFormat.of().formatHex(bytes), e);
        }
        verdicts.merge(verdict, 1, Integer::sum);
        return verdict;
    }

    private static @Nullable PgmBytes parse(byte[] bytes, DecodeResult verdict) {
        try {
            PgmBytes packet = PgmBytes.parse(bytes);
            assertEquals(DecodeResult.OK, verdict, "refused, though sound");
            return packet;
        } catch (Malformed malformed) {
            if (verdict == DecodeResult.OK) {
                fail("accepted, though " + malformed.getMessage());
            }
            return null;
        }
    }

    private void rewrite(byte[] bytes, PgmBytes packet) {
        assertArrayEquals(withoutNoise(bytes, packet), packet.encode());
        if (view.hasParity() && !PARITY_WRITTEN.contains(view.type())) {
            return;
        }
        List<Object> read = Everything.of(view);
        byte[] written = reencoder.encode(view);
        assertEquals(DecodeResult.OK, again.wrap(Unpooled.wrappedBuffer(written), 0, written.length), "written badly");
        assertEquals(read, Everything.of(again), "says something else when written again");
        assertTrue(written.length <= bytes.length, "longer when written again");
    }

    /** Without bytes behind the end, and with the checksum that is right then. */
    private static byte[] withoutNoise(byte[] bytes, PgmBytes packet) {
        int length = packet.encode().length;
        byte[] exact = Arrays.copyOf(bytes, length);
        Gen.setChecksum(exact);
        return exact;
    }
}
