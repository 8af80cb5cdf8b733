package org.pgmjms.tck.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a run goes.
 *
 * @param seconds how long a fault lasts
 * @param isShort whether rows make do with less of everything
 * @param isWatched whether every buffer of the JVMs is watched for leaks
 * @param programs where our C programs are
 * @param logs where the output of rows goes
 */
record Conditions(double seconds, boolean isShort, boolean isWatched, Path programs, Path logs) {
    private static final int SHORT_SHARE = 5;
    private static final int SMALL = 32;

    /** A number of receivers: fewer in a short run. */
    int receivers(int full, int few) {
        return isShort ? few : full;
    }

    /** A duration, or this one in a short run. */
    double seconds(double full, double few) {
        return isShort ? few : full;
    }

    /** Messages a second: a fifth in a short run, of which several rows run at once. */
    int rate(int full) {
        return isShort ? Math.max(full / SHORT_SHARE, Math.min(full, 400)) : full;
    }

    /** A load as it is, or in a short run with a window that is long enough where others keep the machine busy. */
    Load load(Load full) {
        return isShort ? full.orElse("pgm.window.time=30s") : full;
    }

    /** Options of a row's JVMs; short runs compile less, as they end soon. */
    List<String> jvm(int directMegabytes) {
        List<String> options = new ArrayList<>(
                List.of("-Xmx256m", "-XX:MaxDirectMemorySize=" + directMegabytes + "m", "-XX:+UseSerialGC"));
        if (directMegabytes <= SMALL) {
            options.set(0, "-Xmx64m");
            options.addAll(List.of("-Xss256k", "-XX:-UsePerfData"));
        }
        if (isShort || directMegabytes <= SMALL) {
            options.add("-XX:TieredStopAtLevel=1");
        }
        if (isWatched) {
            options.addAll(
                    List.of("-Dio.netty.leakDetection.level=paranoid", "-Dio.netty.leakDetection.targetRecords=0"));
        }
        return options;
    }
}
