package org.pgmjms.provider.link;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two come and one of them goes: whoever is left is the only one. */
@JCStressTest
@State
@Outcome(id = "b", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN)
public class SoleStress {
    private final Sole<String> all = new Sole<>();

    /** Comes and goes. */
    @Actor
    public void a() {
        all.add("a");
        all.remove("a");
    }

    /** Stays. */
    @Actor
    public void b() {
        all.add("b");
    }

    /** Who is left. */
    @Arbiter
    public void left(L_Result seen) {
        seen.r1 = all.only();
    }
}
