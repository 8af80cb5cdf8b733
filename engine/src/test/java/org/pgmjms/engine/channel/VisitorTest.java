package org.pgmjms.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pgmjms.engine.api.EngineOptions;
import org.pgmjms.engine.testing.Seeds;

/** Who runs an agent's cycles: its own thread or a visitor. */
class VisitorTest {
    private static final long LONG_NS = Duration.ofMinutes(1).toNanos();
    private static final int ROUNDS = 3_000;

    private final ScriptedPoller poller = new ScriptedPoller();
    private final ScriptedDuty duty = new ScriptedDuty();
    private final AgentThread agent = new AgentThread("agent", true, EngineOptions.defaults(), poller, duty);
    private final List<Visitor> visitors = new ArrayList<>();
    private final CompletableFuture<Thread> agentsThread = new CompletableFuture<>();

    /** Stands for a session's thread: visits as long as it is not told to do something else. */
    private final class Visitor {
        private final AtomicBoolean enough = new AtomicBoolean();
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CompletableFuture<Integer> visits = new CompletableFuture<>();
        private final Thread thread = new Thread(this::run, "visitor");

        private void run() {
            int visited = 0;
            while (!enough.get()) {
                if (agent.visit(enough::get, Long.MAX_VALUE)) {
                    visited++;
                } else {
                    asked.countDown();
                    LockSupport.park(this);
                }
            }
            visits.complete(visited);
        }

        /** From any thread, as a message for it would. */
        void finish() {
            enough.set(true);
            LockSupport.unpark(thread);
            agent.wakeVisitor();
        }
    }

    /** Does nothing, and lets a test say what is due. */
    private static final class ScriptedDuty implements AgentThread.Duty {
        private final AtomicInteger inside = new AtomicInteger();
        private final CompletableFuture<Thread> failedOn = new CompletableFuture<>();
        private final CompletableFuture<Thread> workedAtDeadline = new CompletableFuture<>();
        private volatile Consumer<Thread> onWork = thread -> {};
        private volatile int handled;
        private volatile boolean over = true;
        private volatile long deadlineNs = AgentThread.NEVER;

        @Override
        public void work(long nowNs) {
            assertThat(inside.incrementAndGet()).isOne();
            if (deadlineNs != AgentThread.NEVER && nowNs - deadlineNs >= 0) {
                deadlineNs = AgentThread.NEVER;
                workedAtDeadline.complete(Thread.currentThread());
            }
            onWork.accept(Thread.currentThread());
            inside.decrementAndGet();
        }

        @Override
        public long nextDeadlineNs() {
            return deadlineNs;
        }

        @Override
        public int takeHandled() {
            return handled;
        }

        @Override
        public long napNs(int packets) {
            return 1;
        }

        @Override
        public long spinNs() {
            return 0;
        }

        @Override
        public boolean isOver() {
            return over;
        }

        @Override
        public void onFailed(Throwable cause) {
            over = true;
            failedOn.complete(Thread.currentThread());
        }
    }

    @BeforeEach
    void theAgentWaitsInThePoller() throws Exception {
        agent.execute(() -> {
            duty.over = false;
            agentsThread.complete(Thread.currentThread());
        });
        poller.awaitSleeper(agentsThread.join());
    }

    @AfterEach
    void everythingEnds() throws Exception {
        visitors.forEach(Visitor::finish);
        try {
            agent.execute(() -> duty.over = true);
        } catch (RejectedExecutionException e) {
            assertThat(duty.over).isTrue();
        }
        agent.close(LONG_NS);
        assertThat(agent.awaitEnd(LONG_NS)).isTrue();
        assertThat(poller.isClosed()).isTrue();
        for (Visitor visitor : visitors) {
            visitor.thread.join();
        }
    }

    private Visitor visitor() {
        Visitor visitor = new Visitor();
        visitors.add(visitor);
        visitor.thread.start();
        return visitor;
    }

    /** Has the agent let go of its cycles, at the end of one; again if it takes them back before the visitor comes. */
    private Visitor visitorInThePoller() throws InterruptedException {
        Visitor visitor = visitor();
        visitor.asked.await();
        do {
            poller.arrive(() -> assertThat(agent.isCurrent()).isTrue());
        } while (!poller.nextSleeper().equals(visitor.thread));
        return visitor;
    }

    /** Whose thread takes the next packet, and whether it counts as the agent then. */
    private Thread takerOfAPacket() {
        CompletableFuture<Thread> taker = new CompletableFuture<>();
        poller.arrive(() -> {
            assertThat(agent.isCurrent()).isTrue();
            taker.complete(Thread.currentThread());
        });
        return taker.join();
    }

    private Thread runnerOfATask() {
        CompletableFuture<Thread> runner = new CompletableFuture<>();
        agent.execute(() -> runner.complete(Thread.currentThread()));
        return runner.join();
    }

    @Test
    void theAgentGoesOnWhileItSleepsAlthoughAVisitorAsks() throws Exception {
        visitor().asked.await();

        assertThat(takerOfAPacket()).isEqualTo(agentsThread.join());
    }

    @Test
    void aVisitorServesPacketsAndTasksInTheAgentsPlace() throws Exception {
        Visitor visitor = visitorInThePoller();

        assertThat(takerOfAPacket()).isEqualTo(visitor.thread);
        assertThat(runnerOfATask()).isEqualTo(visitor.thread);
        assertThat(agent.isCurrent()).isFalse();
    }

    @Test
    void whatAVisitorServesCanEndItsVisit() throws Exception {
        Visitor visitor = visitorInThePoller();

        poller.arrive(() -> visitor.enough.set(true));

        assertThat(visitor.visits.join()).isOne();
    }

    @Test
    void anotherThreadCanEndAVisit() throws Exception {
        Visitor visitor = visitorInThePoller();

        visitor.finish();

        assertThat(visitor.visits.join()).isOne();
    }

    @Test
    void aVisitEndsWhenItsTimeIsOver() throws Exception {
        boolean visited = false;

        while (!visited) {
            visited = agent.visit(() -> false, 1);
            poller.arrive(() -> {});
        }

        assertThat(agent.isCurrent()).isFalse();
    }

    @Test
    void theAgentGoesOnWhenAVisitorStaysAway() throws Exception {
        visitorInThePoller().finish();

        poller.awaitSleeper(agentsThread.join());
        assertThat(takerOfAPacket()).isEqualTo(agentsThread.join());
    }

    @Test
    void theAgentRunsTasksWhileAVisitorIsAway() throws Exception {
        Visitor visitor = visitorInThePoller();
        visitor.finish();
        visitor.visits.join();

        assertThat(runnerOfATask()).isEqualTo(agentsThread.join());
    }

    @Test
    void aDeadlineIsKeptWhileAVisitorIsAway() throws Exception {
        Visitor visitor = visitorInThePoller();
        poller.arrive(() -> {
            duty.deadlineNs = System.nanoTime();
            visitor.enough.set(true);
        });

        assertThat(duty.workedAtDeadline.join()).isEqualTo(agentsThread.join());
    }

    @Test
    void aVisitorKeepsDeadlines() throws Exception {
        Visitor visitor = visitorInThePoller();

        poller.arrive(() -> duty.deadlineNs = System.nanoTime() + 1_000);

        assertThat(duty.workedAtDeadline.join()).isEqualTo(visitor.thread);
    }

    @Test
    void whatAVisitorServesMayFailAndTheAgentTells() throws Exception {
        Visitor visitor = visitorInThePoller();

        poller.arrive(() -> {
            visitor.enough.set(true);
            throw new IllegalArgumentException("made up");
        });

        assertThat(duty.failedOn.join()).isEqualTo(agentsThread.join());
        assertThat(visitor.visits.join()).isOne();
        assertThat(agent.awaitEnd(LONG_NS)).isTrue();
        assertThat(agent.visit(() -> false, Long.MAX_VALUE)).isFalse();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> agent.execute(() -> {}));
    }

    @Test
    void theAgentGoesOnWhileItsStreamIsBusy() throws Exception {
        Visitor visitor = visitorInThePoller();
        CompletableFuture<Thread> agentsTurn = new CompletableFuture<>();

        duty.onWork = thread -> {
            if (!thread.equals(visitor.thread)) {
                agentsTurn.complete(thread);
            }
        };
        for (int i = 0; i <= Pace.STREAK; i++) {
            poller.arrive(() -> duty.handled = Integer.MAX_VALUE);
        }

        assertThat(agentsTurn.join()).isEqualTo(agentsThread.join());
        duty.onWork = thread -> {};
        duty.handled = 0;
        while (!takerOfAPacket().equals(visitor.thread)) {
            // its streak ends, and the visitor comes
        }
    }

    @Test
    void theEndWaitsForNoVisitor() throws Exception {
        visitorInThePoller();

        agent.execute(() -> duty.over = true);

        assertThat(agent.awaitEnd(LONG_NS)).isTrue();
        assertThat(poller.isClosed()).isFalse();
    }

    @Test
    void anAgentThatEndedBeginsAgain() throws Exception {
        Visitor visitor = visitorInThePoller();
        agent.execute(() -> duty.over = true);
        assertThat(agent.awaitEnd(LONG_NS)).isTrue();

        agent.execute(() -> duty.over = false);
        visitor.finish();

        assertThat(runnerOfATask()).isNotEqualTo(agentsThread.join());
    }

    @Test
    void closingWhileAVisitorIsInThePollerWaitsForTheAgentOnly() throws Exception {
        visitorInThePoller();
        agent.execute(() -> duty.over = true);

        assertThat(agent.close(LONG_NS)).isTrue();

        assertThat(poller.isClosed()).isTrue();
    }

    @Test
    void aVisitorCanCloseInTheMiddleOfACycle() throws Exception {
        visitorInThePoller();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();

        poller.arrive(() -> {
            duty.over = true;
            ended.complete(agent.close(LONG_NS));
        });

        assertThat(ended.join()).isFalse();
        assertThat(agent.awaitEnd(LONG_NS)).isTrue();
        assertThat(poller.isClosed()).isTrue();
    }

    @Test
    void aVisitorCanCloseAfterItsVisit() throws Exception {
        visitorInThePoller().finish();
        while (!agent.visit(() -> true, Long.MAX_VALUE)) {
            poller.arrive(() -> {});
        }
        agent.execute(() -> duty.over = true);

        assertThat(agent.close(LONG_NS)).isTrue();
    }

    @Test
    void anInterruptEndsNeitherAVisitNorTheAgentsStandingBy() throws Exception {
        Visitor visitor = visitorInThePoller();

        visitor.thread.interrupt();
        agentsThread.join().interrupt();

        poller.awaitSleeper(visitor.thread);
        assertThat(takerOfAPacket()).isEqualTo(visitor.thread);
    }

    /** Two visitors, so that they are in each other's way as well; each packet and task is waited for. */
    @Seeds(fresh = 5)
    void noWakeUpIsLostWhoeverComesAndGoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Visitor> present = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    if (present.size() < 2) {
                        present.add(visitor());
                    }
                }
                case 1 -> {
                    if (!present.isEmpty()) {
                        Visitor leaving = present.remove(random.nextInt(present.size()));
                        leaving.finish();
                        leaving.visits.join();
                    }
                }
                case 2 -> LockSupport.parkNanos(random.nextInt(3_000_000));
                case 3, 4 -> runnerOfATask();
                default -> takerOfAPacket();
            }
        }
    }
}
