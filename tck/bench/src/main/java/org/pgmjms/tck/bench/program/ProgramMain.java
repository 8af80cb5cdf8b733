package org.pgmjms.tck.bench.program;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs one side of a program: {@code PROGRAM send|receive key=value ...}. It exits by itself and with all hooks run. */
public final class ProgramMain {
    private ProgramMain() {}

    /** The start of a measured process. */
    public static void main(String[] words) throws Exception {
        Arguments arguments = new Arguments(Arrays.asList(words).subList(2, words.length));
        Program program = named(words[0]);
        PrintStream out = System.out;
        Board board = Board.open(Path.of(arguments.text("board")));
        if (words[1].equals("send")) {
            Governor governor = new Governor(board, arguments);
            program.send(arguments, governor);
            out.printf(
                    "SENT count=%d stalls=%d refused=%d%n",
                    board.get(Board.SENDER, Board.COUNT),
                    board.get(Board.SENDER, Board.ODD),
                    board.get(Board.SENDER, Board.REFUSED));
        } else {
            Receipts receipts = new Receipts(board, arguments);
            program.receive(arguments, receipts);
            receipts.print(out);
        }
        out.flush();
        System.exit(0);
    }

    private static Program named(String name) {
        return switch (name) {
            case "jms" -> new JmsProgram();
            case "engine" -> new EngineProgram();
            case "nio" -> new NioProgram();
            case "aeron" -> new AeronProgram();
            case "artemis" -> new ArtemisProgram();
            default -> throw new IllegalArgumentException("no such program: " + name);
        };
    }
}
