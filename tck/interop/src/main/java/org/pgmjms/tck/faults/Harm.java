package org.pgmjms.tck.faults;

import java.util.List;

/**
 * What was done to packets, or how often something was done.
 *
 * @param hit packets harmed, or times
 * @param due packets that could have been; 0 where times are counted
 * @param planned packets that should have been harmed
 */
record Harm(long hit, long due, double planned) {
    private static final double PERCENT = 100;

    static final Harm NONE = new Harm(0, 0, 0);

    /** Something that is not counted in packets was done, or was not. */
    static Harm once(boolean isDone) {
        return new Harm(isDone ? 1 : 0, 0, 0);
    }

    /** What filters did. */
    static Harm of(List<Fault> faults) {
        Harm all = NONE;
        for (Fault fault : faults) {
            long due = fault.due();
            all = all.and(new Harm(fault.hit(), due, due * fault.percent() / PERCENT));
        }
        return all;
    }

    /** Both. */
    Harm and(Harm more) {
        return new Harm(hit + more.hit, due + more.due, planned + more.planned);
    }

    /** The part of packets that should have been harmed; negative where times are counted. */
    double percent() {
        return due == 0 ? -1 : PERCENT * planned / due;
    }
}
