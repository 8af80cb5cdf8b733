package org.pgmjms.tck.bench;

import java.util.List;

/** Outcomes as tests need them. */
final class Samples {
    private Samples() {}

    static Cell cell(Question question, Contender contender, int size, int receivers, int loss) {
        return new Cell(question, contender, size, receivers, loss);
    }

    static Outcome outcome(Cell cell, int pass, double rate, double senderUs, double receiverUs, long lost) {
        return new Outcome(cell, pass, rate, rate, lost, 0, senderUs, receiverUs, 0, Latency.NONE, "");
    }

    static Outcome outcome(Cell cell, double rate, double cpuUs) {
        return outcome(cell, 1, rate, cpuUs / 2, cpuUs / 2, 0);
    }

    static Outcome latency(Contender contender, double p50Us) {
        Cell cell = cell(Question.LATENCY, contender, 256, 1, 0);
        Latency latency = new Latency(100, p50Us, p50Us, p50Us, p50Us, p50Us);
        return new Outcome(cell, 1, 10_000, 10_000, 0, 0, 1, 1, 1, latency, "");
    }

    static Results results(Outcome... outcomes) {
        return new Results(List.of(outcomes));
    }
}
