package org.pgmjms.provider.client;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** As {@link SignalStress}, for what says that a consumer is going to be looked at. */
@JCStressTest
@State
@Outcome(
        id = {"true, true", "true, false", "false, true"},
        expect = Expect.ACCEPTABLE)
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "Nothing was found and nobody will look again")
@Outcome(expect = Expect.FORBIDDEN)
public class AnnouncementStress {
    private final Inbox inbox = new Inbox();
    private final Announcement announcement = new Announcement();
    private boolean announced;

    /** The consumer is about to be looked at. */
    public AnnouncementStress() {
        announcement.begin();
    }

    /** The thread that something comes by. */
    @Actor
    public void announce() {
        inbox.add(this);
        announced = announcement.begin();
    }

    /** The thread that delivers. */
    @Actor
    public void look(ZZ_Result seen) {
        announcement.end();
        seen.r1 = inbox.poll() != null;
    }

    /** Whether it will look again. */
    @Arbiter
    public void again(ZZ_Result seen) {
        seen.r2 = announced;
    }
}
