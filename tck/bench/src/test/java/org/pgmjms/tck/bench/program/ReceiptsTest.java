package org.pgmjms.tck.bench.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptsTest {
    @TempDir
    private Path directory;

    private Board board;
    private Receipts receipts;

    @BeforeEach
    void open() {
        board = Board.open(directory.resolve("board"));
        receipts = new Receipts(board, new Arguments(List.of("index=2")));
    }

    @Test
    void countsWhatIsMissingAndWhatComesAgain() {
        for (long sequence : new long[] {0, 1, 4, 4, 3, 5}) {
            receipts.onMessage(sequence, 0);
        }
        receipts.publish();

        assertThat(board.get(2, Board.COUNT)).isEqualTo(6);
        assertThat(board.get(2, Board.LOST)).isEqualTo(2);
        assertThat(board.get(2, Board.ODD)).isEqualTo(2);
        assertThat(board.get(2, Board.NEXT)).isEqualTo(6);
    }

    @Test
    void latenciesCountOnlyWhileTheyAreMeasured() {
        receipts.onMessage(0, System.nanoTime());
        assertThat(printed()).doesNotContain("LATENCY");

        board.measuring(true);
        receipts.onMessage(1, System.nanoTime() - 5_000_000);

        assertThat(printed()).containsPattern("LATENCY count=1 p50=\\d{7,} ");
    }

    @Test
    void theBoardIsTheSameForEveryProcessThatMapsIt() {
        Board other = Board.open(directory.resolve("board"));

        other.rate(77);
        receipts.ready();
        other.stop();

        assertThat(board.rate()).isEqualTo(77);
        assertThat(other.readyReceivers()).isEqualTo(1);
        assertThat(receipts.isStopped()).isTrue();
        board.clear();
        assertThat(other.isStopped()).isFalse();
    }

    @Test
    void aSenderEndsWhenTheBoardSaysSoEvenWithoutCredit() {
        Governor governor = new Governor(board, new Arguments(List.of("receivers=2", "window=100")));
        assertThat(governor.admit(0)).isTrue();

        board.stop();

        assertThat(governor.admit(1_000_000)).isFalse();
    }

    @Test
    void aSenderThatGetsNoCreditGoesOnAndIsCounted() {
        Governor governor = new Governor(board, new Arguments(List.of("receivers=2", "window=32")));

        assertThat(governor.admit(16)).isTrue();
        assertThat(board.get(Board.SENDER, Board.ODD)).isZero();
        assertThat(governor.admit(32)).isTrue();
        assertThat(board.get(Board.SENDER, Board.ODD)).isEqualTo(1);
    }

    private String printed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        receipts.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
