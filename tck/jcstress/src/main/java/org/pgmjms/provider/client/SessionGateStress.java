package org.pgmjms.provider.client;

import jakarta.jms.JMSException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** What delivers and what needs that nothing is delivered exclude each other, and each sees what the other one did. */
@JCStressTest
@State
@Outcome(id = "2", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "Both at once")
public class SessionGateStress {
    private final SessionGate gate = new SessionGate();
    private int done;

    /** A started session. */
    public SessionGateStress() {
        gate.start();
    }

    /** A delivery. */
    @Actor
    public void deliver() {
        if (gate.enter(this)) {
            done++;
            gate.leave();
        }
    }

    /** A recovery. */
    @Actor
    public void recover() {
        try {
            gate.exclusively(() -> done++);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    /** Both have been. */
    @Arbiter
    public void after(I_Result seen) {
        seen.r1 = done;
    }
}
