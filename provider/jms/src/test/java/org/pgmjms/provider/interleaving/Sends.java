package org.pgmjms.provider.interleaving;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** All that is sent in a round, and in which order it began. Safe for any thread. */
final class Sends {
    private final AtomicLong tickets = new AtomicLong();
    private final AtomicInteger openCompletions = new AtomicInteger();
    private final Map<String, Sent> byText = new ConcurrentHashMap<>();

    Sent add(Sent sent) {
        byText.put(sent.text(), sent);
        return sent;
    }

    Sent of(String text) {
        return Objects.requireNonNull(byText.get(text), text);
    }

    List<Sent> to(String place) {
        return byText.values().stream()
                .filter(sent -> sent.place().equals(place))
                .toList();
    }

    /** What begins from here on has a higher ticket. */
    long now() {
        return tickets.get();
    }

    long nextTicket() {
        return tickets.incrementAndGet();
    }

    AtomicInteger openCompletions() {
        return openCompletions;
    }
}
