package org.pgmjms.tck.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.NakDecoder;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.tck.kit.Pcap;
import org.pgmjms.tck.kit.Vectors;

/** A capture as the engine reads it. Frames are numbered from 1, as tools show them. */
final class Trace {
    private final List<Seen> packets = new ArrayList<>();

    private Trace(String capture) {
        for (Pcap.Frame frame : Vectors.capture(capture)) {
            PacketView view = new PacketView();
            ByteBuf bytes = Unpooled.wrappedBuffer(frame.payload());
            DecodeResult result = view.wrap(bytes, 0, frame.payload().length);
            assertEquals(DecodeResult.OK, result, () -> capture + ", frame " + frame.number());
            packets.add(new Seen(frame, view));
        }
    }

    /** Reads a capture; every packet has to be well formed. */
    static Trace of(String capture) {
        return new Trace(capture);
    }

    List<Seen> packets() {
        return packets;
    }

    Seen frame(int number) {
        return packets.stream()
                .filter(seen -> seen.frame.number() == number)
                .findFirst()
                .orElseThrow();
    }

    Stream<Seen> of(PacketType type) {
        return packets.stream().filter(seen -> seen.type() == type);
    }

    /** What was seen, in order, in short: {@code NAK 10+11,12}. */
    List<String> texts(Predicate<Seen> which) {
        return packets.stream().filter(which).map(Seen::text).toList();
    }

    /** One packet. */
    record Seen(Pcap.Frame frame, PacketView view) {
        private static final long NANOS_PER_MILLI = 1_000_000;

        PacketType type() {
            return view.type();
        }

        boolean is(PacketType... types) {
            return List.of(types).contains(type());
        }

        /** The number of data, SPM or request. */
        int sqn() {
            return switch (type()) {
                case SPM -> view.spm().sqn();
                case ODATA, RDATA -> view.data().sqn();
                case NAK, NNAK, NCF -> view.nak().sqn();
                case ACK -> view.ack().highestSqn();
                case POLL -> view.poll().sqn();
                case POLR -> view.polr().sqn();
                case SPMR -> 0;
            };
        }

        boolean isRepairOf(int sqn) {
            return is(PacketType.NAK, PacketType.NCF, PacketType.RDATA) && sqn() == sqn;
        }

        boolean fin() {
            return view.options().has(OptionType.FIN);
        }

        byte[] payload() {
            byte[] payload = new byte[view.payloadLength()];
            view.buffer().getBytes(view.payloadOffset(), payload);
            return payload;
        }

        long millisAfter(Seen earlier) {
            return (frame.nanos() - earlier.frame.nanos() + NANOS_PER_MILLI / 2) / NANOS_PER_MILLI;
        }

        String text() {
            StringBuilder text = new StringBuilder(type().name()).append(' ').append(sqn());
            if (is(PacketType.NAK, PacketType.NNAK, PacketType.NCF)) {
                NakDecoder nak = view.nak();
                for (int i = 1; i < nak.count(); i++) {
                    text.append(i == 1 ? '+' : ',').append(nak.sqn(i));
                }
            }
            return text.toString();
        }
    }
}
