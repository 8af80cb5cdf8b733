package org.pgmjms.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgmjms.engine.testing.Gen;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.tck.kit.Pcap;
import org.pgmjms.tck.kit.PgmBytes;
import org.pgmjms.tck.kit.Vectors;

/** What is small enough to be tried without exception: two codecs agree on every one of them. */
class SmallPacketsTest {
    private static final int OPTION_TYPES = 128;
    private static final int LENGTHS = 256;
    private static final int GOLDEN = 50;
    private static final int LARGEST_GOLDEN = 150;
    private static final int OPTIONS_PRESENT = 1;
    private static final int END = 0x80;

    private final TwoCodecs codecs = new TwoCodecs();

    /** With room for the option and without, as the length says so and as it does not. */
    @ParameterizedTest
    @EnumSource(PacketType.class)
    void everyOptionOfEveryLengthOnEveryType(PacketType type) {
        byte[] bare = bare(type);
        for (int option = 0; option < OPTION_TYPES; option++) {
            for (int length = 0; length < LENGTHS; length++) {
                int room = Math.max(4, length);
                byte[] fitting = withOption(bare, option, length, room);
                codecs.judge(fitting);
                if (length % 4 == 0) {
                    fitting[bare.length + 7] = 1;
                    fitting[bare.length + Math.min(room, 12) + 1] = 1;
                    Gen.setChecksum(fitting);
                    codecs.judge(fitting);
                }
            }
        }

        assertThat(codecs.verdicts())
                .containsKeys(
                        DecodeResult.OK,
                        DecodeResult.BAD_OPTION,
                        DecodeResult.BAD_OPTIONS,
                        type.isData() ? DecodeResult.BAD_FRAGMENT : DecodeResult.MISPLACED_OPTION);
    }

    @Test
    void everyTruncationOfGoldenPackets() {
        for (byte[] packet : golden()) {
            for (int length = 0; length < packet.length; length++) {
                byte[] cut = Arrays.copyOf(packet, length);
                codecs.judge(cut);
                Gen.setChecksum(cut);
                assertThat(codecs.judge(cut)).isNotEqualTo(DecodeResult.OK);
            }
        }
    }

    @Test
    void everyWrongBitOfGoldenPackets() {
        int refused = 0;
        int flips = 0;
        for (byte[] packet : golden()) {
            for (int bit = 0; bit < packet.length * Byte.SIZE; bit++) {
                byte[] flipped = packet.clone();
                flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                assertThat(codecs.judge(flipped)).isNotEqualTo(DecodeResult.OK);
                Gen.setChecksum(flipped);
                refused += codecs.judge(flipped) == DecodeResult.OK ? 0 : 1;
                flips++;
            }
        }

        assertThat(refused).isBetween(flips / 10, flips - flips / 10);
    }

    /** One of each kind that real peers sent, smallest first, and of those that none of them sends. */
    private static List<byte[]> golden() {
        Gen gen = new Gen(1);
        Map<String, byte[]> kinds = new LinkedHashMap<>();
        EveryCaptureTest.captures()
                .flatMap(capture -> Vectors.capture(capture).stream())
                .map(Pcap.Frame::payload)
                .sorted((a, b) -> a.length - b.length)
                .forEach(packet -> kinds.putIfAbsent(packet[4] + "/" + packet[5] + "/" + packet.length / 4, packet));
        kinds.values().removeIf(packet -> packet.length > LARGEST_GOLDEN);
        while (kinds.size() < GOLDEN) {
            byte[] packet = gen.packet();
            if (packet.length <= LARGEST_GOLDEN) {
                kinds.put("made " + kinds.size(), packet);
            }
        }
        return List.copyOf(kinds.values());
    }

    private static byte[] bare(PacketType type) {
        byte[] host = {0, 1, 0, 0, 10, 0, 0, 1};
        byte[] group = {0, 1, 0, 0, (byte) 239, 1, 1, 1};
        ByteBuffer body = ByteBuffer.allocate(64).putInt(9).putInt(5);
        switch (type) {
            case SPM -> body.putInt(9).put(host);
            case NAK, NNAK, NCF -> body.position(4).put(host).put(group);
            case POLL -> body.put(host).putInt(1).putInt(2).putInt(3);
            case SPMR -> body.clear();
            case ODATA, RDATA, POLR, ACK -> body.position(8);
        }
        byte[] bytes = Arrays.copyOf(body.array(), body.position());
        return new PgmBytes(type.code(), 1, 2, 3, 0, bytes, List.of(), new byte[0]).encode();
    }

    private static byte[] withOption(byte[] bare, int type, int length, int room) {
        byte[] packet = Arrays.copyOf(bare, bare.length + 4 + room);
        packet[5] |= OPTIONS_PRESENT;
        packet[bare.length + 1] = 4;
        packet[bare.length + 2] = (byte) (4 + room >> 8);
        packet[bare.length + 3] = (byte) (4 + room);
        packet[bare.length + 4] = (byte) (type | END);
        packet[bare.length + 5] = (byte) length;
        Gen.setChecksum(packet);
        return packet;
    }
}
