package org.pgmjms.provider.client;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Who reads the messages first never sees fewer bytes than they have. */
@JCStressTest
@State
@Outcome(
        id = {"0, 0", "0, 100", "1, 100", "0, 200", "1, 200", "2, 200"},
        expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "A message without its bytes")
public class QueueCountStress {
    private final QueueCount count = new QueueCount();

    /** Two messages. */
    @Actor
    public void add() {
        count.add(100);
        count.add(100);
    }

    /** How much waits. */
    @Actor
    public void read(JJ_Result seen) {
        seen.r1 = count.messages();
        seen.r2 = count.bytes();
    }
}
