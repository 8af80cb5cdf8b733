package org.pgmjms.engine.sim.check;

import org.pgmjms.engine.sim.SimChannel;

/** All that is checked in every run. */
public final class Checks {

    private Checks() {}

    /** Lets every checker watch a channel. */
    public static void watch(SimChannel channel) {
        var listeners = channel.world().listeners();
        listeners.add(new InOrder());
        listeners.add(new OnceEach());
        listeners.add(new RightBytes());
        listeners.add(new NoSilentLoss());
        listeners.add(new StartsAtBirth(channel));
        listeners.add(new TrueLosses(channel));
        listeners.add(new BoundedMemory(channel));
        listeners.add(new HonestNaks(channel));
        listeners.add(new KeepsRate(channel));
        listeners.add(new ConfirmsFirst(channel));
        listeners.add(new NothingLeft(channel));
    }
}
