package org.pgmjms.tck.bench;

import static org.pgmjms.tck.bench.Contender.AERON;
import static org.pgmjms.tck.bench.Contender.ARTEMIS;
import static org.pgmjms.tck.bench.Contender.COMPANION_NATIVE;
import static org.pgmjms.tck.bench.Contender.COMPANION_NIO;
import static org.pgmjms.tck.bench.Contender.CONSUMERS_NATIVE;
import static org.pgmjms.tck.bench.Contender.CONSUMERS_NIO;
import static org.pgmjms.tck.bench.Contender.C_MESSAGE;
import static org.pgmjms.tck.bench.Contender.C_PACKETS;
import static org.pgmjms.tck.bench.Contender.C_SEGMENTS;
import static org.pgmjms.tck.bench.Contender.ENGINE_NATIVE;
import static org.pgmjms.tck.bench.Contender.ENGINE_NIO;
import static org.pgmjms.tck.bench.Contender.LARGE_WINDOW_NATIVE;
import static org.pgmjms.tck.bench.Contender.LARGE_WINDOW_NIO;
import static org.pgmjms.tck.bench.Contender.LISTENER_NATIVE;
import static org.pgmjms.tck.bench.Contender.LISTENER_NIO;
import static org.pgmjms.tck.bench.Contender.NIO_LOOP;
import static org.pgmjms.tck.bench.Contender.OPENPGM;
import static org.pgmjms.tck.bench.Contender.RECEIVE_NATIVE;
import static org.pgmjms.tck.bench.Contender.RECEIVE_NIO;
import static org.pgmjms.tck.bench.Contender.SMALL_WINDOW_NATIVE;
import static org.pgmjms.tck.bench.Contender.SMALL_WINDOW_NIO;
import static org.pgmjms.tck.bench.Contender.TOPICS_NATIVE;
import static org.pgmjms.tck.bench.Contender.TOPICS_NIO;
import static org.pgmjms.tck.bench.Contender.USED_COMPANION_NATIVE;
import static org.pgmjms.tck.bench.Contender.USED_COMPANION_NIO;
import static org.pgmjms.tck.bench.Contender.ZEROMQ;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which cells a run has, in the order of the first pass: those of one question are neighbours. */
final class Matrix {
    private static final int USUAL = 256;

    private final Set<Cell> cells = new LinkedHashSet<>();

    private Matrix() {}

    /** What the goals and the plots are about. */
    static List<Cell> full() {
        Matrix matrix = new Matrix();
        for (int receivers : List.of(1, 4)) {
            matrix.rates(USUAL, receivers, 0, LISTENER_NIO, AERON, LISTENER_NATIVE, ZEROMQ, OPENPGM, ARTEMIS);
            matrix.rates(USUAL, receivers, 0, ENGINE_NIO, C_MESSAGE, ENGINE_NATIVE);
            matrix.limit(receivers, ENGINE_NIO, C_PACKETS, ENGINE_NATIVE, C_SEGMENTS);
            matrix.rates(USUAL, receivers, 1, LISTENER_NIO, AERON, LISTENER_NATIVE, ZEROMQ, OPENPGM);
            for (int size : List.of(1024, 8192)) {
                matrix.rates(size, receivers, 0, LISTENER_NIO, AERON, LISTENER_NATIVE);
            }
        }
        matrix.rates(USUAL, 1, 0, RECEIVE_NIO, NIO_LOOP, RECEIVE_NATIVE);
        matrix.rates(1024, 1, 0, ZEROMQ, OPENPGM, C_MESSAGE);
        matrix.rates(8192, 1, 0, ZEROMQ, OPENPGM);
        matrix.rates(64, 1, 0, LISTENER_NIO, AERON, LISTENER_NATIVE, ZEROMQ, OPENPGM);
        matrix.rates(USUAL, 16, 0, LISTENER_NIO, AERON, LISTENER_NATIVE, C_MESSAGE);
        matrix.latency(1, LISTENER_NIO, OPENPGM, LISTENER_NATIVE, AERON, ZEROMQ, C_MESSAGE, NIO_LOOP, ARTEMIS);
        matrix.add(Question.OWN, USUAL, 1, 0, LISTENER_NIO, AERON, LISTENER_NATIVE, ZEROMQ, OPENPGM, C_MESSAGE);
        matrix.costs();
        return List.copyOf(matrix.cells);
    }

    /** Everything that can be asked. */
    static List<Cell> all() {
        Matrix matrix = new Matrix();
        Contender[] peers = {AERON, ZEROMQ, OPENPGM, ARTEMIS, NIO_LOOP, C_MESSAGE};
        Contender[] ours = {LISTENER_NIO, LISTENER_NATIVE, RECEIVE_NIO, RECEIVE_NATIVE, ENGINE_NIO, ENGINE_NATIVE};
        for (int receivers : List.of(1, 4)) {
            for (int size : List.of(64, USUAL, 1024, 8192)) {
                for (int lossPercent : List.of(0, 1)) {
                    matrix.rates(size, receivers, lossPercent, ours);
                    matrix.rates(size, receivers, lossPercent, reliable(peers, lossPercent));
                }
            }
            matrix.limit(receivers, ENGINE_NIO, C_PACKETS, ENGINE_NATIVE, C_SEGMENTS, NIO_LOOP);
            matrix.latency(receivers, ours);
            matrix.latency(receivers, peers);
            matrix.add(Question.OWN, USUAL, receivers, 0, ours);
            matrix.add(Question.OWN, USUAL, receivers, 0, peers);
        }
        matrix.rates(USUAL, 16, 0, LISTENER_NIO, AERON, LISTENER_NATIVE, ENGINE_NIO, C_MESSAGE, ENGINE_NATIVE);
        matrix.limit(16, ENGINE_NIO, C_PACKETS, ENGINE_NATIVE, C_SEGMENTS);
        matrix.costs();
        return List.copyOf(matrix.cells);
    }

    /** What the goals are about as far as it fits into five minutes. */
    static List<Cell> quick() {
        Matrix matrix = new Matrix();
        matrix.rates(USUAL, 1, 0, LISTENER_NIO, AERON, LISTENER_NATIVE, ZEROMQ, OPENPGM, ARTEMIS);
        matrix.limit(1, ENGINE_NIO, C_PACKETS, ENGINE_NATIVE, C_SEGMENTS);
        matrix.rates(USUAL, 4, 0, LISTENER_NIO, AERON, LISTENER_NATIVE);
        matrix.rates(USUAL, 1, 1, LISTENER_NIO, AERON, LISTENER_NATIVE, ZEROMQ, OPENPGM);
        matrix.latency(1, LISTENER_NIO, OPENPGM, LISTENER_NATIVE);
        matrix.rates(1024, 1, 0, LISTENER_NIO, AERON, LISTENER_NATIVE);
        matrix.rates(8192, 1, 0, LISTENER_NIO, AERON, LISTENER_NATIVE);
        return List.copyOf(matrix.cells);
    }

    /** The cells in the order of that pass: every second one goes backwards, so that none always has the same one before it. */
    static List<Cell> inPass(int pass, List<Cell> cells) {
        List<Cell> ordered = new ArrayList<>(cells);
        if (pass % 2 == 0) {
            Collections.reverse(ordered);
        }
        return ordered;
    }

    private static Contender[] reliable(Contender[] contenders, int lossPercent) {
        return Arrays.stream(contenders)
                .filter(contender -> lossPercent == 0 || contender.isReliable())
                .toArray(Contender[]::new);
    }

    private void rates(int size, int receivers, int lossPercent, Contender... contenders) {
        add(Question.RATE, size, receivers, lossPercent, contenders);
    }

    private void limit(int receivers, Contender... contenders) {
        add(Question.LIMIT, Cell.FULL_PACKET, receivers, 0, contenders);
    }

    private void latency(int receivers, Contender... contenders) {
        add(Question.LATENCY, USUAL, receivers, 0, contenders);
    }

    private void costs() {
        add(
                Question.COST,
                USUAL,
                1,
                0,
                LISTENER_NIO,
                COMPANION_NIO,
                USED_COMPANION_NIO,
                TOPICS_NIO,
                CONSUMERS_NIO,
                SMALL_WINDOW_NIO,
                LARGE_WINDOW_NIO);
        add(
                Question.COST,
                USUAL,
                1,
                0,
                LISTENER_NATIVE,
                COMPANION_NATIVE,
                USED_COMPANION_NATIVE,
                TOPICS_NATIVE,
                CONSUMERS_NATIVE,
                SMALL_WINDOW_NATIVE,
                LARGE_WINDOW_NATIVE);
    }

    private void add(Question question, int size, int receivers, int lossPercent, Contender... contenders) {
        for (Contender contender : contenders) {
            cells.add(new Cell(question, contender, size, receivers, lossPercent));
        }
    }
}
