package org.pgmjms.tck.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.provider.message.ZmqReader;
import org.pgmjms.tck.interop.Trace.Seen;
import org.pgmjms.tck.kit.Vectors;

/** What a ZeroMQ publisher puts into packets: an offset to the first message that starts there, then messages. */
class ZeroMqVectorsTest {
    private static final int LONG_LENGTH = 0xFF;
    private static final int MORE = 1;
    /** What a byte array in a stream message begins with, before its length: docs/wire-format.md. */
    private static final byte ARRAY_ELEMENT = 11;
    /** Lengths of the parts of each message. */
    private static final int[][] MESSAGES = {
        {1}, {10}, {253}, {254}, {255}, {0}, {4, 300}, {3, 0, 5}, {4000}, {20}, {1424}, {8}, {30}, {30}, {30}
    };

    private final List<Seen> data = Trace.of("23-zmq-epgm").of(PacketType.ODATA).toList();

    @Test
    void eachPacketSaysWhereItsFirstMessageStarts() {
        List<Integer> offsets = data.stream()
                .map(seen -> ByteBuffer.wrap(seen.payload()).getShort() & 0xFFFF)
                .toList();

        assertEquals(16, offsets.size());
        for (int n = 0; n < offsets.size(); n++) {
            int expected = n == 9
                    ? 0xFFFF
                    : n == 10 ? 0x0486 : n == 13 ? data.get(13).view().payloadLength() - 2 : 0;
            assertEquals(expected, offsets.get(n), "packet " + n);
        }
        assertEquals(98, data.get(15).view().payloadLength());
    }

    @Test
    void longMessagesHaveLongLengths() {
        ByteBuffer packet = ByteBuffer.wrap(data.get(4).payload());

        assertEquals(LONG_LENGTH, packet.get(2) & 0xFF);
        assertEquals(256, packet.getLong(3));
    }

    @Test
    void theStreamHoldsAllMessages() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        data.forEach(seen -> stream.write(seen.payload(), 2, seen.view().payloadLength() - 2));
        ByteBuffer bytes = ByteBuffer.wrap(stream.toByteArray());

        List<List<byte[]>> messages = messages(bytes);

        assertEquals(MESSAGES.length, messages.size());
        for (int index = 0; index < MESSAGES.length; index++) {
            assertEquals(MESSAGES[index].length, messages.get(index).size());
            for (int part = 0; part < MESSAGES[index].length; part++) {
                assertArrayEquals(
                        Vectors.zeromqPart(index, part, MESSAGES[index][part]),
                        messages.get(index).get(part));
            }
        }
    }

    /** What subscribers with {@code format=zmq} make of the same packets: bytes, or elements of a stream message. */
    @Test
    void subscribersGetTheSameMessages() {
        ZmqReader reader = new ZmqReader(1 << 20);
        List<byte[]> taken = new ArrayList<>();

        for (int packet = 0; packet < data.size(); packet++) {
            Seen seen = data.get(packet);
            ByteBuf apdu = Unpooled.wrappedBuffer(seen.payload(), 0, seen.view().payloadLength());
            assertTrue(reader.take(packet, apdu, (body, isStream, number) -> taken.add(body)));
        }

        assertEquals(MESSAGES.length, taken.size());
        for (int index = 0; index < MESSAGES.length; index++) {
            assertArrayEquals(body(index), taken.get(index), "message " + index);
        }
    }

    private static byte[] body(int index) {
        ByteBuffer body = ByteBuffer.allocate(1 << 14);
        for (int part = 0; part < MESSAGES[index].length; part++) {
            if (MESSAGES[index].length > 1) {
                body.put(ARRAY_ELEMENT).putInt(MESSAGES[index][part]);
            }
            body.put(Vectors.zeromqPart(index, part, MESSAGES[index][part]));
        }
        return Arrays.copyOf(body.array(), body.position());
    }

    private static List<List<byte[]>> messages(ByteBuffer bytes) {
        List<List<byte[]>> messages = new ArrayList<>();
        List<byte[]> parts = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int small = bytes.get() & 0xFF;
            int length = small == LONG_LENGTH ? (int) bytes.getLong() : small;
            int flags = bytes.get();
            byte[] part = new byte[length - 1];
            bytes.get(part);
            parts.add(part);
            if ((flags & MORE) == 0) {
                messages.add(parts);
                parts = new ArrayList<>();
            }
        }
        return messages;
    }

    @Test
    void aLostPacketIsRepaired() {
        Trace trace = Trace.of("23-zmq-epgm");

        assertEquals(List.of("NAK 4", "NCF 4", "RDATA 4"), trace.texts(seen -> seen.isRepairOf(4)));
        assertEquals(5555, trace.frame(1).frame().destinationPort());
        assertEquals(5555, trace.frame(1).view().dataDestinationPort());
    }
}
