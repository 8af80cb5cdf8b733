package org.pgmjms.tck.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class PcapTest {
    private static final int MICROSECONDS = 0xA1B2C3D4;
    private static final int ARP = 0x0806;
    private static final int IPV4 = 0x0800;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final byte[] PAYLOAD = {1, 2, 3};

    @Test
    void takesDatagramsOutOfFrames() throws IOException {
        List<Pcap.Frame> frames = read(file(MICROSECONDS, udp(0)));

        Pcap.Frame frame = frames.get(0);
        assertEquals(1, frames.size());
        assertEquals(7_000_009_000L, frame.nanos());
        assertEquals("10.77.0.1", frame.source().getHostAddress());
        assertEquals("239.192.0.1", frame.destination().getHostAddress());
        assertEquals(16, frame.ttl());
        assertEquals(4000, frame.sourcePort());
        assertEquals(3056, frame.destinationPort());
        assertArrayEquals(PAYLOAD, frame.payload());
        assertFalse(frame.fragment());
    }

    @Test
    void saysThatAFrameIsOnlyAPart() throws IOException {
        for (int fragmentField : new int[] {MORE_FRAGMENTS, 185}) {
            Pcap.Frame frame = read(file(MICROSECONDS, udp(fragmentField))).get(0);

            assertTrue(frame.fragment());
            assertEquals(-1, frame.destinationPort());
        }
    }

    @Test
    void leavesOutWhatIsNoDatagramButCountsIt() throws IOException {
        byte[] arp = ByteBuffer.allocate(42).putShort(12, (short) ARP).array();

        List<Pcap.Frame> frames = read(file(MICROSECONDS, arp, udp(0)));

        assertEquals(1, frames.size());
        assertEquals(2, frames.get(0).number());
    }

    @Test
    void refusesOtherFormats() {
        assertThrows(IOException.class, () -> read(file(0x0A0D0D0A, udp(0))));
    }

    private static List<Pcap.Frame> read(byte[] file) throws IOException {
        return Pcap.read(new ByteArrayInputStream(file));
    }

    private static byte[] file(int magic, byte[]... frames) {
        ByteBuffer file = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(magic).position(20).putInt(1);
        for (byte[] frame : frames) {
            file.putInt(7).putInt(9).putInt(frame.length).putInt(frame.length).put(frame);
        }
        byte[] bytes = new byte[file.position()];
        file.flip().get(bytes);
        return bytes;
    }

    private static byte[] udp(int fragmentField) {
        ByteBuffer frame = ByteBuffer.allocate(14 + 20 + 8 + PAYLOAD.length);
        frame.position(12).putShort((short) IPV4);
        frame.put((byte) 0x45).put((byte) 0).putShort((short) (20 + 8 + PAYLOAD.length));
        frame.putShort((short) 1).putShort((short) fragmentField);
        frame.put((byte) 16)
                .put((byte) Pcap.UDP)
                .putShort((short) 0)
                .putInt(0x0A4D0001)
                .putInt(0xEFC00001);
        frame.putShort((short) 4000).putShort((short) 3056).putShort((short) (8 + PAYLOAD.length));
        return frame.putShort((short) 0).put(PAYLOAD).array();
    }
}
