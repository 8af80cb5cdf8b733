package org.pgmjms.tools.dump;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads captures in the pcap and pcapng formats, of either byte order. One owner. */
public final class Capture {
    private static final int PCAP_MICROS = 0xA1B2C3D4;
    private static final int PCAP_NANOS = 0xA1B23C4D;
    private static final int PCAPNG_SECTION = 0x0A0D0D0A;
    private static final int PCAPNG_ORDER = 0x1A2B3C4D;
    private static final int INTERFACE_BLOCK = 1;
    private static final int SIMPLE_BLOCK = 3;
    private static final int ENHANCED_BLOCK = 6;
    private static final int END_OF_OPTIONS = 0;
    private static final int TIME_RESOLUTION = 9;
    private static final int MAX_BLOCK_BYTES = 64 << 20;
    private static final long NANOS = 1_000_000_000L;
    private static final int LINK_MASK = 0xFFFF;

    private final DataInputStream in;
    private final Predicate<Datagram> taker;
    private final List<Interface> interfaces = new ArrayList<>();
    private ByteOrder order = ByteOrder.BIG_ENDIAN;

    /** What a pcapng file says of an interface. */
    private record Interface(Optional<IpPackets.LinkType> link, long unitsPerSecond) {}

    private Capture(InputStream in, Predicate<Datagram> taker) {
        this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        this.taker = taker;
    }

    /**
     * Hands out all datagrams of a file, as long as they are wanted.
     *
     * @param taker answers whether it wants more
     * @throws IOException when it is no capture, or is damaged
     */
    public static void read(InputStream file, Predicate<Datagram> taker) throws IOException {
        new Capture(file, taker).read();
    }

    private void read() throws IOException {
        int magic = in.readInt();
        if (magic == PCAPNG_SECTION) {
            section();
            readBlocks();
            return;
        }
        order = magic == PCAP_MICROS || magic == PCAP_NANOS ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int ordered = order == ByteOrder.BIG_ENDIAN ? magic : Integer.reverseBytes(magic);
        if (ordered != PCAP_MICROS && ordered != PCAP_NANOS) {
            throw new IOException("neither pcap nor pcapng");
        }
        readRecords(ordered == PCAP_NANOS ? 1 : 1000);
    }

    private void readRecords(long nanosPerUnit) throws IOException {
        ByteBuffer head = block(20);
        Optional<IpPackets.LinkType> link = IpPackets.LinkType.of(head.getInt(16) & LINK_MASK);
        if (link.isEmpty()) {
            throw new IOException("frames of a kind that is not known: " + (head.getInt(16) & LINK_MASK));
        }
        boolean isWanted = true;
        while (isWanted && hasMore()) {
            ByteBuffer record = block(16);
            long nanos = Integer.toUnsignedLong(record.getInt(0)) * NANOS
                    + Integer.toUnsignedLong(record.getInt(4)) * nanosPerUnit;
            isWanted = hand(link, nanos, bytes(record.getInt(8)));
        }
    }

    private void readBlocks() throws IOException {
        boolean isWanted = true;
        while (isWanted && hasMore()) {
            int type = ordered(in.readInt());
            if (type == PCAPNG_SECTION) {
                section();
                continue;
            }
            ByteBuffer body = body(ordered(in.readInt()));
            switch (type) {
                case INTERFACE_BLOCK -> interfaces.add(anInterface(body));
                case ENHANCED_BLOCK -> isWanted = enhanced(body);
                case SIMPLE_BLOCK -> isWanted = simple(body);
                default -> {
                    // names, statistics and the like
                }
            }
        }
    }

    /** The rest of a section's header, whose first word has been read; it says the byte order. */
    private void section() throws IOException {
        byte[] length = new byte[Integer.BYTES];
        in.readFully(length);
        int magic = in.readInt();
        order = magic == PCAPNG_ORDER ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        if (ordered(magic) != PCAPNG_ORDER) {
            throw new IOException("a pcapng section without a byte order");
        }
        int total = ByteBuffer.wrap(length).order(order).getInt();
        block(total - 3 * Integer.BYTES);
        interfaces.clear();
    }

    private Interface anInterface(ByteBuffer body) {
        long units = 1_000_000;
        int at = 8;
        while (at + 4 <= body.limit()) {
            int code = body.getShort(at) & 0xFFFF;
            int length = body.getShort(at + 2) & 0xFFFF;
            if (code == END_OF_OPTIONS) {
                break;
            }
            if (code == TIME_RESOLUTION && length >= 1) {
                units = unitsPerSecond(body.get(at + 4));
            }
            at += 4 + (length + 3 & ~3);
        }
        return new Interface(IpPackets.LinkType.of(body.getShort(0) & LINK_MASK), units);
    }

    private static long unitsPerSecond(int resolution) {
        int exponent = resolution & 0x7F;
        if ((resolution & 0x80) != 0) {
            return 1L << Math.min(exponent, 40);
        }
        long units = 1;
        for (int i = 0; i < Math.min(exponent, 12); i++) {
            units *= 10;
        }
        return units;
    }

    private boolean enhanced(ByteBuffer body) throws IOException {
        Interface from = interfaceAt(body.getInt(0));
        long time = (long) body.getInt(4) << Integer.SIZE | Integer.toUnsignedLong(body.getInt(8));
        long nanos = time / from.unitsPerSecond * NANOS
                + Math.round((double) (time % from.unitsPerSecond) / from.unitsPerSecond * NANOS);
        return hand(from.link, nanos, part(body, 20, body.getInt(12)));
    }

    private boolean simple(ByteBuffer body) throws IOException {
        Interface from = interfaceAt(0);
        return hand(from.link, 0, part(body, 4, Math.min(body.getInt(0), body.limit() - 8)));
    }

    private Interface interfaceAt(int index) throws IOException {
        if (index < 0 || index >= interfaces.size()) {
            throw new IOException("a packet of an interface that is not described: " + index);
        }
        return interfaces.get(index);
    }

    private static byte[] part(ByteBuffer body, int at, int length) throws IOException {
        if (length < 0 || length > body.limit() - at) {
            throw new IOException("a packet longer than its block");
        }
        byte[] bytes = new byte[length];
        body.get(at, bytes);
        return bytes;
    }

    private boolean hand(Optional<IpPackets.LinkType> link, long nanos, byte[] frame) {
        Optional<Datagram> found = link.flatMap(type -> IpPackets.find(type, nanos, frame));
        return found.isEmpty() || taker.test(found.get());
    }

    /** The body of a block and, at its end, its length once more. */
    private ByteBuffer body(int total) throws IOException {
        return block(total - 2 * Integer.BYTES);
    }

    private ByteBuffer block(int length) throws IOException {
        return ByteBuffer.wrap(bytes(length)).order(order);
    }

    private byte[] bytes(int length) throws IOException {
        if (length < 0 || length > MAX_BLOCK_BYTES) {
            throw new IOException("a block of " + length + " bytes: the capture is damaged");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the capture ends within a packet");
        }
        return bytes;
    }

    private boolean hasMore() throws IOException {
        in.mark(1);
        int next = in.read();
        in.reset();
        return next >= 0;
    }

    private int ordered(int value) {
        return order == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
    }
}
