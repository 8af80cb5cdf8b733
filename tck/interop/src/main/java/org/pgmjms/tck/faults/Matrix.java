package org.pgmjms.tck.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All rows. */
final class Matrix {
    private Matrix() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>(LossRows.rows());
        rows.addAll(PathRows.rows());
        rows.addAll(OutageRows.rows());
        rows.addAll(ProgramRows.rows());
        rows.addAll(FloodRows.rows());
        rows.sort(Comparator.comparing(Row::id));
        return rows;
    }

    /** Rows of the plan that are not here, and why. */
    static Map<String, String> leftOut() {
        return new TreeMap<>(Map.of(
                "F21", "forward error correction is not there yet",
                "F24", "a command of its own: tck/interop/soak",
                "F25", "interoperation is tested in this module's tests",
                "H12", "parity belongs to forward error correction"));
    }
}
