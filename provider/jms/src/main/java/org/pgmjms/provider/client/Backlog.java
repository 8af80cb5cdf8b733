package org.pgmjms.provider.client;

import jakarta.jms.Message;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.InboundMessage;

/**
 * Messages and reports in the order in which they are delivered. A message of higher priority overtakes the others, but
 * no report: what came before a gap is delivered before it is reported. Jakarta Messaging 3.1, section 3.4.10. Not safe
 * for threads. While all priorities are the usual one, this is one queue between two reports.
 */
final class Backlog {
    private static final int PRIORITIES = 10;

    private final ArrayDeque<Stretch> stretches = new ArrayDeque<>();
    /** Messages are added to it. */
    private Stretch last = new Stretch();

    private int messages;
    private int reports;

    Backlog() {
        stretches.add(last);
    }

    /** Messages up to some reports, and these. */
    private static final class Stretch {
        private final ArrayDeque<InboundMessage> usual = new ArrayDeque<>();
        private final @Nullable ArrayDeque<InboundMessage>[] others = others();
        private final ArrayDeque<LossReport> reports = new ArrayDeque<>();
        /** Bit n: there are messages of priority n. */
        private int filled;

        @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
        private static @Nullable ArrayDeque<InboundMessage>[] others() {
            return new ArrayDeque[PRIORITIES];
        }

        void add(InboundMessage message) {
            int priority = message.priority();
            filled |= 1 << priority;
            queue(priority).add(message);
        }

        private ArrayDeque<InboundMessage> queue(int priority) {
            if (priority == Message.DEFAULT_PRIORITY) {
                return usual;
            }
            ArrayDeque<InboundMessage> queue = others[priority];
            if (queue == null) {
                queue = new ArrayDeque<>();
                others[priority] = queue;
            }
            return queue;
        }

        @Nullable Object poll(boolean highestFirst) {
            if (filled == 0) {
                return reports.poll();
            }
            int priority = highestFirst
                    ? Integer.SIZE - 1 - Integer.numberOfLeadingZeros(filled)
                    : Integer.numberOfTrailingZeros(filled);
            ArrayDeque<InboundMessage> queue = queue(priority);
            InboundMessage message = queue.poll();
            if (queue.isEmpty()) {
                filled &= ~(1 << priority);
            }
            return message;
        }
    }

    void add(InboundMessage message) {
        if (!last.reports.isEmpty()) {
            last = new Stretch();
            stretches.add(last);
        }
        last.add(message);
        messages++;
    }

    void add(LossReport report) {
        last.reports.add(report);
        reports++;
    }

    /** Takes what is delivered next. */
    @Nullable Object poll() {
        return poll(true);
    }

    /** Takes what is first to give way: between two reports the lowest priority. */
    @Nullable Object pollLeast() {
        return poll(false);
    }

    private @Nullable Object poll(boolean highestFirst) {
        if (isEmpty()) {
            return null;
        }
        Object next = stretches.getFirst().poll(highestFirst);
        while (next == null) {
            stretches.remove();
            next = stretches.getFirst().poll(highestFirst);
        }
        if (next instanceof LossReport) {
            reports--;
        } else {
            messages--;
        }
        return next;
    }

    boolean isEmpty() {
        return messages + reports == 0;
    }

    /** How many messages there are. */
    int messages() {
        return messages;
    }

    /** Adds up the reports between each two messages; how many are left. */
    int foldReports() {
        reports = 0;
        for (Stretch stretch : stretches) {
            reports += ReportFold.fold(stretch.reports);
        }
        return reports;
    }
}
