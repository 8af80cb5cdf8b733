package org.pgmjms.provider.link;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two callers queue what they send, and one takes what is there to send it: every record comes once, with its own bytes. */
@JCStressTest
@State
@Outcome(id = "2, 3", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, doubled or mixed")
public class SendQueueStress {
    private static final byte KIND = 1;
    private static final int RING_BYTES = 1024;

    private final SendQueue queue = new SendQueue(RING_BYTES, RING_BYTES);
    private int records;
    private int sum;

    /** One caller. */
    @Actor
    public void one() {
        send(1);
    }

    /** The other one, who then sends by himself. */
    @Actor
    public void other() {
        send(2);
        take();
    }

    /** The agent, when both have. */
    @Arbiter
    public void rest(II_Result seen) {
        take();
        seen.r1 = records;
        seen.r2 = sum;
    }

    private void send(int value) {
        queue.lock();
        try {
            if (queue.tryReserve(SendQueue.roomBytes(1))) {
                queue.buffer().setByte(queue.publish(KIND, 1), value);
            }
        } finally {
            queue.unlock();
        }
    }

    private void take() {
        queue.lock();
        try {
            while (!queue.isEmpty()) {
                records++;
                sum += queue.buffer().getByte(queue.first());
                queue.removeFirst();
            }
        } finally {
            queue.unlock();
        }
    }
}
