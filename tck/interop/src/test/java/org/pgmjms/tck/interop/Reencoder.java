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
import org.pgmjms.engine.wire.PollDecoder;
import org.pgmjms.engine.wire.PollEncoder;
import org.pgmjms.engine.wire.PolrEncoder;
import org.pgmjms.engine.wire.SessionOption;
import org.pgmjms.engine.wire.SpmDecoder;
import org.pgmjms.engine.wire.SpmEncoder;
import org.pgmjms.engine.wire.SpmrEncoder;
import org.pgmjms.engine.wire.StatusOption;

/** Writes again what was read, value by value, with the engine's encoders. */
final class Reencoder {
    private static final int LARGEST = 1 << 17;

    private final ByteBuf out = Unpooled.buffer(LARGEST);

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
            case POLL -> poll(packet);
            case POLR -> polr(packet);
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
        if (options.has(OptionType.NAK_BO_IVL)) {
            spm.nakBackOffInterval(options.nakBackOffIvlMicros(), options.nakBackOffIvlPollSqn());
        }
        if (options.has(OptionType.NAK_BO_RNG)) {
            spm.nakBackOffRange(options.nakBackOffMinMicros(), options.nakBackOffMaxMicros());
        }
        if (options.has(OptionType.CURR_TGSIZE)) {
            spm.currentGroupSize((int) options.currentGroupSize());
        }
        if (options.has(OptionType.NBR_UNREACH)) {
            spm.neighbourUnreachable();
        }
        if (options.has(OptionType.CRQST)) {
            spm.reportRequest(options.reportRequestFlags());
        }
        endOfSpm(options, spm);
        return spm.finish();
    }

    private static void endOfSpm(OptionView options, SpmEncoder spm) {
        if (options.has(OptionType.JOIN)) {
            spm.join(options.joinSqn());
        }
        if (options.has(OptionType.FIN)) {
            spm.fin();
        }
        if (options.has(OptionType.RST)) {
            spm.rst(options.rstCode(), options.rstNaksUnanswered());
        }
        if (options.has(OptionType.SESSION)) {
            SessionOption session = options.session();
            spm.sessionOption(
                    session.unicastPort(), session.firstSqn(), session.ageMillis(), session.statusIntervalMillis());
        }
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
        if (options.has(OptionType.JOIN)) {
            data.join(options.joinSqn());
        }
        if (options.has(OptionType.SYN)) {
            data.syn();
        }
        if (options.has(OptionType.FIN)) {
            data.fin();
        }
        if (options.has(OptionType.CURR_TGSIZE)) {
            data.currentGroupSize((int) options.currentGroupSize());
        }
        if (options.has(OptionType.PGMCC_DATA)) {
            data.pgmcc(options.pgmccTimestamp(), options.pgmccAcker());
        }
        out.setBytes(data.payloadAt(), packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        return data.finish(packet.payloadLength());
    }

    private int nak(PacketView packet) {
        NakDecoder from = packet.nak();
        OptionView options = packet.options();
        NakEncoder nak = new NakEncoder().wrap(out, 0).type(packet.type());
        nak.session(packet.tsi(), packet.dataDestinationPort());
        nak.source(from.source()).group(from.group()).sqn(from.sqn());
        if (packet.hasParity()) {
            nak.parity();
        }
        for (int i = 1; i < from.count(); i++) {
            nak.add(from.sqn(i));
        }
        if (options.has(OptionType.NAK_BO_IVL)) {
            nak.nakBackOffInterval(options.nakBackOffIvlMicros(), options.nakBackOffIvlPollSqn());
        }
        if (options.has(OptionType.NBR_UNREACH)) {
            nak.neighbourUnreachable();
        }
        if (options.has(OptionType.PATH_NLA)) {
            nak.pathNla(options.pathNla());
        }
        if (options.has(OptionType.CR)) {
            nak.report(
                    options.reportFlags(),
                    options.reportSqn(),
                    options.reportWorstLink(),
                    options.reportWorstPath(),
                    options.reportReceiverPath(),
                    options.reportReceiver());
        }
        if (options.has(OptionType.PGMCC_FEEDBACK)) {
            nak.feedback(options.feedbackTimestamp(), options.feedbackLossRate(), options.feedbackReceiver());
        }
        return nak.finish();
    }

    private int ack(PacketView packet) {
        OptionView options = packet.options();
        AckEncoder ack = new AckEncoder().wrap(out, 0).session(packet.tsi(), packet.dataDestinationPort());
        ack.received(packet.ack().highestSqn(), packet.ack().bitmap());
        if (options.has(OptionType.PGMCC_FEEDBACK)) {
            ack.feedback(options.feedbackTimestamp(), options.feedbackLossRate(), options.feedbackReceiver());
        }
        if (options.has(OptionType.STATUS)) {
            StatusOption status = options.status();
            ack.status(status.receiver(), status.limitSqn(), status.roomBytes(), status.isLeaving());
        }
        return ack.finish();
    }

    private int poll(PacketView packet) {
        PollDecoder from = packet.poll();
        OptionView options = packet.options();
        PollEncoder poll = new PollEncoder().wrap(out, 0).session(packet.tsi(), packet.dataDestinationPort());
        poll.sqn(from.sqn()).round(from.round()).subType(from.subType()).path(from.path());
        poll.match(from.backOffMicros(), from.random(), from.mask());
        if (options.has(OptionType.NAK_BO_IVL)) {
            poll.nakBackOffInterval(options.nakBackOffIvlMicros(), options.nakBackOffIvlPollSqn());
        }
        return poll.finish();
    }

    private int polr(PacketView packet) {
        PolrEncoder polr = new PolrEncoder().wrap(out, 0).session(packet.tsi(), packet.dataDestinationPort());
        polr.sqn(packet.polr().sqn()).round(packet.polr().round());
        if (packet.hasParity()) {
            polr.parity();
        }
        if (packet.options().has(OptionType.REDIRECT)) {
            polr.redirect(packet.options().redirect());
        }
        return polr.finish();
    }
}
