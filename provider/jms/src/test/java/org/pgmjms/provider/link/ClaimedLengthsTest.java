package org.pgmjms.provider.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import jakarta.jms.ObjectMessage;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.DeliveryOrder;
import org.pgmjms.engine.api.SessionStart;
import org.pgmjms.engine.api.Tsi;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.GoldenFiles;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.Mutants;
import org.pgmjms.provider.message.Reading;
import org.pgmjms.provider.message.Verdict;

/**
 * No memory is taken for a length or a count that is only claimed. Where those are in the format is not said here: huge
 * and negative numbers of every width are put into every place of every golden file, one at a time, and what comes of it
 * is received and read. Rule J4.
 */
class ClaimedLengthsTest {
    private static final long ALLOWED_BYTES = 64 * 1024;
    private static final int BUDGET_BYTES = 1 << 24;
    private static final Tsi TSI = FakePublication.TSI;

    /** Two numbers apart is enough for a gap. */
    private static final int LATER = 2;

    /** By width: the largest, the most negative, and those beside the limits of the format. */
    private static final long[][] CLAIMS = {
        {},
        {0xFF, 0x7F, 0x80},
        {0xFFFF, 0x7FFF, 0x8000, 0x0400, 0x0401, 0x1001},
        {},
        {0xFFFF_FFFFL, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x1_0000, 0x1_0001, 0xFF_FFFF},
        {},
        {},
        {},
        {-1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32, Integer.MAX_VALUE},
    };

    /** What ZeroMQ's framing says: lengths of one byte and of eight, one part and several. */
    private static final List<String> ZMQ = List.of(
            "0000" + "0200" + "61",
            "0000" + "ff0000000000000002" + "00" + "61",
            "0000" + "0201" + "61" + "0200" + "62",
            "0000" + "ff0000000000002711" + "00" + "61");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private int cases;
    private int read;

    /** Reads everything of what comes but the objects, which have limits of their own. */
    private final class Reader implements LinkListener {
        private final List<InboundMessage> messages = new ArrayList<>();

        @Override
        public void onMessage(InboundMessage message) {
            messages.add(message);
        }

        @Override
        public void onLoss(LossReport report) {}

        @Override
        public void onSource(SourceEvent event) {}

        @Override
        public void onFailed(Exception cause) {
            throw new AssertionError(cause);
        }

        void readAll() throws JMSException {
            for (InboundMessage each : messages) {
                if (each.verdict() == Verdict.OK && !(each.decode(1, 0) instanceof ObjectMessage)) {
                    Reading.message(each);
                    read++;
                }
            }
        }
    }

    @Test
    void inEnvelopesAndMessages() throws JMSException {
        List<byte[]> golden = GoldenFiles.envelopes();
        Set<String> topics = GoldenFiles.topics(golden);
        for (byte[] good : golden) {
            forgeEverywhere(good, true, reader -> {
                InboundLink inbound = new InboundLink(DeliveryOrder.COMPLETE, BUDGET_BYTES, BUDGET_BYTES);
                topics.forEach(topic -> inbound.add(new Listening(new PgmTopic(topic), reader)));
                inbound.add(new Listening(new PgmTopic(">"), reader));
                return inbound;
            });
        }
        assertThat(cases).isGreaterThan(30_000);
        assertThat(read).isGreaterThan(cases / 100);
    }

    @Test
    void inTheFramingOfZeroMq() throws JMSException {
        for (String good : ZMQ) {
            forgeEverywhere(HexFormat.of().parseHex(good), false, reader -> {
                RawInboundLink inbound = new RawInboundLink(() -> BareReader.zmq(BUDGET_BYTES), BUDGET_BYTES);
                inbound.add(new Listening(new PgmTopic("feed?format=zmq"), reader));
                return inbound;
            });
        }
        assertThat(cases).isGreaterThan(500);
        assertThat(read).isGreaterThan(10);
    }

    private interface Opener {
        Inbound<?> open(Reader reader);
    }

    private void forgeEverywhere(byte[] good, boolean sealed, Opener opener) throws JMSException {
        for (int width = 1; width < CLAIMS.length; width++) {
            for (long claim : CLAIMS[width]) {
                for (int at = 0; at <= good.length - width; at++) {
                    byte[] forged = forged(good, at, width, claim);
                    if (sealed) {
                        Mutants.sealed(Unpooled.wrappedBuffer(forged));
                    }
                    if (least(forged, opener) >= ALLOWED_BYTES) {
                        fail("%s takes memory", ByteBufUtil.hexDump(forged));
                    }
                    cases++;
                }
            }
        }
    }

    private static byte[] forged(byte[] good, int at, int width, long claim) {
        byte[] forged = good.clone();
        for (int i = 0; i < width; i++) {
            forged[at + i] = (byte) (claim >>> Byte.SIZE * (width - 1 - i));
        }
        return forged;
    }

    /** The same twice when need be: the first time classes may be loaded. */
    private long least(byte[] apdu, Opener opener) throws JMSException {
        long taken = taken(apdu, opener);
        return taken < ALLOWED_BYTES ? taken : taken(apdu, opener);
    }

    /** How many bytes it takes to receive an APDU, and to read what there is in it. */
    private long taken(byte[] apdu, Opener opener) throws JMSException {
        Reader reader = new Reader();
        Inbound<?> inbound = opener.open(reader);
        inbound.onSession(TSI, SessionStart.FROM_BIRTH);
        long before = threads.getCurrentThreadAllocatedBytes();

        inbound.onApdu(TSI, 0, 0, Unpooled.wrappedBuffer(apdu), 0);
        inbound.onApdu(TSI, LATER, LATER, Unpooled.wrappedBuffer(apdu), 0);
        inbound.onResolved(TSI, LATER + 1);
        reader.readAll();

        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
