package org.pgmjms.provider.link;

import java.util.ArrayList;
import java.util.List;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.InboundMessage;

/** Writes down what a raw listener is told: sequences as Long, reports, names of events. */
final class RawRecorder implements LinkListener {
    final List<Object> events = new ArrayList<>();

    @Override
    public synchronized void onMessage(InboundMessage message) {
        events.add(message.sequence());
    }

    @Override
    public synchronized void onLoss(LossReport report) {
        events.add(report);
    }

    @Override
    public synchronized void onSource(SourceEvent event) {
        events.add(event.kind().name());
    }

    @Override
    public synchronized void onFailed(Exception cause) {
        events.add(cause);
    }

    synchronized boolean hasEnded() {
        return events.contains("ENDED");
    }

    synchronized long count() {
        return events.stream().filter(Long.class::isInstance).count();
    }

    synchronized List<LossReport> losses() {
        return events.stream()
                .filter(LossReport.class::isInstance)
                .map(LossReport.class::cast)
                .toList();
    }
}
