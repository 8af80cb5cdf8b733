package org.pgmjms.tck.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** The captures of real peers, kept as resources named {@code /vectors/NAME.pcap}, and what their sources sent. */
public final class Vectors {

    private Vectors() {}

    /** The datagrams of one capture. */
    public static List<Pcap.Frame> capture(String name) {
        String resource = "/vectors/" + name + ".pcap";
        try (InputStream file = Objects.requireNonNull(Vectors.class.getResourceAsStream(resource), resource)) {
            return Pcap.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    /**
     * Message {@code index} of a source with this length: its number and its length in four bytes each, then bytes that
     * depend on number and position; all cut to the length.
     */
    public static byte[] message(int index, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.max(length, Long.BYTES));
        bytes.putInt(index).putInt(length);
        for (int i = Long.BYTES; i < length; i++) {
            bytes.put((byte) patternByte(index, i));
        }
        byte[] message = new byte[length];
        System.arraycopy(bytes.array(), 0, message, 0, length);
        return message;
    }

    /** Part {@code part} of message {@code index} of the ZeroMQ publisher. */
    public static byte[] zeromqPart(int index, int part, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) patternByte(4 * index + part, i);
        }
        return bytes;
    }

    private static int patternByte(int seed, int position) {
        return seed * 31 + position * 7 + 3;
    }
}
