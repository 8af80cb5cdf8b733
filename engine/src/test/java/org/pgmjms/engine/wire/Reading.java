package org.pgmjms.engine.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Calls every accessor that a packet allows; an index beyond the packet would throw. */
final class Reading {

    private Reading() {}

    static long everything(PacketView view) {
        long sum = view.tsi() + view.gsi() + view.dataDestinationPort() + view.typeByte() + view.optionFlags();
        assertTrue(view.payloadOffset() + view.payloadLength() <= view.offset() + view.length());
        return sum + body(view) + options(view.options()) + reports(view.options());
    }

    private static long body(PacketView view) {
        return switch (view.type()) {
            case SPM -> {
                SpmDecoder spm = view.spm();
                yield spm.sqn() + spm.trail() + spm.lead() + spm.path().low() + (spm.hasWindow() ? 1 : 0);
            }
            case ODATA, RDATA -> {
                DataDecoder data = view.data();
                assertTrue(data.sqn() - data.trail() >= 0);
                yield data.sqn() + (data.isFragment() ? 1 : 0);
            }
            case NAK, NNAK, NCF -> {
                NakDecoder nak = view.nak();
                long sum = nak.source().low() + nak.group().low() + nak.disorder();
                for (int i = 0; i < nak.count(); i++) {
                    sum += nak.sqn(i);
                    assertTrue(i < 2 || nak.sqn(i) - nak.sqn(i - 1) > 0);
                }
                yield sum;
            }
            case POLL -> {
                PollDecoder poll = view.poll();
                long ids =
                        poll.sqn() + poll.round() + poll.subType() + poll.path().low();
                yield ids + poll.backOffMicros() + poll.random() + poll.mask();
            }
            case POLR -> view.polr().sqn() + view.polr().round();
            case ACK -> view.ack().highestSqn() + view.ack().bitmap();
            case SPMR -> 0;
        };
    }

    private static long options(OptionView options) {
        long sum = 0;
        if (options.has(OptionType.FRAGMENT)) {
            sum += options.fragmentFirstSqn() + options.fragmentOffset() + options.fragmentApduLength();
        }
        if (options.has(OptionType.JOIN)) {
            sum += options.joinSqn();
        }
        if (options.has(OptionType.NAK_BO_IVL)) {
            sum += options.nakBackOffIvlMicros() + options.nakBackOffIvlPollSqn();
        }
        if (options.has(OptionType.NAK_BO_RNG)) {
            sum += options.nakBackOffMinMicros() + options.nakBackOffMaxMicros();
        }
        if (options.has(OptionType.REDIRECT)) {
            sum += options.redirect().low();
        }
        if (options.has(OptionType.PARITY_PRM)) {
            sum += options.parityFlags() + options.parityGroupSize();
        }
        if (options.has(OptionType.PARITY_GRP)) {
            sum += options.parityGroup();
        }
        if (options.has(OptionType.CURR_TGSIZE)) {
            sum += options.currentGroupSize();
        }
        return sum;
    }

    private static long reports(OptionView options) {
        long sum = 0;
        if (options.has(OptionType.PATH_NLA)) {
            sum += options.pathNla().low();
        }
        if (options.has(OptionType.RST)) {
            sum += options.rstCode() + (options.rstNaksUnanswered() ? 1 : 0);
        }
        if (options.has(OptionType.CR)) {
            sum += options.reportFlags()
                    + options.reportSqn()
                    + options.reportReceiver().low();
            sum += options.reportWorstLink() + options.reportWorstPath() + options.reportReceiverPath();
        }
        if (options.has(OptionType.CRQST)) {
            sum += options.reportRequestFlags();
        }
        if (options.has(OptionType.PGMCC_DATA)) {
            sum += options.pgmccTimestamp() + options.pgmccAcker().low();
        }
        if (options.has(OptionType.PGMCC_FEEDBACK)) {
            sum += options.feedbackTimestamp() + options.feedbackLossRate();
            sum += options.feedbackReceiver().low();
        }
        if (options.has(OptionType.SESSION)) {
            SessionOption session = options.session();
            sum += session.unicastPort() + session.firstSqn() + session.ageMillis() + session.statusIntervalMillis();
        }
        return sum;
    }
}
