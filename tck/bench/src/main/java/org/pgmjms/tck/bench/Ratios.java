package org.pgmjms.tck.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compares pgmjms with its peers, cell by cell. */
final class Ratios {
    private static final List<Contender> PEERS = List.of(
            Contender.AERON,
            Contender.ZEROMQ,
            Contender.OPENPGM,
            Contender.ARTEMIS,
            Contender.NIO_LOOP,
            Contender.C_MESSAGE);

    private final Results results;
    private final List<Ratio> ratios = new ArrayList<>();

    private Ratios(Results results) {
        this.results = results;
    }

    /** All ratios that a run has figures for. */
    static List<Ratio> of(Results results) {
        Ratios all = new Ratios(results);
        results.cells().forEach(all::compare);
        return List.copyOf(all.ratios);
    }

    /** Writes them, a line each, under the header. */
    static void write(List<Ratio> ratios, Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of(Ratio.HEADER));
        ratios.forEach(ratio -> lines.add(ratio.line()));
        Files.write(file, lines);
    }

    private void compare(Cell ours) {
        Contender contender = ours.contender();
        boolean isListener = contender == Contender.LISTENER_NIO || contender == Contender.LISTENER_NATIVE;
        boolean isEngine = contender.kind() == Contender.Kind.ENGINE;
        switch (ours.question()) {
            case RATE -> {
                if (isListener) {
                    PEERS.forEach(peer -> throughput(ours, ours.with(peer), peer.id()));
                    bestPeer(ours);
                } else if (isEngine) {
                    packed(ours);
                }
            }
            case OWN -> {
                if (isListener) {
                    PEERS.forEach(peer -> throughput(ours, ours.with(peer), peer.id() + "-own"));
                }
            }
            case LIMIT -> {
                if (isEngine) {
                    throughput(ours, ours.with(Contender.C_SEGMENTS), "c-segments");
                    throughput(ours, ours.with(Contender.C_PACKETS), "c");
                    throughput(ours, ours.with(Contender.NIO_LOOP), "nio-loop");
                }
            }
            case LATENCY -> {
                if (isListener) {
                    PEERS.forEach(peer ->
                            add(ours, peer.id(), Ratio.P50, results.p50Us(ours), results.p50Us(ours.with(peer)), 1));
                }
            }
            case COST -> cost(ours);
        }
    }

    private void throughput(Cell ours, Cell theirs, String name) {
        add(ours, name, Ratio.RATE, results.rate(ours), results.rate(theirs), 1);
        add(ours, name, Ratio.CPU, results.cpuUs(ours), results.cpuUs(theirs), 1);
    }

    private void bestPeer(Cell ours) {
        Cell best = null;
        for (Contender peer : PEERS) {
            Cell cell = ours.with(peer);
            if (peer.isReliable()
                    && results.rate(cell).isKnown()
                    && (best == null
                            || results.rate(cell).median() > results.rate(best).median())) {
                best = cell;
            }
        }
        if (best != null) {
            throughput(ours, best, "best-peer");
        }
    }

    /** The engine with small messages against C with full packets, each of which could hold so many of them. */
    private void packed(Cell ours) {
        int each = Cell.FULL_PACKET / ours.size();
        if (each > 0) {
            Cell packets = new Cell(
                    Question.LIMIT, Contender.C_PACKETS, Cell.FULL_PACKET, ours.receivers(), ours.lossPercent());
            add(ours, "c", Ratio.RATE, results.rate(ours), results.rate(packets), each);
            add(ours, "c", Ratio.CPU, results.cpuUs(ours), results.cpuUs(packets), 1.0 / each);
        }
    }

    private void cost(Cell ours) {
        switch (ours.contender()) {
            case TOPICS_NIO -> cost(ours, Contender.LISTENER_NIO, "base-topics");
            case TOPICS_NATIVE -> cost(ours, Contender.LISTENER_NATIVE, "base-topics");
            case CONSUMERS_NIO -> cost(ours, Contender.LISTENER_NIO, "base-consumers");
            case CONSUMERS_NATIVE -> cost(ours, Contender.LISTENER_NATIVE, "base-consumers");
            case LARGE_WINDOW_NIO -> cost(ours, Contender.SMALL_WINDOW_NIO, "base-window");
            case LARGE_WINDOW_NATIVE -> cost(ours, Contender.SMALL_WINDOW_NATIVE, "base-window");
            case COMPANION_NIO -> throughput(ours, ours.with(Contender.LISTENER_NIO), "base-companion");
            case COMPANION_NATIVE -> throughput(ours, ours.with(Contender.LISTENER_NATIVE), "base-companion");
            case USED_COMPANION_NIO -> throughput(ours, ours.with(Contender.LISTENER_NIO), "base-used-companion");
            case USED_COMPANION_NATIVE -> throughput(ours, ours.with(Contender.LISTENER_NATIVE), "base-used-companion");
            default -> {}
        }
    }

    private void cost(Cell ours, Contender base, String name) {
        add(ours, name, Ratio.CPU, results.cpuUs(ours), results.cpuUs(ours.with(base)), 1);
    }

    private void add(Cell ours, String name, String metric, Figure our, Figure their, double factor) {
        if (our.isKnown() && their.isKnown() && their.median() > 0) {
            ratios.add(new Ratio(
                    ours.contender().port().id(),
                    name,
                    ours.size(),
                    ours.receivers(),
                    ours.lossPercent(),
                    metric,
                    our.median() / (their.median() * factor)));
        }
    }
}
