package org.pgmjms.engine.sim;

import java.util.List;
import java.util.function.Function;
import org.pgmjms.engine.sim.Plans.Defect;
import org.pgmjms.engine.sim.Plans.Mischief;
import org.pgmjms.engine.sim.Plans.ReceiverPlan;
import org.pgmjms.engine.sim.Plans.SourcePlan;
import org.pgmjms.engine.sim.Plans.Trouble;
import org.pgmjms.engine.sim.Plans.Weather;

/**
 * A run, before it is run: who is there and what befalls them. Everything follows from the seed.
 *
 * @param gentle whether windows, patience and weather are such that nothing may be lost
 * @param weather of each host, sources first
 * @param healsNs when all trouble ends
 */
public record Scenario(
        long seed,
        boolean gentle,
        List<SourcePlan> sources,
        List<ReceiverPlan> receivers,
        List<Weather> weather,
        List<Trouble> troubles,
        Mischief mischief,
        List<Defect> defects,
        long healsNs) {

    /** The scenario of a seed. */
    public static Scenario random(long seed) {
        return new ScenarioDraw(seed).draw();
    }

    /** Runs it, with every checker watching; throws an {@link AssertionError} when something is wrong. */
    public Outcome run() {
        return new ScenarioRun(this).run();
    }

    /** Runs it with one more listener, the first to see what happens. */
    public Outcome run(Function<SimChannel, SimListener> listener) {
        ScenarioRun run = new ScenarioRun(this);
        run.channel().world().listeners().add(0, listener.apply(run.channel()));
        return run.run();
    }
}
