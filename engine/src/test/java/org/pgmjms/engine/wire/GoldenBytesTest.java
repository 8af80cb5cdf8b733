package org.pgmjms.engine.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** Packets of an OpenPGM 5.3 source and receiver, byte for byte. */
class GoldenBytesTest {
    private static final long TSI = 0x0A0B_0C0D_0E0F_4E21L;
    private static final int PORT = 7500;
    private static final Nla SOURCE = Nla.ipv4(0x0A4D0001);
    private static final Nla GROUP = Nla.ipv4(0xEFC00001);
    private static final Nla RECEIVER = Nla.ipv4(0x0A4D0002);

    private final ByteBuf buffer = Unpooled.buffer(2000);

    @Test
    void writesAnSpmOfAnEmptyWindow() {
        int length = spm(0, 0, -1).finish();

        assertBytes("4e211d4c 0000661c 0a0b0c0d0e0f0000 0000000000000000ffffffff 000100000a4d0001", length);
    }

    @Test
    void writesAnSpmWithTheEndOfTheSession() {
        int length = spm(9, 0, 7).fin().finish();

        assertBytes(
                "4e211d4c 0001d7fa 0a0b0c0d0e0f0000 000000090000000000000007 000100000a4d0001 000400088e040000",
                length);
    }

    @Test
    void writesDataOfAnOddLength() {
        DataEncoder data =
                new DataEncoder().wrap(buffer, 0).session(TSI, PORT).sqn(1).trail(0);

        assertBytes("4e211d4c 04006c69 0a0b0c0d0e0f0001 0000000100000000 00", data.finish(1));
    }

    @Test
    void writesNaks() {
        assertBytes(
                "1d4c4e21 08006e56 0a0b0c0d0e0f0000 00000003 000100000a4d0001 00010000efc00001",
                nak(PacketType.NAK, 3).finish());
        assertBytes(
                "4e211d4c 0a006c56 0a0b0c0d0e0f0000 00000003 000100000a4d0001 00010000efc00001",
                nak(PacketType.NCF, 3).finish());
        assertBytes(
                "1d4c4e21 0803ebe9 0a0b0c0d0e0f0000 0000000a 000100000a4d0001 00010000efc00001"
                        + "00040018 82140000 0000000b 0000000c 0000000d 0000000e",
                nak(PacketType.NAK, 10).add(11).add(12).add(13).add(14).finish());
    }

    @Test
    void writesARequestForAnSpm() {
        assertBytes(
                "1d4c4e21 0c00646b 0a0b0c0d0e0f0000",
                new SpmrEncoder().wrap(buffer, 0).session(TSI, PORT).finish());
    }

    @Test
    void writesAnAcknowledgement() {
        AckEncoder ack = new AckEncoder().wrap(buffer, 0).session(TSI, PORT).received(0, -1);

        assertBytes(
                "1d4c4e21 0d01a7e5 0a0b0c0d0e0f0000 00000000ffffffff 00040014 93100000 ffff1e0c 000100000a4d0002",
                ack.feedback(0xFFFF1E0C, 0, RECEIVER).finish());
    }

    private SpmEncoder spm(int sqn, int trail, int lead) {
        SpmEncoder spm = new SpmEncoder().wrap(buffer, 0).session(TSI, PORT);
        return spm.sqn(sqn).trail(trail).lead(lead).path(SOURCE);
    }

    private NakEncoder nak(PacketType type, int sqn) {
        NakEncoder nak = new NakEncoder().wrap(buffer, 0).type(type).session(TSI, PORT);
        return nak.source(SOURCE).group(GROUP).sqn(sqn);
    }

    private void assertBytes(String expected, int length) {
        assertEquals(expected.replace(" ", ""), ByteBufUtil.hexDump(buffer, 0, length));
        assertEquals(DecodeResult.OK, new PacketView().wrap(buffer, 0, length));
    }
}
