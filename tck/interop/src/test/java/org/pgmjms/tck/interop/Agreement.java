package org.pgmjms.tck.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.Nla;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.OptionView;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.tck.kit.PgmBytes;
import org.pgmjms.tck.kit.PgmOption;

/** Compares what the engine reads with what the second codec reads. */
final class Agreement {
    private static final int NAK_SOURCE = 20;
    private static final int IPV4_GROUP = 28;
    private static final int IPV6_GROUP = 40;

    private Agreement() {}

    static boolean accepted(byte[] packet) {
        return new PacketView().wrap(Unpooled.wrappedBuffer(packet), 0, packet.length) == DecodeResult.OK;
    }

    static void check(PgmBytes expected, PacketView view) {
        assertEquals(expected.type(), view.typeByte());
        assertEquals(expected.sourcePort(), view.sourcePort());
        assertEquals(expected.destinationPort(), view.destinationPort());
        assertEquals(expected.gsi(), view.gsi());
        assertEquals(expected.isUpstream(), view.type().isUpstream());
        assertEquals(expected.isParity(), view.hasParity());
        if (expected.isData()) {
            byte[] payload = new byte[view.payloadLength()];
            view.buffer().getBytes(view.payloadOffset(), payload);
            assertArrayEquals(expected.payload(), payload);
        }
        body(expected, view);
        options(expected, view);
        places(expected, view);
    }

    private static void body(PgmBytes expected, PacketView view) {
        switch (view.type()) {
            case SPM -> {
                assertEquals(expected.sqn(), view.spm().sqn());
                assertEquals(expected.trail(), view.spm().trail());
                assertEquals(expected.lead(), view.spm().lead());
                assertEquals(
                        Nla.of(expected.address(28).getAddress()), view.spm().path());
            }
            case ODATA, RDATA -> {
                assertEquals(expected.sqn(), view.data().sqn());
                assertEquals(expected.trail(), view.data().trail());
            }
            case NAK, NNAK, NCF -> nak(expected, view);
            case ACK -> {
                assertEquals(expected.sqn(), view.ack().highestSqn());
                assertEquals(expected.word(20), view.ack().bitmap());
            }
            case POLL -> {
                int after = expected.half(24) == 1 ? 32 : 44;
                assertEquals(expected.sqn(), view.poll().sqn());
                assertEquals(expected.half(20), view.poll().round());
                assertEquals(expected.half(22), view.poll().subType());
                assertEquals(
                        Integer.toUnsignedLong(expected.word(after)),
                        view.poll().backOffMicros());
                assertEquals(expected.word(after + 4), view.poll().random());
                assertEquals(expected.word(after + 8), view.poll().mask());
            }
            case POLR -> {
                assertEquals(expected.sqn(), view.polr().sqn());
                assertEquals(expected.half(20), view.polr().round());
            }
            case SPMR -> assertEquals(0, expected.body().length);
        }
    }

    private static void nak(PgmBytes expected, PacketView view) {
        int groupAt = expected.half(NAK_SOURCE) == 1 ? IPV4_GROUP : IPV6_GROUP;
        assertEquals(
                Nla.of(expected.address(NAK_SOURCE).getAddress()), view.nak().source());
        assertEquals(Nla.of(expected.address(groupAt).getAddress()), view.nak().group());
        TreeSet<Integer> distances = new TreeSet<>();
        PgmOption list = expected.option(PgmBytes.NAK_LIST);
        for (int i = 0; list != null && i < list.value().length / 4; i++) {
            distances.add(list.word(i) - expected.sqn());
        }
        distances.remove(0);
        List<Integer> numbers = new ArrayList<>(List.of(expected.sqn()));
        distances.forEach(distance -> numbers.add(expected.sqn() + distance));
        List<Integer> read = new ArrayList<>();
        for (int i = 0; i < view.nak().count(); i++) {
            read.add(view.nak().sqn(i));
        }
        assertEquals(numbers, read);
    }

    private static void options(PgmBytes expected, PacketView view) {
        OptionView options = view.options();
        boolean mayEnd = expected.isData() || view.type() == PacketType.SPM;
        assertEquals(mayEnd && expected.option(PgmBytes.FIN) != null, options.has(OptionType.FIN));
        PgmOption join = expected.option(PgmBytes.JOIN);
        assertEquals(mayEnd && join != null, options.has(OptionType.JOIN));
        if (options.has(OptionType.JOIN) && join != null) {
            assertEquals(join.word(0), options.joinSqn());
        }
        PgmOption rst = expected.option(PgmBytes.RST);
        assertEquals(rst != null && view.type() == PacketType.SPM, options.has(OptionType.RST));
        if (options.has(OptionType.RST) && rst != null) {
            assertEquals(rst.third() & 0x3F, options.rstCode());
            assertEquals((rst.third() & 0x40) != 0, options.rstNaksUnanswered());
        }
        PgmOption fragment = expected.option(PgmBytes.FRAGMENT);
        if (fragment != null) {
            boolean whole = Integer.toUnsignedLong(fragment.word(2)) == expected.payload().length;
            assertEquals(!whole, view.data().isFragment());
        }
        if (options.has(OptionType.FRAGMENT) && fragment != null) {
            assertEquals(fragment.word(0), options.fragmentFirstSqn());
            assertEquals(Integer.toUnsignedLong(fragment.word(1)), options.fragmentOffset());
            assertEquals(Integer.toUnsignedLong(fragment.word(2)), options.fragmentApduLength());
        }
    }

    /** The bytes of each option that was found are those of the first of its type that counts. */
    private static void places(PgmBytes expected, PacketView view) {
        Set<Integer> seen = new HashSet<>();
        for (PgmOption option : expected.options()) {
            int at = view.options().at(option.type());
            if (at >= 0 && counts(option) && seen.add(option.type())) {
                byte[] value = new byte[option.value().length];
                view.buffer().getBytes(at + OptionType.HEADER_LENGTH, value);
                assertArrayEquals(option.value(), value);
                assertEquals(option.third(), view.buffer().getUnsignedByte(at + OptionType.HEADER_LENGTH - 1));
            }
        }
    }

    /** Private options of another version or length do not, nor do parity parameters that cannot be. */
    private static boolean counts(PgmOption option) {
        return switch (option.type()) {
            case OptionType.SESSION, OptionType.STATUS -> option.length() == 20 && option.third() == 1;
            case OptionType.PARITY_PRM -> List.of(2, 4, 8, 16, 32, 64, 128).contains(option.word(0));
            default -> true;
        };
    }
}
