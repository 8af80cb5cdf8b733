package org.pgmjms.provider.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pgmjms.provider.client.ConnectionSettings.QueueLimits;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.link.JmsLimits;
import org.pgmjms.provider.loss.LossCause;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.testing.Call;
import org.pgmjms.provider.testing.VirtualClock;

class DeliveryQueueTest {
    private static final PgmTopic TOPIC = new PgmTopic("quotes.us");
    private static final int MESSAGE_BYTES = message("a", 1).sizeBytes();
    private static final long UNLIMITED = Long.MAX_VALUE;

    @Test
    void dropsTheOldestAndReportsThemInTheirPlace() {
        DeliveryQueue queue = queue(3, UNLIMITED, OverrunPolicy.DROP_OLDEST);
        add(queue, "a", 1, 2, 3, 4, 5);

        assertEquals(overrun("a", 1, 2, 2), queue.take());
        assertEquals(List.of("a3", "a4", "a5"), takeAll(queue));
    }

    @Test
    void dropsTheNewestAndReportsThemInTheirPlace() {
        DeliveryQueue queue = queue(3, UNLIMITED, OverrunPolicy.DROP_NEWEST);
        add(queue, "a", 1, 2, 3, 4, 5);
        queue.take();
        add(queue, "a", 6);

        assertEquals(List.of("a2", "a3", "a4-5:2", "a6"), takeAll(queue));
    }

    @Test
    void reportsDroppedNewestWhenNothingFollows() {
        DeliveryQueue queue = queue(1, UNLIMITED, OverrunPolicy.DROP_NEWEST);
        add(queue, "a", 1, 2, 3);

        assertEquals(List.of("a1", "a2-3:2"), takeAll(queue));
    }

    @Test
    void countsEachSourceByItself() {
        DeliveryQueue queue = queue(2, UNLIMITED, OverrunPolicy.DROP_OLDEST);
        add(queue, "a", 1);
        add(queue, "b", 1);
        add(queue, "a", 2);
        add(queue, "b", 2);
        add(queue, "a", 3);

        assertEquals(List.of("a1-2:2", "b1-1:1", "b2", "a3"), takeAll(queue));
    }

    @Test
    void aLossOfTheNetworkAmongDroppedMessagesKeepsItsPlace() {
        DeliveryQueue queue = queue(2, UNLIMITED, OverrunPolicy.DROP_OLDEST);
        add(queue, "a", 1);
        queue.add(new LossReport(TOPIC, "a", 2, 3, 2, LossCause.TRAIL_PASSED));
        add(queue, "a", 4, 5, 6);

        assertEquals(List.of("a1-1:1", "a2-3:2", "a4-4:1", "a5", "a6"), takeAll(queue));
    }

    @Test
    void bytesAreALimitTooButOneMessageAlwaysFits() {
        DeliveryQueue queue = queue(100, MESSAGE_BYTES + 1, OverrunPolicy.DROP_OLDEST);
        add(queue, "a", 1, 2);

        assertEquals(List.of("a1-1:1", "a2"), takeAll(queue));
        DeliveryQueue tiny = queue(100, 1, OverrunPolicy.DROP_OLDEST);
        add(tiny, "a", 1);
        assertEquals(List.of("a1"), takeAll(tiny));
    }

    @Test
    void disconnectEndsTheStreamWithAReportOfUnknownExtent() {
        DeliveryQueue queue = queue(2, UNLIMITED, OverrunPolicy.DISCONNECT);
        add(queue, "a", 1, 2, 3, 4);

        assertFalse(queue.isCutOff());
        assertEquals(List.of("a1", "a2", "a3-3:-1"), takeAll(queue));
        assertTrue(queue.isCutOff());
        add(queue, "a", 5);
        assertNull(queue.take());
    }

    @Test
    void whatWasDeliveredAndComesAgainIsNeverDropped() {
        DeliveryQueue queue = queue(1, UNLIMITED, OverrunPolicy.DROP_OLDEST);
        add(queue, "a", 1);
        Pending delivered = new Pending(null, (InboundMessage) queue.take(), 0);
        queue.putBack(delivered);

        add(queue, "a", 2, 3);

        assertEquals(delivered, queue.take());
        assertEquals(List.of("a2-2:1", "a3"), takeAll(queue));
    }

    @Test
    void whatIsPutBackComesInTheOrderBefore() {
        DeliveryQueue queue = queue(10, UNLIMITED, OverrunPolicy.DROP_OLDEST);
        Pending first = new Pending(null, message("a", 1), 0);
        Pending second = new Pending(null, message("a", 2), 0);
        add(queue, "a", 3);

        queue.putBack(second);
        queue.putBack(first);

        assertEquals(first, queue.take());
        assertEquals(second, queue.take());
        assertEquals(List.of("a3"), takeAll(queue));
    }

    @Test
    void reportsThatNobodyHearsAddUpInsteadOfPilingUp() {
        DeliveryQueue queue = queue(100, UNLIMITED, OverrunPolicy.DROP_OLDEST);
        add(queue, "a", 1);
        for (long i = 0; i < 100_000; i++) {
            queue.add(new LossReport(TOPIC, "a", 2 + 3 * i, 4 + 3 * i, 3, LossCause.MALFORMED));
        }
        queue.add(new LossReport(TOPIC, "a", 300_002, 300_002, LossReport.UNKNOWN, LossCause.RESET));

        List<String> all = takeAll(queue);

        assertTrue(all.size() < 3_000, "left " + all.size());
        assertEquals("a1", all.get(0));
        assertEquals("a300002-300002:-1", all.get(all.size() - 1));
        long lost = all.stream()
                .skip(1)
                .limit(all.size() - 2)
                .mapToLong(each -> Long.parseLong(each.substring(each.indexOf(':') + 1)))
                .sum();
        assertEquals(300_000, lost);
    }

    /** Delivered plus reported is sent, in order, whatever the two threads do. */
    @ParameterizedTest
    @EnumSource(
            value = OverrunPolicy.class,
            names = {"DROP_OLDEST", "DROP_NEWEST"})
    void nothingVanishesBetweenTwoThreads(OverrunPolicy policy) throws Exception {
        for (long seed = 0; seed < 20; seed++) {
            DeliveryQueue queue = queue(1 + (int) seed * 3, UNLIMITED, policy);
            Map<String, Long> sent = new HashMap<>();
            Random random = new Random(seed);
            Call<Void> agent = Call.of(() -> {
                for (int i = 0; i < 20_000; i++) {
                    String source = random.nextInt(3) == 0 ? "a" : "b";
                    queue.add(message(source, sent.merge(source, 1L, Long::sum)));
                }
            });

            Map<String, Long> next = new HashMap<>();
            boolean ended = false;
            while (!ended) {
                ended = agent.isDone();
                for (Object taken = queue.take(); taken != null; taken = queue.take()) {
                    check(taken, next);
                }
            }

            agent.result();
            assertEquals(sent, next, "seed " + seed);
        }
    }

    /** Each piece follows the one before of its source, without a hole and without an overlap. */
    private static void check(Object taken, Map<String, Long> last) {
        if (taken instanceof InboundMessage message) {
            assertEquals(last.getOrDefault(message.source(), 0L) + 1, message.sequence());
            last.put(message.source(), message.sequence());
        } else if (taken instanceof LossReport report) {
            assertEquals(last.getOrDefault(report.source(), 0L) + 1, report.firstMissing());
            assertEquals(report.lastMissing() - report.firstMissing() + 1, report.count());
            last.put(report.source(), report.lastMissing());
        } else {
            throw new AssertionError(taken);
        }
    }

    private static DeliveryQueue queue(int messages, long bytes, OverrunPolicy policy) {
        return new DeliveryQueue(
                TOPIC,
                new QueueLimits(bytes, messages, policy),
                new MessageTimes(new VirtualClock(), 0),
                new JmsLimits(() -> 0));
    }

    private static InboundMessage message(String source, long sequence) {
        return InboundMessage.raw(TOPIC, new byte[100], source, sequence, false);
    }

    private static void add(DeliveryQueue queue, String source, long... sequences) {
        for (long sequence : sequences) {
            queue.add(message(source, sequence));
        }
    }

    private static LossReport overrun(String source, long first, long last, long count) {
        return new LossReport(TOPIC, source, first, last, count, LossCause.CONSUMER_OVERRUN);
    }

    private static List<String> takeAll(DeliveryQueue queue) {
        List<String> all = new ArrayList<>();
        for (Object taken = queue.take(); taken != null; taken = queue.take()) {
            if (taken instanceof InboundMessage message) {
                all.add(message.source() + message.sequence());
            } else if (taken instanceof LossReport report) {
                all.add(report.source() + report.firstMissing() + "-" + report.lastMissing() + ":" + report.count());
            }
        }
        return all;
    }
}
