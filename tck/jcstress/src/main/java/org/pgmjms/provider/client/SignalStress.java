package org.pgmjms.provider.client;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What somebody is told of was there before he was told: either he finds it, or he does not go to sleep. */
@JCStressTest
@State
@Outcome(
        id = {"true, true", "true, false", "false, true"},
        expect = Expect.ACCEPTABLE)
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "He found nothing and waits: the wake-up is lost")
@Outcome(expect = Expect.FORBIDDEN)
public class SignalStress {
    private final Inbox inbox = new Inbox();
    private final Signal signal = new Signal();

    /** Something was announced that was found already, as is usual while much comes. */
    public SignalStress() {
        signal.prepare();
        signal.announce();
    }

    /** The thread that something comes by. */
    @Actor
    public void announce() {
        inbox.add(this);
        signal.announce();
    }

    /** The thread that takes it, and waits if nothing is there. */
    @Actor
    public void look(ZZ_Result seen) {
        signal.prepare();
        seen.r1 = inbox.poll() != null;
    }

    /** Whether it would not have waited. */
    @Arbiter
    public void awake(ZZ_Result seen) {
        seen.r2 = signal.isAnnounced();
    }
}
