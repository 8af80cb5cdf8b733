package org.pgmjms.tck.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pgmjms.engine.wire.NakDecoder;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.OptionView;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.engine.wire.PollDecoder;
import org.pgmjms.engine.wire.SessionOption;
import org.pgmjms.engine.wire.SpmDecoder;
import org.pgmjms.engine.wire.StatusOption;

/** All that the engine reads out of a packet, but for the payload: two packets that say the same have equal lists. */
final class Everything {
    /** Those whose values are read by type. */
    private static final int[] TYPES = IntStream.concat(
                    IntStream.rangeClosed(OptionType.JOIN, OptionType.PGMCC_FEEDBACK),
                    IntStream.of(OptionType.SESSION, OptionType.STATUS))
            .toArray();

    private final List<Object> values = new ArrayList<>();

    private Everything(PacketView view) {
        add(view.type(), view.tsi(), view.dataDestinationPort(), view.hasParity());
        body(view);
        OptionView options = view.options();
        for (int type : TYPES) {
            if (options.has(type)) {
                add(type);
                if (type < OptionType.NBR_UNREACH) {
                    lower(options, type);
                } else {
                    upper(options, type);
                }
            }
        }
        if (options.has(OptionType.FRAGMENT)) {
            add(options.fragmentFirstSqn(), options.fragmentOffset(), options.fragmentApduLength());
        }
    }

    static List<Object> of(PacketView view) {
        return new Everything(view).values;
    }

    private void add(Object... more) {
        values.addAll(List.of(more));
    }

    private void body(PacketView view) {
        switch (view.type()) {
            case SPM -> {
                SpmDecoder spm = view.spm();
                add(spm.sqn(), spm.trail(), spm.lead(), spm.path(), spm.hasWindow());
            }
            case ODATA, RDATA ->
                add(view.data().sqn(), view.data().trail(), view.data().isFragment());
            case NAK, NNAK, NCF -> {
                NakDecoder nak = view.nak();
                add(nak.source(), nak.group());
                for (int i = 0; i < nak.count(); i++) {
                    add(nak.sqn(i));
                }
            }
            case POLL -> {
                PollDecoder poll = view.poll();
                add(poll.sqn(), poll.round(), poll.subType(), poll.path());
                add(poll.backOffMicros(), poll.random(), poll.mask());
            }
            case POLR -> add(view.polr().sqn(), view.polr().round());
            case ACK -> add(view.ack().highestSqn(), view.ack().bitmap());
            case SPMR -> add();
        }
    }

    private void lower(OptionView options, int type) {
        switch (type) {
            case OptionType.JOIN -> add(options.joinSqn());
            case OptionType.NAK_BO_IVL -> add(options.nakBackOffIvlMicros(), options.nakBackOffIvlPollSqn());
            case OptionType.NAK_BO_RNG -> add(options.nakBackOffMinMicros(), options.nakBackOffMaxMicros());
            case OptionType.REDIRECT -> add(options.redirect());
            case OptionType.PARITY_PRM -> add(options.parityFlags(), options.parityGroupSize());
            case OptionType.PARITY_GRP -> add(options.parityGroup());
            case OptionType.CURR_TGSIZE -> add(options.currentGroupSize());
            default -> add();
        }
    }

    private void upper(OptionView options, int type) {
        switch (type) {
            case OptionType.PATH_NLA -> add(options.pathNla());
            case OptionType.RST -> add(options.rstCode(), options.rstNaksUnanswered());
            case OptionType.CR -> {
                add(options.reportFlags(), options.reportSqn(), options.reportReceiver());
                add(options.reportWorstLink(), options.reportWorstPath(), options.reportReceiverPath());
            }
            case OptionType.CRQST -> add(options.reportRequestFlags());
            case OptionType.PGMCC_DATA -> add(options.pgmccTimestamp(), options.pgmccAcker());
            case OptionType.PGMCC_FEEDBACK ->
                add(options.feedbackTimestamp(), options.feedbackLossRate(), options.feedbackReceiver());
            case OptionType.SESSION -> {
                SessionOption session = options.session();
                add(session.unicastPort(), session.firstSqn(), session.ageMillis(), session.statusIntervalMillis());
            }
            case OptionType.STATUS -> {
                StatusOption status = options.status();
                add(status.receiver(), status.limitSqn(), status.roomBytes(), status.isLeaving());
            }
            default -> add();
        }
    }
}
