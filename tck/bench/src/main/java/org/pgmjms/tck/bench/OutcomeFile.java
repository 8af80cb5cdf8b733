package org.pgmjms.tck.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Outcomes as they come, a line each: what was measured outlives a run that is cut short. */
final class OutcomeFile {
    private static final String[] COLUMNS = {
        "cell",
        "pass",
        "sent_rate",
        "rate",
        "lost",
        "stalls",
        "sender_us",
        "receiver_us",
        "machine_us",
        "latency_count",
        "p50_us",
        "p90_us",
        "p99_us",
        "p999_us",
        "max_us",
        "note"
    };
    private static final CSVFormat WRITTEN =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
    private static final CSVFormat READ =
            WRITTEN.builder().setHeader().setSkipHeaderRecord(true).get();

    private final Path file;

    OutcomeFile(Path file) {
        this.file = file;
    }

    /** Begins anew. */
    void begin() throws IOException {
        Files.deleteIfExists(file);
        append((Object[]) COLUMNS);
    }

    void add(Outcome outcome) throws IOException {
        Latency latency = outcome.latency();
        append(
                outcome.cell().id(),
                outcome.pass(),
                outcome.sentRate(),
                outcome.rate(),
                outcome.lost(),
                outcome.stalls(),
                outcome.senderUs(),
                outcome.receiverUs(),
                outcome.machineUs(),
                latency.count(),
                latency.p50Us(),
                latency.p90Us(),
                latency.p99Us(),
                latency.p999Us(),
                latency.maxUs(),
                outcome.note());
    }

    List<Outcome> read() throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file);
                CSVParser parser = READ.parse(reader)) {
            parser.forEach(line -> outcomes.add(outcome(line)));
        }
        return outcomes;
    }

    private static Outcome outcome(CSVRecord line) {
        return new Outcome(
                Cell.parse(line.get("cell")),
                Integer.parseInt(line.get("pass")),
                number(line, "sent_rate"),
                number(line, "rate"),
                Long.parseLong(line.get("lost")),
                Long.parseLong(line.get("stalls")),
                number(line, "sender_us"),
                number(line, "receiver_us"),
                number(line, "machine_us"),
                new Latency(
                        Long.parseLong(line.get("latency_count")),
                        number(line, "p50_us"),
                        number(line, "p90_us"),
                        number(line, "p99_us"),
                        number(line, "p999_us"),
                        number(line, "max_us")),
                line.get("note"));
    }

    private static double number(CSVRecord line, String column) {
        return Double.parseDouble(line.get(column));
    }

    private void append(Object... values) throws IOException {
        String line = WRITTEN.format(values) + "\n";
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
