package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.PacketType;

/** Each packet of the golden corpus gets the verdict that is written beside it, from both codecs. */
class PacketCorpusTest {
    static List<PacketCorpus.Entry> entries() {
        return PacketCorpus.entries();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void getsItsVerdict(PacketCorpus.Entry entry) {
        assertThat(new TwoCodecs().judge(entry.packet())).isEqualTo(entry.verdict());
    }

    @Test
    void hasEveryVerdictAndEveryType() {
        assertThat(entries().stream().map(PacketCorpus.Entry::verdict).distinct())
                .containsExactlyInAnyOrderElementsOf(Stream.of(DecodeResult.values())
                        .filter(verdict -> verdict != DecodeResult.NOT_AUTHENTIC)
                        .toList());
        assertThat(entries().stream()
                        .filter(entry -> entry.verdict() == DecodeResult.OK)
                        .map(entry -> PacketType.of(entry.packet()[4]))
                        .distinct())
                .containsExactlyInAnyOrder(PacketType.values());
        assertThat(entries().stream().map(PacketCorpus.Entry::name)).doesNotHaveDuplicates();
    }
}
