package org.pgmjms.provider.client;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** One adds two elements where a piece of the queue ends, one takes: none is lost, none comes twice, and they come in order. */
@JCStressTest
@State
@Outcome(id = "0, 0, 12", expect = Expect.ACCEPTABLE, desc = "Both came later")
@Outcome(
        id = {"1, 0, 2", "0, 1, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "One came")
@Outcome(id = "1, 2, 0", expect = Expect.ACCEPTABLE, desc = "Both came")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, doubled or out of order")
public class InboxStress {
    private static final int BEFORE_THE_END = 254;

    private final Inbox inbox = new Inbox();

    /** A queue whose next element but one begins another piece. */
    public InboxStress() {
        for (int i = 0; i < BEFORE_THE_END; i++) {
            inbox.add(i);
            inbox.poll();
        }
    }

    /** Adds. */
    @Actor
    public void add() {
        inbox.add(1);
        inbox.add(2);
    }

    /** Takes. */
    @Actor
    public void take(III_Result seen) {
        seen.r1 = next();
        seen.r2 = next();
    }

    /** Takes what is left. */
    @Arbiter
    public void rest(III_Result seen) {
        for (int next = next(); next != 0; next = next()) {
            seen.r3 = seen.r3 * 10 + next;
        }
    }

    private int next() {
        return inbox.poll() instanceof Integer number ? number : 0;
    }
}
