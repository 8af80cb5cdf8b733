package org.pgmjms.tools.dump;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.StringJoiner;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.engine.wire.DecodeResult;
import org.pgmjms.engine.wire.NakDecoder;
import org.pgmjms.engine.wire.OptionType;
import org.pgmjms.engine.wire.OptionView;
import org.pgmjms.engine.wire.PacketType;
import org.pgmjms.engine.wire.PacketView;
import org.pgmjms.engine.wire.PollDecoder;
import org.pgmjms.engine.wire.SpmDecoder;

/** Writes a packet as one line, with the names of RFC 3208. Decodes with the engine's own parser. One owner. */
public final class PacketText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
    private static final long NANOS = 1_000_000_000L;

    private final PacketView view = new PacketView();

    /** The line, or empty when it is no PGM packet at all. */
    public Optional<String> line(Datagram datagram) {
        ByteBuf bytes = Unpooled.wrappedBuffer(datagram.payload());
        DecodeResult verdict = view.wrap(bytes, 0, datagram.payload().length);
        StringJoiner line = new StringJoiner(" ");
        line.add(TIME.format(Instant.ofEpochSecond(datagram.nanos() / NANOS, datagram.nanos() % NANOS)));
        line.add(end(datagram.source(), datagram.sourcePort()));
        line.add(">");
        line.add(end(datagram.destination(), datagram.destinationPort()));
        if (verdict != DecodeResult.OK && verdict != DecodeResult.PARITY) {
            return isUnlikely(verdict) ? Optional.empty() : Optional.of(line + " malformed " + verdict);
        }
        line.add(view.type().name());
        line.add("tsi=" + new Tsi(view.tsi()));
        line.add("dport=" + view.dataDestinationPort());
        body(line);
        options(line);
        return Optional.of(line.toString());
    }

    /** Without a known type and a right checksum it may be anything. */
    private static boolean isUnlikely(DecodeResult verdict) {
        return verdict == DecodeResult.TRUNCATED
                || verdict == DecodeResult.UNKNOWN_TYPE
                || verdict == DecodeResult.BAD_CHECKSUM;
    }

    private static String end(InetAddress address, int port) {
        String text = address.getHostAddress();
        return port < 0 ? text : text.indexOf(':') < 0 ? text + ':' + port : '[' + text + "]:" + port;
    }

    private void body(StringJoiner line) {
        switch (view.type()) {
            case SPM -> spm(line, view.spm());
            case ODATA, RDATA -> {
                line.add("DATA_SQN=" + unsigned(view.data().sqn()));
                line.add("DATA_TRAIL=" + unsigned(view.data().trail()));
                line.add("TSDU=" + view.payloadLength());
            }
            case NAK, NNAK, NCF -> nak(line, view.type(), view.nak());
            case POLL -> poll(line, view.poll());
            case POLR -> {
                line.add("POLR_SQN=" + unsigned(view.polr().sqn()));
                line.add("POLR_ROUND=" + view.polr().round());
            }
            case ACK -> {
                line.add("RX_MAX=" + unsigned(view.ack().highestSqn()));
                line.add("RX_BITMAP=" + Integer.toHexString(view.ack().bitmap()));
            }
            case SPMR -> {
                // has no body
            }
        }
        if (view.hasParity()) {
            line.add("PARITY");
        }
    }

    private static void spm(StringJoiner line, SpmDecoder spm) {
        line.add("SPM_SQN=" + unsigned(spm.sqn()));
        line.add("SPM_TRAIL=" + unsigned(spm.trail()));
        line.add("SPM_LEAD=" + unsigned(spm.lead()));
        line.add("NLA=" + spm.path());
    }

    private static void nak(StringJoiner line, PacketType type, NakDecoder nak) {
        line.add(type + "_SQN=" + unsigned(nak.sqn()));
        line.add("SOURCE_NLA=" + nak.source());
        line.add("GROUP_NLA=" + nak.group());
        if (nak.count() > 1) {
            StringJoiner list = new StringJoiner(",", "OPT_NAK_LIST=", "");
            for (int i = 1; i < nak.count(); i++) {
                list.add(unsigned(nak.sqn(i)));
            }
            line.add(list.toString());
        }
    }

    private static void poll(StringJoiner line, PollDecoder poll) {
        line.add("POLL_SQN=" + unsigned(poll.sqn()));
        line.add("POLL_ROUND=" + poll.round());
        line.add("POLL_S_TYPE=" + poll.subType());
        line.add("NLA=" + poll.path());
        line.add("POLL_BO_IVL=" + poll.backOffMicros() + "us");
        line.add("POLL_RAND=" + Integer.toHexString(poll.random()));
        line.add("POLL_MASK=" + Integer.toHexString(poll.mask()));
    }

    private void options(StringJoiner line) {
        OptionView options = view.options();
        if (options.has(OptionType.FRAGMENT)) {
            line.add("OPT_FRAGMENT=" + unsigned(options.fragmentFirstSqn()) + '+' + options.fragmentOffset() + '/'
                    + options.fragmentApduLength());
        }
        if (options.has(OptionType.JOIN)) {
            line.add("OPT_JOIN=" + unsigned(options.joinSqn()));
        }
        if (options.has(OptionType.SYN)) {
            line.add("OPT_SYN");
        }
        if (options.has(OptionType.FIN)) {
            line.add("OPT_FIN");
        }
        if (options.has(OptionType.RST)) {
            line.add("OPT_RST=" + options.rstCode());
        }
        nakOptions(line, options);
        parityOptions(line, options);
        ownOptions(line, options);
    }

    private static void nakOptions(StringJoiner line, OptionView options) {
        if (options.has(OptionType.NAK_BO_IVL)) {
            line.add("OPT_NAK_BO_IVL=" + options.nakBackOffIvlMicros() + "us");
        }
        if (options.has(OptionType.NAK_BO_RNG)) {
            line.add("OPT_NAK_BO_RNG=" + options.nakBackOffMinMicros() + ".." + options.nakBackOffMaxMicros() + "us");
        }
        if (options.has(OptionType.REDIRECT)) {
            line.add("OPT_REDIRECT=" + options.redirect());
        }
        if (options.has(OptionType.NBR_UNREACH)) {
            line.add("OPT_NBR_UNREACH");
        }
        if (options.has(OptionType.PATH_NLA)) {
            line.add("OPT_PATH_NLA=" + options.pathNla());
        }
    }

    private static void parityOptions(StringJoiner line, OptionView options) {
        if (options.has(OptionType.PARITY_PRM)) {
            int flags = options.parityFlags();
            line.add("OPT_PARITY_PRM=" + options.parityGroupSize()
                    + ((flags & OptionType.PARITY_PROACTIVE) != 0 ? ",proactive" : "")
                    + ((flags & OptionType.PARITY_ON_DEMAND) != 0 ? ",on-demand" : ""));
        }
        if (options.has(OptionType.PARITY_GRP)) {
            line.add("OPT_PARITY_GRP=" + unsigned(options.parityGroup()));
        }
        if (options.has(OptionType.CURR_TGSIZE)) {
            line.add("OPT_CURR_TGSIZE=" + options.currentGroupSize());
        }
        if (options.has(OptionType.CR)) {
            line.add("OPT_CR=" + options.reportWorstLink() + ',' + options.reportWorstPath() + ','
                    + options.reportReceiverPath());
        }
        if (options.has(OptionType.CRQST)) {
            line.add("OPT_CRQST=" + options.reportRequestFlags());
        }
        if (options.has(OptionType.PGMCC_DATA)) {
            line.add("OPT_PGMCC_DATA=" + unsigned(options.pgmccTimestamp()) + ',' + options.pgmccAcker());
        }
        if (options.has(OptionType.PGMCC_FEEDBACK)) {
            line.add("OPT_PGMCC_FEEDBACK=" + unsigned(options.feedbackTimestamp()) + ',' + options.feedbackReceiver()
                    + ',' + options.feedbackLossRate());
        }
    }

    /** Those of pgmjms, which the RFC does not know. */
    private static void ownOptions(StringJoiner line, OptionView options) {
        if (options.has(OptionType.SESSION)) {
            line.add("SESSION=port:" + options.session().unicastPort() + ",first:"
                    + unsigned(options.session().firstSqn()) + ",age:"
                    + options.session().ageMillis() + "ms");
        }
        if (options.has(OptionType.STATUS)) {
            line.add("STATUS=receiver:" + Integer.toHexString(options.status().receiver()) + ",limit:"
                    + unsigned(options.status().limitSqn()) + ",room:"
                    + options.status().roomBytes() + (options.status().isLeaving() ? ",leaving" : ""));
        }
    }

    private static String unsigned(int number) {
        return Integer.toUnsignedString(number);
    }
}
