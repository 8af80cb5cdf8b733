package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.testing.PacketMutator;
import org.pgmjms.engine.testing.Seeds;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.tck.kit.Pcap;
import org.pgmjms.tck.kit.Vectors;

/**
 * Two codecs, written apart from each other, accept and refuse the same packets and read the same out of them: a million
 * damaged ones in each build.
 */
class TwoCodecsTest {
    private static final int MUTANTS = 1000;
    private static final int MUTANTS_PER_FRAME = 50;
    private static final int STRUCTURED_MUTANTS = 50_000;
    private static final int MUTANTS_PER_PACKET = 25;

    private final TwoCodecs codecs = new TwoCodecs();

    @Seeds(fresh = 20)
    void agreeOnDamagedPacketsOfRealPeers(long seed) {
        Gen gen = new Gen(seed);
        PacketMutator mutator = new PacketMutator(gen);
        List<String> captures = EveryCaptureTest.captures().toList();
        List<Pcap.Frame> frames = Vectors.capture(captures.get(gen.below(captures.size())));
        for (Pcap.Frame frame : frames) {
            for (int i = 0; i < MUTANTS_PER_FRAME; i++) {
                codecs.judge(gen.oneIn(2) ? gen.mutant(frame.payload()) : mutator.mutant(frame.payload()));
            }
        }

        assertThat(codecs.verdicts()).containsKey(DecodeResult.OK).hasSizeGreaterThan(1);
    }

    @Seeds(fresh = 20)
    void agreeOnPacketsOfEveryTypeWithDamagedBytes(long seed) {
        Gen gen = new Gen(seed);
        for (int i = 0; i < MUTANTS; i++) {
            byte[] packet = gen.packet();
            codecs.judge(packet);
            codecs.judge(gen.mutant(packet));
        }

        assertThat(codecs.verdicts()).containsKey(DecodeResult.OK).hasSizeGreaterThan(1);
    }

    @Seeds(fresh = 20, deep = 200)
    void agreeOnPacketsOfEveryTypeWithDamagedParts(long seed) {
        Gen gen = new Gen(seed);
        PacketMutator mutator = new PacketMutator(gen);
        byte[] packet = gen.packet();
        for (int i = 0; i < STRUCTURED_MUTANTS; i++) {
            byte[] before = packet;
            packet = i % MUTANTS_PER_PACKET == 0 ? gen.packet() : packet;
            codecs.judge(mutator.mutant(packet, before));
        }

        for (DecodeResult result : DecodeResult.values()) {
            if (result != DecodeResult.NOT_AUTHENTIC) {
                assertThat(codecs.verdicts().getOrDefault(result, 0))
                        .as(() -> result + " of " + codecs.verdicts())
                        .isGreaterThan(STRUCTURED_MUTANTS / 1000);
            }
        }
    }
}
