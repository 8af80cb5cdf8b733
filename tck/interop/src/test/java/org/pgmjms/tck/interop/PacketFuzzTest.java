package org.pgmjms.tck.interop;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgmjms.engine.testing.Gen;

/** Two codecs agree on whatever comes in. In the build the corpus is run; with {@code -Pdeep} it is searched further. */
@Tag("fuzz")
class PacketFuzzTest {
    private final TwoCodecs codecs = new TwoCodecs();

    static Stream<byte[]> packets() {
        return PacketCorpus.packets();
    }

    /** As it is, and once more with the checksum put right, which no luck would find. */
    @MethodSource("packets")
    @FuzzTest
    void twoCodecsAgree(byte[] data) {
        if (data != null && data.length > 0) {
            codecs.judge(data);
            byte[] sealed = data.clone();
            Gen.setChecksum(sealed);
            codecs.judge(sealed);
        }
    }
}
