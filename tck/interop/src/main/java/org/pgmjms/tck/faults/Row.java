package org.pgmjms.tck.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of the matrix.
 *
 * @param id its name, such as F01b
 * @param title what is done
 * @param checksumOffload whether hosts leave checksums out, so that harmed bytes get past UDP
 * @param play does it
 */
record Row(String id, String title, boolean checksumOffload, Play play) {
    private static final double NANOS = 1e9;

    /** What a row does. */
    @FunctionalInterface
    interface Play {
        /** Does it. */
        void play(Scene scene) throws InterruptedException;
    }

    /** Runs it. */
    Outcome run(Conditions conditions) throws IOException, InterruptedException {
        long startNs = System.nanoTime();
        List<String> failures = new ArrayList<>();
        List<String> unfit = new ArrayList<>();
        Map<String, String> facts = new LinkedHashMap<>();
        try (Scene scene = new Scene(conditions, checksumOffload)) {
            try {
                play.play(scene);
            } catch (RuntimeException | AssertionError failed) {
                failures.add(failed.toString());
            }
            failures.addAll(scene.failures());
            unfit.addAll(scene.unfit());
            facts.putAll(scene.facts());
            scene.log(id);
        }
        return new Outcome(id, title, (System.nanoTime() - startNs) / NANOS, facts, failures, unfit);
    }
}
