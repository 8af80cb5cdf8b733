package org.pgmjms.provider.client;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.pgmjms.provider.client.ConnectionSettings.QueueLimits;
import org.pgmjms.provider.destination.PgmTopic;
import org.pgmjms.provider.link.JmsLimits;
import org.pgmjms.provider.loss.LossReport;
import org.pgmjms.provider.message.InboundMessage;

/** The receive agent adds more than there is room for while a session takes: what is not taken is reported, once. */
@JCStressTest
@State
@Outcome(id = "4, 4", expect = Expect.ACCEPTABLE, desc = "All taken or reported, the newest last")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost in silence, doubled or out of order")
public class DeliveryQueueStress {
    private static final PgmTopic TOPIC = new PgmTopic("a");
    private static final InboundMessage[] MESSAGES = {message(1), message(2), message(3), message(4)};

    private final DeliveryQueue queue = new DeliveryQueue(
            TOPIC,
            new QueueLimits(1 << 20, 2, OverrunPolicy.DROP_OLDEST),
            new MessageTimes(new SystemClock(), 0),
            new JmsLimits(() -> 0));
    private long all;
    private long newest;

    private static InboundMessage message(long sequence) {
        return InboundMessage.raw(TOPIC, new byte[0], "source", sequence, false);
    }

    /** The receive agent. */
    @Actor
    public void add() {
        for (InboundMessage message : MESSAGES) {
            queue.add(message);
        }
    }

    /** A session. */
    @Actor
    public void take() {
        for (int i = 0; i < 3; i++) {
            note(queue.take());
        }
    }

    /** It goes on. */
    @Arbiter
    public void rest(JJ_Result seen) {
        for (Object next = queue.take(); next != null; next = queue.take()) {
            note(next);
        }
        seen.r1 = all;
        seen.r2 = newest;
    }

    private void note(@Nullable Object next) {
        if (next instanceof InboundMessage message) {
            all += message.sequence() > newest ? 1 : 100;
            newest = message.sequence();
        } else if (next instanceof LossReport report) {
            all += report.firstMissing() > newest ? report.count() : 100;
            newest = report.lastMissing();
        }
    }
}
