package org.pgmjms.tck.interop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.pgmjms.engine.wire.AckEncoder;
import org.pgmjms.engine.wire.DataEncoder;
import org.pgmjms.engine.wire.NakDecoder;
import org.pgmjms.engine.wire.NakEncoder;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.OptionView;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.engine.wire.SpmDecoder;
import org.pgmjms.engine.wire.SpmEncoder;
import org.pgmjms.engine.wire.SpmrEncoder;

/** Writes again what was read, value by value, with the engine's encoders. Knows the options that peers send. */
final class Reencoder {
    private final ByteBuf out = Unpooled.buffer(2048);

    byte[] encode(PacketView packet) {
        int length = switch (packet.type()) {
            case SPM -> spm(packet);
            case ODATA, RDATA -> data(packet);
            case NAK, NNAK, NCF -> nak(packet);
            case ACK -> ack(packet);
            case SPMR ->
                new SpmrEncoder()
                        .wrap(out, 0)
                        .session(packet.tsi(), packet.dataDestinationPort())
                        .finish();
            case POLL, POLR -> throw new IllegalArgumentException("no peer sends " + packet.type());
        };
        byte[] bytes = new byte[length];
        out.getBytes(0, bytes);
        return bytes;
    }

    private int spm(PacketView packet) {
        SpmDecoder from = packet.spm();
        OptionView options = packet.options();
        SpmEncoder spm = new SpmEncoder().wrap(out, 0).session(packet.tsi(), packet.dataDestinationPort());
        spm.sqn(from.sqn()).trail(from.trail()).lead(from.lead()).path(from.path());
        if (options.has(OptionType.PARITY_PRM)) {
            spm.parityParameters(options.parityFlags(), options.parityGroupSize());
        }
        if (options.has(OptionType.FIN)) {
            spm.fin();
        }
        return spm.finish();
    }

    private int data(PacketView packet) {
        OptionView options = packet.options();
        DataEncoder data = new DataEncoder().wrap(out, 0).type(packet.type());
        data.session(packet.tsi(), packet.dataDestinationPort());
        data.sqn(packet.data().sqn()).trail(packet.data().trail());
        if (packet.data().isFragment()) {
            data.fragment(
                    options.fragmentFirstSqn(), (int) options.fragmentOffset(), (int) options.fragmentApduLength());
        }
        if (options.has(OptionType.PGMCC_DATA)) {
            data.pgmcc(options.pgmccTimestamp(), options.pgmccAcker());
        }
        out.setBytes(data.payloadAt(), packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        return data.finish(packet.payloadLength());
    }

    private int nak(PacketView packet) {
        NakDecoder from = packet.nak();
        NakEncoder nak = new NakEncoder().wrap(out, 0).type(packet.type());
        nak.session(packet.tsi(), packet.dataDestinationPort());
        nak.source(from.source()).group(from.group()).sqn(from.sqn());
        for (int i = 1; i < from.count(); i++) {
            nak.add(from.sqn(i));
        }
        return nak.finish();
    }

    private int ack(PacketView packet) {
        OptionView options = packet.options();
        AckEncoder ack = new AckEncoder().wrap(out, 0).session(packet.tsi(), packet.dataDestinationPort());
        ack.received(packet.ack().highestSqn(), packet.ack().bitmap());
        return ack.feedback(options.feedbackTimestamp(), options.feedbackLossRate(), options.feedbackReceiver())
                .finish();
    }
}
