package org.pgmjms.engine.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** Of two threads that want the agent's cycles at once only one has them at a time, and sees what the other one did. */
@JCStressTest
@State
@Outcome(id = "true, true, 2", expect = Expect.ACCEPTABLE, desc = "One after the other")
@Outcome(
        id = {"true, false, 1", "false, true, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "One of them")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both at once, or nobody")
public class WheelStress {
    private final Wheel wheel = new Wheel();
    private int cycles;

    /** A wheel that the agent has let go of. */
    public WheelStress() {
        wheel.leave(false, AgentThread.NEVER, () -> false);
    }

    /** One visitor. */
    @Actor
    public void one(ZZI_Result seen) {
        seen.r1 = visit();
    }

    /** Another one. */
    @Actor
    public void other(ZZI_Result seen) {
        seen.r2 = visit();
    }

    private boolean visit() {
        if (!wheel.tryEnter()) {
            return false;
        }
        cycles++;
        wheel.leave(false, AgentThread.NEVER, () -> false);
        return true;
    }

    /** How many have been. */
    @Arbiter
    public void after(ZZI_Result seen) {
        seen.r3 = cycles;
    }
}
