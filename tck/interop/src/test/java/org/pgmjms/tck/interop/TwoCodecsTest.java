package org.pgmjms.tck.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.tck.kit.Malformed;
import org.pgmjms.tck.kit.Pcap;
import org.pgmjms.tck.kit.PgmBytes;
import org.pgmjms.tck.kit.Vectors;

/** Two codecs, written apart from each other, accept and refuse the same packets and read the same out of them. */
class TwoCodecsTest {
    private static final int MUTANTS = 2000;
    private static final int MUTANTS_PER_FRAME = 50;

    private final PacketView view = new PacketView();
    private int accepted;
    private int refused;

    @Seeds(fresh = 20)
    void agreeOnDamagedPacketsOfRealPeers(long seed) {
        Gen gen = new Gen(seed);
        List<String> captures = EveryCaptureTest.captures().toList();
        List<Pcap.Frame> frames = Vectors.capture(captures.get(gen.below(captures.size())));
        for (Pcap.Frame frame : frames) {
            for (int i = 0; i < MUTANTS_PER_FRAME; i++) {
                compare(gen.mutant(frame.payload()));
            }
        }
        assertTrue(accepted > 0 && refused > 0);
    }

    @Seeds(fresh = 50)
    void agreeOnDamagedPacketsOfEveryType(long seed) {
        Gen gen = new Gen(seed);
        for (int i = 0; i < MUTANTS; i++) {
            byte[] packet = gen.packet();
            compare(packet);
            compare(gen.mutant(packet));
        }
        assertTrue(accepted > 0 && refused > 0);
    }

    private void compare(byte[] bytes) {
        boolean ours = view.wrap(Unpooled.wrappedBuffer(bytes), 0, bytes.length) == DecodeResult.OK;
        try {
            PgmBytes packet = PgmBytes.parse(bytes);
            assertTrue(ours, () -> "refused, though sound: " + hex(bytes));
            Agreement.check(packet, view);
            accepted++;
        } catch (Malformed malformed) {
            if (ours) {
                fail("accepted, though " + malformed.getMessage() + ": " + hex(bytes));
            }
            refused++;
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
