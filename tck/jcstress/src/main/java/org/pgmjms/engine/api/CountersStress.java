package org.pgmjms.engine.api;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A reader sees a counter before or after a change, never half of it, and never an older value than before. */
@JCStressTest
@State
@Outcome(
        id = {"0, 0", "0, 4294967297", "4294967297, 4294967297"},
        expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "Torn, or going back")
public class CountersStress {
    private final Counters<SourceCounter> counters = new Counters<>(SourceCounter.class);

    /** The owner. */
    @Actor
    public void count() {
        counters.add(SourceCounter.ODATA_SENT, 4_294_967_297L);
    }

    /** Anybody. */
    @Actor
    public void read(JJ_Result seen) {
        seen.r1 = counters.get(SourceCounter.ODATA_SENT);
        seen.r2 = counters.get(SourceCounter.ODATA_SENT);
    }
}
