package org.pgmjms.engine.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One number per constant of an enum. Written by one thread at a time, the owner; read by any. Readers may see a value
 * that is a moment old, never a torn one (opaque access: nothing else is published through a counter).
 *
 * @param <E> what is counted
 */
public final class Counters<E extends Enum<E>> {
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

    private final Class<E> kind;
    private final long[] values;

    /** All at zero. */
    public Counters(Class<E> kind) {
        this.kind = kind;
        this.values = new long[kind.getEnumConstants().length];
    }

    /** Adds one. Owner only. */
    public void increment(E counter) {
        add(counter, 1);
    }

    /** Adds any number. Owner only. */
    public void add(E counter, long amount) {
        int at = counter.ordinal();
        ELEMENT.setOpaque(values, at, values[at] + amount);
    }

    /** Sets a level, for those that are no sums. Owner only. */
    public void set(E counter, long value) {
        ELEMENT.setOpaque(values, counter.ordinal(), value);
    }

    /** The present value; any thread. */
    public long get(E counter) {
        return (long) ELEMENT.getOpaque(values, counter.ordinal());
    }

    /** The enum that is counted. */
    public Class<E> kind() {
        return kind;
    }
}
