package org.pgmjms.provider.client;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** No delivery begins once a session is known to be quiet while it closes. */
@JCStressTest
@State
@Outcome(
        id = {"true, false", "false, false"},
        expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "A delivery goes on after the close")
public class GateCloseStress {
    private final SessionGate gate = new SessionGate();
    private volatile boolean quiet;

    /** A started session. */
    public GateCloseStress() {
        gate.start();
    }

    /** A delivery. */
    @Actor
    public void deliver(ZZ_Result seen) {
        if (gate.enter(this)) {
            seen.r1 = true;
            seen.r2 = quiet;
            gate.leave();
        }
    }

    /** The close. */
    @Actor
    public void close() {
        if (gate.beginClose()) {
            gate.awaitQuiet();
            quiet = true;
            gate.endClose();
        }
    }
}
