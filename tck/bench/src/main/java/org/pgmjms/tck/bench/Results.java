package org.pgmjms.tck.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** All outcomes of a run by cell. Immutable. */
final class Results {
    private final Map<Cell, List<Outcome>> byCell = new LinkedHashMap<>();

    Results(List<Outcome> outcomes) {
        outcomes.forEach(outcome -> byCell.computeIfAbsent(outcome.cell(), cell -> new ArrayList<>())
                .add(outcome));
    }

    /** The cells in the order they were measured. */
    Stream<Cell> cells() {
        return byCell.keySet().stream();
    }

    /** The outcomes of a cell; none when it was not measured. */
    List<Outcome> of(Cell cell) {
        return byCell.getOrDefault(cell, List.of());
    }

    /** Median and spread of what the good outcomes say; the others count for nothing. */
    Figure figure(Cell cell, ToDoubleFunction<Outcome> value) {
        return Figure.of(
                of(cell).stream().filter(Outcome::isGood).mapToDouble(value).toArray());
    }

    Figure rate(Cell cell) {
        return figure(cell, Outcome::rate);
    }

    Figure cpuUs(Cell cell) {
        return figure(cell, Outcome::cpuUs);
    }

    Figure p50Us(Cell cell) {
        return latencyUs(cell, Latency::p50Us);
    }

    /** The same of one of the latencies. */
    Figure latencyUs(Cell cell, ToDoubleFunction<Latency> value) {
        return figure(cell, outcome -> value.applyAsDouble(outcome.latency()));
    }
}
