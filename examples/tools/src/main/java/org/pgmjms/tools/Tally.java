package org.pgmjms.tools;

import jakarta.jms.Destination;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.pgmjms.provider.loss.LossListener;
import org.pgmjms.provider.loss.LossReport;

/**
 * Counts what a subscriber got and what it was told it did not get. Messages are counted by the receiving thread, losses
 * by the connection's event thread.
 */
final class Tally implements ExceptionListener, LossListener {
    private static final String SOURCE = "JMS_PGM_Source";
    private static final String SEQUENCE = "JMS_PGM_Sequence";

    private final long startNs = System.nanoTime();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicBoolean lostUnknown = new AtomicBoolean();
    private final Map<Stream, Long> lastSequences = new HashMap<>();
    private long received;
    private long duplicates;

    /** Messages of one source to one topic, whose sequences rise. */
    private record Stream(String source, Destination topic) {}

    void onReceived(Message message) throws JMSException {
        received++;
        String source = message.getStringProperty(SOURCE);
        if (source == null || !message.propertyExists(SEQUENCE)) {
            return;
        }
        long sequence = message.getLongProperty(SEQUENCE);
        Stream stream = new Stream(source, message.getJMSDestination());
        Long last = lastSequences.put(stream, sequence);
        if (last != null && last >= sequence) {
            duplicates++;
            lastSequences.put(stream, last);
        }
    }

    @Override
    public void onLoss(LossReport report) {
        if (report.isExact()) {
            lost.addAndGet(report.count());
        } else {
            lostUnknown.set(true);
        }
    }

    @Override
    public void onException(JMSException failure) {
        System.err.println("pgmjms: " + Failures.describe(failure));
    }

    long received() {
        return received;
    }

    /** Messages reported lost with a count. */
    long lost() {
        return lost.get();
    }

    boolean anyLost() {
        return lost.get() > 0 || lostUnknown.get();
    }

    String summary() {
        Set<String> sources = new HashSet<>();
        lastSequences.keySet().forEach(stream -> sources.add(stream.source));
        return String.format(
                Locale.ROOT,
                "received=%d lost=%s duplicates=%d sources=%d seconds=%.3f",
                received,
                lostUnknown.get() ? "unknown" : Long.toString(lost.get()),
                duplicates,
                sources.size(),
                (System.nanoTime() - startNs) / 1e9);
    }
}
