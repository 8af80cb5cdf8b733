package org.pgmjms.tck.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the JMS path under the flight recorder and says which frames are hottest at both ends. */
final class Profile {
    private static final String FILE = "hot-frames.md";

    private Profile() {}

    /** One receiver and four, on both ports. */
    static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (int receivers : List.of(1, 4)) {
            for (Contender contender : List.of(Contender.LISTENER_NIO, Contender.LISTENER_NATIVE)) {
                cells.add(new Cell(Question.RATE, contender, 256, receivers, 0));
            }
        }
        return cells;
    }

    /** Writes what the recordings of these cells say beside the other results. */
    static void write(List<Cell> cells, Path recordings, Path out) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Cell cell : cells) {
            for (String side : List.of(Commands.SENDER, Commands.FIRST_RECEIVER)) {
                Path recording = Commands.recording(recordings, cell, side);
                if (Files.exists(recording)) {
                    lines.add("");
                    lines.add("**" + cell.contender().label() + ", N=" + cell.receivers() + ", " + side + "**");
                    lines.add("");
                    lines.addAll(HotFrames.of(recording).table());
                }
            }
        }
        Files.write(out.resolve(FILE), lines);
    }

    /** What the last profile said. */
    static String read(Path out) throws IOException {
        Path file = out.resolve(FILE);
        return Files.exists(file)
                ? Files.readString(file).trim()
                : "No profile was taken; `tck/bench/run --profile` does.";
    }
}
