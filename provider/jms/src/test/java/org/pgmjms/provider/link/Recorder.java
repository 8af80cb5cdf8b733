package org.pgmjms.provider.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.loss.SourceEvent;
import org.pgmjms.provider.message.InboundMessage;
import org.pgmjms.provider.message.PgmTextMessage;

/** Writes down what a listener is told, in order: numbers of messages as Integer, the rest as it is. */
final class Recorder implements LinkListener {
    final List<Object> events = new ArrayList<>();
    final List<InboundMessage> messages = new ArrayList<>();

    static int number(InboundMessage message) {
        return field(message, 0);
    }

    /** The transaction that a message belongs to, or 0. */
    static int transaction(InboundMessage message) {
        return field(message, 1);
    }

    private static int field(InboundMessage message, int index) {
        String text = Objects.requireNonNull(((PgmTextMessage) message.decode(1, 0)).getText());
        return Integer.parseInt(text.split(":", 3)[index]);
    }

    @Override
    public synchronized void onMessage(InboundMessage message) {
        messages.add(message);
        events.add(number(message));
    }

    @Override
    public synchronized void onLoss(LossReport report) {
        events.add(report);
    }

    @Override
    public synchronized void onSource(SourceEvent event) {
        events.add(event.kind());
    }

    @Override
    public synchronized void onFailed(Exception cause) {
        events.add(cause);
    }

    synchronized List<Integer> numbers() {
        return events.stream()
                .filter(Integer.class::isInstance)
                .map(Integer.class::cast)
                .toList();
    }

    synchronized List<LossReport> losses() {
        return events.stream()
                .filter(LossReport.class::isInstance)
                .map(LossReport.class::cast)
                .toList();
    }

    synchronized int count() {
        return messages.size();
    }

    synchronized boolean has(Object event) {
        return events.contains(event);
    }
}
