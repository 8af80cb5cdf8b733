package org.pgmjms.tck.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.tck.interop.Trace.Seen;
import org.pgmjms.tck.kit.Malformed;
import org.pgmjms.tck.kit.Pcap;
import org.pgmjms.tck.kit.PgmBytes;
import org.pgmjms.tck.kit.PgmOption;
import org.pgmjms.tck.kit.Vectors;

/** Each packet that OpenPGM and ZeroMQ sent is read, and written again to the same bytes, by two codecs. */
class EveryCaptureTest {
    /** Captures whose parity packets we do not read yet, and which need forward error correction altogether. */
    static final List<String> PARITY = List.of(
            "12-fec-parity-k4",
            "13-fec-parity-varlen",
            "14-fec-parity-fragment",
            "15-fec-parity-k16",
            "16-fec-parity-k128",
            "17-fec-proactive",
            "18-fec-selective-after-parity");

    private static final int PARITY_PRM = 8;

    static Stream<String> captures() {
        return Stream.of(
                "01-basic",
                "02-fragments",
                "03-loss-single",
                "04-loss-burst",
                "05-loss-control",
                "05-loss-control.rx",
                "06-ncf-retries",
                "06-ncf-retries.rx",
                "07-trail-advance",
                "07-trail-advance.rx",
                "08-data-retries",
                "09-late-join-spmr",
                "10-two-receivers",
                "10-two-receivers.rx",
                "11-fec-advertised",
                "19-pgmcc",
                "20-raw-ip113-router-alert",
                "21-udp-router-alert",
                "22-ipv6",
                "23-zmq-epgm",
                "24-heartbeat");
    }

    @ParameterizedTest
    @MethodSource("captures")
    void isWrittenAgainToTheSameBytes(String capture) throws Malformed {
        Reencoder reencoder = new Reencoder();
        for (Seen seen : Trace.of(capture).packets()) {
            byte[] expected = withoutNoise(PgmBytes.parse(seen.frame().payload()));
            assertArrayEquals(
                    expected,
                    reencoder.encode(seen.view()),
                    () -> capture + ", frame " + seen.frame().number());
        }
    }

    /** OpenPGM leaves byte 2 of PARITY_PRM as it finds it in memory. */
    private static byte[] withoutNoise(PgmBytes packet) {
        List<PgmOption> options = packet.options().stream()
                .map(option -> option.type() == PARITY_PRM
                        ? new PgmOption(PARITY_PRM, 0, option.third(), option.value())
                        : option)
                .toList();
        return new PgmBytes(
                        packet.type(),
                        packet.sourcePort(),
                        packet.destinationPort(),
                        packet.gsi(),
                        packet.flags(),
                        packet.body(),
                        options,
                        packet.payload())
                .encode();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void isReadTheSameByTheSecondCodec(String capture) throws Malformed {
        for (Seen seen : Trace.of(capture).packets()) {
            byte[] bytes = seen.frame().payload();
            PgmBytes packet = PgmBytes.parse(bytes);
            assertArrayEquals(bytes, packet.encode());
            Agreement.check(packet, seen.view());
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void travelsBetweenTheAddressesItNames(String capture) {
        for (Seen seen : Trace.of(capture).packets()) {
            boolean unicast = !seen.frame().destination().isMulticastAddress();
            boolean upstream = seen.type().isUpstream();
            assertEquals(
                    upstream,
                    unicast || seen.type() == PacketType.SPMR,
                    () -> "frame " + seen.frame().number());
            assertFalse(seen.frame().fragment());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"12-fec-parity-k4", "17-fec-proactive", "18-fec-selective-after-parity"})
    void knowsParityPacketsWhenItSeesThem(String capture) {
        List<Pcap.Frame> frames = Vectors.capture(capture);
        long refused = frames.stream()
                .filter(frame -> !Agreement.accepted(frame.payload()))
                .count();

        assertTrue(PARITY.contains(capture));
        assertTrue(refused > 0, "no parity packet in the capture");
        for (Pcap.Frame frame : frames) {
            boolean parityData = (frame.payload()[5] & 0x80) != 0 && (frame.payload()[4] & 0xFC) == 4;
            assertEquals(!parityData, Agreement.accepted(frame.payload()), () -> "frame " + frame.number());
        }
    }
}
