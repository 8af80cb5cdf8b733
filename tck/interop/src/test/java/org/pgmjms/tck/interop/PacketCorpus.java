package org.pgmjms.tck.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.tck.kit.Pcap;
import org.pgmjms.tck.kit.Vectors;

/**
 * The golden corpus: packets with the verdict that is right for them, in {@code corpus/packets.txt}, and what other
 * implementations sent.
 */
final class PacketCorpus {
    private static final String RESOURCE = "/corpus/packets.txt";
    private static final int FROM_EACH_CAPTURE = 12;
    private static final HexFormat HEX = HexFormat.of();

    private PacketCorpus() {}

    /** One line of the file: {@code VERDICT name hex}, a dash in place of no bytes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(DecodeResult verdict, String name, byte[] packet) {
        static Entry of(String line) {
            String[] words = line.split("\\s+", 3);
            return new Entry(DecodeResult.valueOf(words[0]), words[1], HEX.parseHex(words[2].replace("-", "")));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Entry> entries() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PacketCorpus.class.getResourceAsStream(RESOURCE)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Entry::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    /** All of the file, and some of each capture. */
    static Stream<byte[]> packets() {
        Stream<byte[]> captured = EveryCaptureTest.captures()
                .flatMap(capture -> Vectors.capture(capture).stream().limit(FROM_EACH_CAPTURE))
                .map(Pcap.Frame::payload);
        return Stream.concat(entries().stream().map(Entry::packet), captured);
    }
}
