package org.pgmjms.provider.sim;

import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.pgmjms.engine.sim.SimWorld;
import org.pgmjms.provider.client.Dispatcher;
import org.pgmjms.provider.client.SerialLane;
import org.pgmjms.provider.client.Workers;

/** Events of the world instead of threads; a scheduler that is sometimes late decides when they come. */
final class SimulatedWorkers implements Workers {
    private static final long LATEST_NS = 3_000_000;

    private final SimWorld world;
    private final RandomGenerator random;

    SimulatedWorkers(SimWorld world, RandomGenerator random) {
        this.world = world;
        this.random = random;
    }

    @Override
    public Dispatcher dispatcher(String name, Dispatcher.Deliveries deliveries) {
        return new EventDispatcher(deliveries);
    }

    @Override
    public SerialLane lane(String name) {
        return new EventLane();
    }

    private void soon(Runnable task) {
        world.after(random.nextLong(LATEST_NS), task);
    }

    /** Delivers one round an event. */
    private final class EventDispatcher implements Dispatcher {
        private final Deliveries deliveries;
        private boolean awake;
        private boolean closed;

        EventDispatcher(Deliveries deliveries) {
            this.deliveries = deliveries;
        }

        @Override
        public void wake() {
            if (!awake && !closed) {
                awake = true;
                soon(this::run);
            }
        }

        private void run() {
            awake = false;
            if (closed) {
                return;
            }
            if (deliveries.deliverRound()) {
                wake();
                return;
            }
            long waitNs = deliveries.waitNs();
            if (waitNs != Long.MAX_VALUE) {
                world.after(waitNs, this::wake);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Runs one task an event. */
    private final class EventLane implements SerialLane {
        private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
        private boolean running;
        private boolean closed;

        @Override
        public void execute(Runnable task) {
            if (!closed) {
                tasks.add(task);
                soon(this::runNext);
            }
        }

        private void runNext() {
            Runnable task = tasks.poll();
            if (task != null) {
                running = true;
                task.run();
                running = false;
            }
        }

        @Override
        public boolean isCurrent() {
            return running;
        }

        @Override
        public void close(long deadlineNs) {
            closed = true;
            while (!running && !tasks.isEmpty()) {
                runNext();
            }
        }
    }
}
