package org.pgmjms.tck.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which cells a run has, in the order of a pass. */
final class Matrix {
    private static final int USUAL = 256;
    private static final List<Contender> FAN_OUT = List.of(
            Contender.LISTENER_NIO,
            Contender.AERON,
            Contender.LISTENER_NATIVE,
            Contender.ZEROMQ,
            Contender.RECEIVE_NIO,
            Contender.OPENPGM,
            Contender.RECEIVE_NATIVE,
            Contender.NIO_LOOP,
            Contender.ENGINE_NIO,
            Contender.C_MESSAGE,
            Contender.ENGINE_NATIVE,
            Contender.ARTEMIS);
    private static final List<Contender> MAIN = List.of(
            Contender.LISTENER_NIO,
            Contender.AERON,
            Contender.LISTENER_NATIVE,
            Contender.ZEROMQ,
            Contender.OPENPGM,
            Contender.ARTEMIS);
    private static final List<Contender> LIMIT = List.of(
            Contender.ENGINE_NIO,
            Contender.C_PACKETS,
            Contender.ENGINE_NATIVE,
            Contender.C_SEGMENTS,
            Contender.NIO_LOOP);
    private static final List<Contender> COSTS = List.of(
            Contender.LISTENER_NIO,
            Contender.TOPICS_NIO,
            Contender.CONSUMERS_NIO,
            Contender.SMALL_WINDOW_NIO,
            Contender.LARGE_WINDOW_NIO,
            Contender.LISTENER_NATIVE,
            Contender.TOPICS_NATIVE,
            Contender.CONSUMERS_NATIVE,
            Contender.SMALL_WINDOW_NATIVE,
            Contender.LARGE_WINDOW_NATIVE);

    private final Set<Cell> cells = new LinkedHashSet<>();

    private Matrix() {}

    /** Everything. */
    static List<Cell> full() {
        Matrix matrix = new Matrix();
        for (int receivers : List.of(1, 4)) {
            matrix.add(Question.RATE, FAN_OUT, USUAL, receivers, 0);
            matrix.add(Question.RATE, reliable(FAN_OUT), USUAL, receivers, 1);
            matrix.add(Question.LIMIT, LIMIT, Cell.FULL_PACKET, receivers, 0);
            for (int size : List.of(64, 1024, 8192)) {
                matrix.add(Question.RATE, withoutReceive(FAN_OUT), size, receivers, 0);
            }
            matrix.add(Question.OWN, withoutReceive(FAN_OUT), USUAL, receivers, 0);
        }
        matrix.add(
                Question.RATE,
                List.of(Contender.LISTENER_NIO, Contender.AERON, Contender.LISTENER_NATIVE, Contender.C_MESSAGE),
                USUAL,
                16,
                0);
        matrix.add(
                Question.LIMIT,
                List.of(Contender.ENGINE_NIO, Contender.C_PACKETS, Contender.ENGINE_NATIVE, Contender.C_SEGMENTS),
                Cell.FULL_PACKET,
                16,
                0);
        matrix.add(Question.LATENCY, FAN_OUT, USUAL, 1, 0);
        matrix.add(
                Question.LATENCY,
                List.of(Contender.LISTENER_NIO, Contender.AERON, Contender.LISTENER_NATIVE, Contender.OPENPGM),
                USUAL,
                4,
                0);
        matrix.add(Question.COST, COSTS, USUAL, 1, 0);
        return List.copyOf(matrix.cells);
    }

    /** What the goals are about, in less than five minutes. */
    static List<Cell> quick() {
        Matrix matrix = new Matrix();
        List<Contender> pair = List.of(Contender.LISTENER_NIO, Contender.AERON, Contender.LISTENER_NATIVE);
        matrix.add(Question.RATE, MAIN, USUAL, 1, 0);
        matrix.add(Question.RATE, pair, USUAL, 4, 0);
        matrix.add(Question.LIMIT, LIMIT.subList(0, 4), Cell.FULL_PACKET, 1, 0);
        matrix.add(Question.RATE, MAIN.subList(0, 4), USUAL, 1, 1);
        matrix.add(
                Question.LATENCY,
                List.of(Contender.LISTENER_NIO, Contender.OPENPGM, Contender.LISTENER_NATIVE),
                USUAL,
                1,
                0);
        matrix.add(Question.RATE, pair, 1024, 1, 0);
        matrix.add(Question.RATE, pair, 8192, 1, 0);
        return List.copyOf(matrix.cells);
    }

    private static List<Contender> reliable(List<Contender> contenders) {
        return contenders.stream().filter(Contender::isReliable).toList();
    }

    private static List<Contender> withoutReceive(List<Contender> contenders) {
        List<Contender> left = new ArrayList<>(contenders);
        left.removeAll(List.of(Contender.RECEIVE_NIO, Contender.RECEIVE_NATIVE));
        return left;
    }

    private void add(Question question, List<Contender> contenders, int size, int receivers, int lossPercent) {
        contenders.forEach(contender -> cells.add(new Cell(question, contender, size, receivers, lossPercent)));
    }
}
