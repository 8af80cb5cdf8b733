package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading packets with every check, that of the sum included. */
@State(Scope.Thread)
public class DecodeBenchmark {
    private static final int PORT = 7500;
    private static final int PAYLOAD = 1380;
    private static final int LONGEST = 65_507;
    private static final int LIST = 62;
    private static final Nla SOURCE = Nla.ipv4(0x0A4D_0001);
    private static final Nla GROUP = Nla.ipv4(0xEFC0_0001);

    private final PacketView view = new PacketView();
    private final ByteBuf odata = Unpooled.directBuffer(2048, 2048);
    private final ByteBuf longest = Unpooled.directBuffer(LONGEST, LONGEST);
    private final ByteBuf fragment = Unpooled.directBuffer(2048, 2048);
    private final ByteBuf spm = Unpooled.directBuffer(2048, 2048);
    private final ByteBuf nak = Unpooled.directBuffer(2048, 2048);
    private final int odataLength = data(odata).finish(PAYLOAD);
    private final int longestLength = data(longest).finish(LONGEST - DataEncoder.headerLength(0));
    private final int fragmentLength = data(fragment).fragment(5, 0, 100_000).finish(PAYLOAD);
    private final int spmLength = new SpmEncoder()
            .wrap(spm, 0)
            .session(7, PORT)
            .sqn(1)
            .trail(0)
            .lead(5)
            .path(SOURCE)
            .join(0)
            .sessionOption(40_000, 0, 1000, 0)
            .finish();
    private final int nakLength = fullNak(nak);
    private final ByteBuf backwards = Unpooled.directBuffer(2048, 2048);
    private final int backwardsLength = reverse(backwards, fullNak(backwards));

    private static DataEncoder data(ByteBuf buffer) {
        return new DataEncoder()
                .wrap(buffer, 0)
                .type(PacketType.ODATA)
                .session(7, PORT)
                .sqn(5)
                .trail(0);
    }

    private static int fullNak(ByteBuf buffer) {
        NakEncoder encoder = new NakEncoder();
        encoder.wrap(buffer, 0)
                .type(PacketType.NAK)
                .session(7, PORT)
                .source(SOURCE)
                .group(GROUP)
                .sqn(1);
        for (int more = 1; more <= LIST; more++) {
            encoder.add(1 + 2 * more);
        }
        return encoder.finish();
    }

    /** The encoder would bring the list into order. */
    private static int reverse(ByteBuf packet, int length) {
        int first = length - LIST * Integer.BYTES;
        for (int i = 0; i < LIST / 2; i++) {
            int low = first + i * Integer.BYTES;
            int high = length - (i + 1) * Integer.BYTES;
            int number = packet.getInt(low);
            packet.setInt(low, packet.getInt(high));
            packet.setInt(high, number);
        }
        packet.setShort(PgmHeader.CHECKSUM_OFFSET, Checksum.checksum(packet, 0, length));
        return length;
    }

    private DecodeResult read(ByteBuf packet, int length) {
        DecodeResult result = view.wrap(packet, 0, length);
        if (result != DecodeResult.OK) {
            throw new AssertionError(result);
        }
        return result;
    }

    /** ODATA with 1,380 bytes. */
    @Benchmark
    public int odata() {
        read(odata, odataLength);
        return view.data().sqn() + view.payloadLength();
    }

    /** ODATA as long as a datagram can be. */
    @Benchmark
    public int longest() {
        read(longest, longestLength);
        return view.data().sqn() + view.payloadLength();
    }

    /** A fragment of 1,380 bytes. */
    @Benchmark
    public int fragment() {
        read(fragment, fragmentLength);
        return view.data().sqn() + view.payloadLength();
    }

    /** An SPM with the options of an open session. */
    @Benchmark
    public int spm() {
        read(spm, spmLength);
        return view.spm().lead();
    }

    /** A NAK with the longest list. */
    @Benchmark
    public int nakList() {
        return readList(nak, nakLength);
    }

    /** The same in the worst order. */
    @Benchmark
    public int nakListBackwards() {
        return readList(backwards, backwardsLength);
    }

    private int readList(ByteBuf packet, int length) {
        read(packet, length);
        int sum = 0;
        for (int index = 0; index < view.nak().count(); index++) {
            sum += view.nak().sqn(index);
        }
        return sum;
    }
}
