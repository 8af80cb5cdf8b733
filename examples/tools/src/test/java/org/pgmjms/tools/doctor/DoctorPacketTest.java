package org.pgmjms.tools.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DoctorPacketTest {
    private static final int PORT = 65_432;

    private final DoctorPacket packet =
            new DoctorPacket(DoctorPacket.Kind.ANSWER, true, 0xABCDEF012345L, 7, 3, "host-1.example");

    @Test
    void isReadAsItWasWritten() {
        assertThat(DoctorPacket.decode(packet.encode(PORT, 0), PORT)).contains(packet);
        byte[] padded = packet.encode(PORT, 1472);
        assertThat(padded).hasSize(1472);
        assertThat(DoctorPacket.decode(padded, PORT)).contains(packet);
    }

    @Test
    void isNoneOfAnotherPort() {
        assertThat(DoctorPacket.decode(packet.encode(PORT, 0), 7500)).isEmpty();
    }

    @Test
    void everyTruncatedOneIsRefused() {
        byte[] bytes = packet.encode(PORT, 0);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(DoctorPacket.decode(Arrays.copyOf(bytes, length), PORT)).isEmpty();
        }
    }

    @Test
    void aNameCannotWriteToTheTerminal() {
        DoctorPacket rude = new DoctorPacket(DoctorPacket.Kind.PROBE, false, 1, 0, 0, "a\u001b[2Jb\n");

        assertThat(DoctorPacket.decode(rude.encode(PORT, 0), PORT).orElseThrow().host())
                .isEqualTo("a??2Jb?");
    }
}
