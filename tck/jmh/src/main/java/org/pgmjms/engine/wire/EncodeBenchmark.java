package org.pgmjms.engine.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Writing packets, checksum included; payloads are there already. */
@State(Scope.Thread)
public class EncodeBenchmark {
    private static final long TSI = 0x0102_0304_0506_0007L;
    private static final int PORT = 7500;
    private static final int PAYLOAD = 1380;
    private static final Nla SOURCE = Nla.ipv4(0x0A4D_0001);
    private static final Nla GROUP = Nla.ipv4(0xEFC0_0001);

    private final ByteBuf buffer = Unpooled.directBuffer(2048, 2048);
    private final DataEncoder data = new DataEncoder();
    private final SpmEncoder spm = new SpmEncoder();
    private final NakEncoder nak = new NakEncoder();
    private int sqn;

    /** ODATA with 1,380 bytes. */
    @Benchmark
    public int odata() {
        return data.wrap(buffer, 0)
                .type(PacketType.ODATA)
                .session(TSI, PORT)
                .sqn(sqn++)
                .trail(0)
                .finish(PAYLOAD);
    }

    /** A fragment of the same length. */
    @Benchmark
    public int fragment() {
        return data.wrap(buffer, 0)
                .type(PacketType.ODATA)
                .session(TSI, PORT)
                .sqn(sqn++)
                .trail(0)
                .fragment(sqn, 0, 100_000)
                .finish(PAYLOAD);
    }

    /** An SPM with the options of an open session. */
    @Benchmark
    public int spm() {
        return spm.wrap(buffer, 0)
                .session(TSI, PORT)
                .sqn(sqn++)
                .trail(0)
                .lead(sqn)
                .path(SOURCE)
                .join(0)
                .sessionOption(40_000, 0, 1000, 0)
                .finish();
    }

    /** A NAK for ten numbers. */
    @Benchmark
    public int nakOfTen() {
        nak.wrap(buffer, 0)
                .type(PacketType.NAK)
                .session(TSI, PORT)
                .source(SOURCE)
                .group(GROUP)
                .sqn(sqn++);
        for (int more = 1; more < 10; more++) {
            nak.add(sqn + 2 * more);
        }
        return nak.finish();
    }

    /** Makes RDATA with another trail of a finished packet. */
    @Benchmark
    public int rewrite() {
        DataEncoder.rewrite(buffer, 0, PacketType.RDATA, sqn++);
        return sqn;
    }
}
