package org.pgmjms.tck.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReliabilityDocumentTest {
    private static final String BEFORE = "Text.\n\n<!-- results: written by tck/interop/faults -->\n";
    private static final String AFTER = "\n<!-- end of results -->\n";

    @TempDir
    Path directory;

    @Test
    void rowsThatWereRunAreInTheTableAndTheOthersSayThatTheyWereNot() throws IOException {
        String text =
                written(new Outcome("F01a", "title", 1, Map.of("N", "3", "naks", "17"), List.of(), List.of()), false);

        assertThat(text).startsWith(BEFORE).endsWith(AFTER).doesNotContain("old");
        assertThat(text.lines())
                .anyMatch(line -> line.matches("\\| F01a \\| title \\| 3 \\|.* 60 \\|.* 17 \\|.* pass \\|"));
        assertThat(text.lines()).anyMatch(line -> line.matches("\\| H11 \\|.*\\| not run \\|"));
        assertThat(text).doesNotContain("What does not hold");
    }

    @Test
    void whatDoesNotHoldIsSaidBelowTheTable() throws IOException {
        String text = written(new Outcome("F01a", "title", 1, Map.of(), List.of("lost one"), List.of()), false);

        assertThat(text).contains("What does not hold:\n\n* F01a: lost one\n");
        assertThat(text.lines()).anyMatch(line -> line.matches("\\| F01a \\|.*\\| \\*\\*fail\\*\\* \\|"));
    }

    @Test
    void aShortRunIsCalledOne() throws IOException {
        String text = written(new Outcome("F01a", "title", 1, Map.of(), List.of(), List.of()), true);

        assertThat(text.lines()).anyMatch(line -> line.startsWith("| F01a |") && line.contains("| 60 short |"));
    }

    private String written(Outcome outcome, boolean isShort) throws IOException {
        Path page = Files.writeString(directory.resolve("page.md"), BEFORE + "old\n" + AFTER.substring(1));
        ReliabilityDocument document = new ReliabilityDocument(directory.resolve("results"));
        document.keep(outcome, new Conditions(60, isShort, false, directory, directory));
        document.write(page);
        return Files.readString(page);
    }
}
