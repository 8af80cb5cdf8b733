package org.pgmjms.tools.top;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.pgmjms.engine.jmx.NakSender;
import org.pgmjms.engine.jmx.SenderStatistics;
import org.pgmjms.engine.jmx.SessionState;

/** Writes down what happened between two looks, as plain text in columns. Immutable. */
public final class Screen {
    private static final String NEW_LINE = "\n";
    private static final double BITS_PER_BYTE_IN_MEGA = 8e-6;

    private final Look before;
    private final Look now;
    private final int most;
    private final StringBuilder text = new StringBuilder(2048);

    private Screen(Look before, Look now, int most) {
        this.before = before;
        this.now = now;
        this.most = most;
    }

    /** The text for two looks, with that many sessions and NAKers at most. */
    public static String between(Look before, Look now, int most) {
        return new Screen(before, now, most).write();
    }

    private String write() {
        long sessions = now.receivers().values().stream()
                .mapToLong(row -> row.sessions().size())
                .sum();
        line(
                "engines %d  sources %d  receivers %d  sessions %d",
                now.engines(), now.sources().size(), now.receivers().size(), sessions);
        sources();
        askers();
        receivers();
        sessions();
        limits();
        return text.toString();
    }

    private void sources() {
        if (now.sources().isEmpty()) {
            return;
        }
        line("");
        line(
                "%-24s %-30s %9s %9s %9s %8s %8s %8s",
                "SOURCES", "TSI", "packets/s", "Mbit/s", "repairs/s", "NAKs/s", "too late", "waiting");
        now.sources().forEach((name, row) -> {
            Look.SourceRow old = before.sources().get(name);
            Map<String, Long> was = old == null ? Map.of() : old.counters();
            SenderStatistics statistics = row.statistics();
            long oldBytes = old == null ? 0 : old.statistics().getTotalBytesSent();
            line(
                    "%-24s %-30s %9.0f %9.2f %9.0f %8.0f %8d %8d",
                    row.channel(),
                    row.tsi(),
                    rate(row.counters(), was, "odata_sent"),
                    perSecond(statistics.getTotalBytesSent() - oldBytes) * BITS_PER_BYTE_IN_MEGA,
                    rate(row.counters(), was, "rdata_sent"),
                    rate(row.counters(), was, "naks_received"),
                    statistics.getNaksReceivedTooLate(),
                    statistics.getNumOutstandingNaks());
        });
    }

    private void askers() {
        List<Asker> all = now.sources().values().stream()
                .flatMap(row -> row.askers().stream().map(asker -> new Asker(row.tsi(), asker)))
                .sorted(Comparator.comparingLong((Asker asker) -> asker.sender.getNumbers())
                        .reversed())
                .limit(most)
                .toList();
        if (all.isEmpty()) {
            return;
        }
        line("");
        line("%-24s %-30s %9s %9s", "WORST NAKERS", "OF TSI", "NAKs", "numbers");
        for (Asker asker : all) {
            NakSender sender = asker.sender;
            line(
                    "%-24s %-30s %9d %9d",
                    sender.getAddress() + ":" + sender.getPort(), asker.tsi, sender.getPackets(), sender.getNumbers());
        }
    }

    private record Asker(String tsi, NakSender sender) {}

    private void receivers() {
        if (now.receivers().isEmpty()) {
            return;
        }
        line("");
        line(
                "%-24s %5s %8s %9s %9s %9s %8s %8s %8s %8s",
                "RECEIVERS",
                "subs",
                "sessions",
                "packets/s",
                "Mbit/s",
                "repairs/s",
                "NAKs/s",
                "lost",
                "no room",
                "rejected");
        now.receivers().forEach((name, row) -> {
            Look.ReceiverRow old = before.receivers().get(name);
            Map<String, Long> was = old == null ? Map.of() : old.counters();
            Map<String, Long> is = row.counters();
            line(
                    "%-24s %5d %8d %9.0f %9.2f %9.0f %8.0f %8d %8d %8d",
                    row.channel(),
                    row.subscriptions(),
                    row.sessions().stream().filter(SessionState::isEstablished).count(),
                    rate(is, was, "odata_received"),
                    rate(is, was, "total_bytes") * BITS_PER_BYTE_IN_MEGA,
                    rate(is, was, "rdata_received"),
                    rate(is, was, "naks_sent"),
                    is.getOrDefault("lost", 0L),
                    is.getOrDefault("no_room", 0L),
                    row.rejects());
        });
    }

    private void sessions() {
        List<SessionState> all = now.receivers().values().stream()
                .flatMap(row -> row.sessions().stream())
                .sorted(Comparator.comparing(SessionState::isEstablished)
                        .thenComparingLong(SessionState::getLost)
                        .thenComparingLong(SessionState::getMissing)
                        .reversed())
                .limit(most)
                .toList();
        if (all.isEmpty()) {
            return;
        }
        line("");
        line(
                "%-30s %-15s %10s %9s %8s %8s %10s %8s %8s",
                "SESSIONS", "ADDRESS", "lead", "packets/s", "missing", "asked", "buffered", "lost", "silent");
        for (SessionState session : all) {
            line(
                    "%-30s %-15s %10d %9.0f %8d %8d %10d %8d %7.1fs%s",
                    session.getTsi(),
                    session.getAddress(),
                    session.getLeadingEdgeSeqId(),
                    leadRate(session),
                    session.getMissing(),
                    session.getRequested(),
                    session.getBufferedBytes(),
                    session.getLost(),
                    session.getSilentMillis() / 1000.0,
                    session.isEstablished() ? "" : " half-open");
        }
    }

    private double leadRate(SessionState session) {
        return before.receivers().values().stream()
                .flatMap(row -> row.sessions().stream())
                .filter(old -> Objects.equals(old.getTsi(), session.getTsi()))
                .findFirst()
                .map(old -> perSecond(ahead(session, old)))
                .orElse(0.0);
    }

    /** By how many numbers, which wrap. */
    private static int ahead(SessionState now, SessionState old) {
        return (int) (now.getLeadingEdgeSeqId() - old.getLeadingEdgeSeqId());
    }

    private void limits() {
        if (now.limits().values().stream().noneMatch(hits -> hits > 0)) {
            return;
        }
        line("");
        line("%-24s %9s %9s", "LIMITS HIT", "hits", "hits/s");
        now.limits().forEach((limit, hits) -> {
            if (hits > 0) {
                line("%-24s %9d %9.1f", limit, hits, rate(now.limits(), before.limits(), limit));
            }
        });
    }

    private double rate(Map<String, Long> is, Map<String, Long> was, String counter) {
        return perSecond(is.getOrDefault(counter, 0L) - was.getOrDefault(counter, 0L));
    }

    private double perSecond(long more) {
        long ns = now.nanos() - before.nanos();
        return ns <= 0 ? 0 : more * 1e9 / ns;
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a library more
    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append(NEW_LINE);
    }
}
